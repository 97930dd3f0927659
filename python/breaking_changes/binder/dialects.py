"""How engines differ in binding names, as data.

Sources: the engines' reference manuals on SELECT (aliases in clauses), WITH and row types; the rows
for DuckDB are measured by `tests/binder`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from sqlglot.dialects.dialect import Dialect, UsingColumnOrder

from breaking_changes.binder.memory import Memory

EVERYWHERE = frozenset({"SELECT", "WHERE", "GROUP BY", "HAVING", "QUALIFY", "WINDOW", "ORDER BY"})


@dataclass(frozen=True)
class Traits:
    """How one engine binds.

    `aliases`: the clauses in which a select alias can be named. `rows_as_values`: a relation's name
    can stand for its row. `lazy_ctes`: a CTE that nobody reads is not bound. `renames_duplicates`:
    a subquery's second column `a` is `a_1`. `ignores_missing`: star modifiers that may name a
    column that is not there. `values_name` and `values_base` make the default column names of
    VALUES. `using_takes_away`: a column of USING belongs to no relation any more, so that `t.*` is
    without it. `using_takes_first`: a name of USING that several relations on its left have is not
    ambiguous. `groups_loosely`: a query with GROUP BY may project what is neither grouped by nor
    aggregated. `text` is the type of the names that UNPIVOT gives. `unicode_names`: `U&"..."` is a
    name. `names_date_part`: date_part has a type of its own. `open_slices`: `a[:2]` begins with the
    first element. `calls_name_fields`: `f(row)` may mean `row.f`. `aliases_first`: the clauses in
    which an alias goes before a column that is not grouped by. `columns_first`: those in which it
    does so only where the expression is nothing but the name. `bare_aliases`: those in which it is
    known only there. `refuses_duplicates`: a relation cannot be made from a query with two columns
    of a name. `columns_before_parameters`: a dotted name in a lambda may be a column's field.
    `lateral_subqueries`: a subquery in FROM sees what stands before it without LATERAL.
    `takes_first`: a name that both sides of one join have is the left one's. `aliases_hide`: an
    alias hides columns of its name, may stand within an expression and be used before it.
    `columns_hide_relations`: `u.id` is a field of a column `u` before it is a column of a relation
    `u` of the query around. `nested_excludes`: a star can leave out a field of a struct.
    `elements_first`: the alias of an unnested array goes before a column of its name. `blanks`: the
    characters that separate words outside of quotes, beside ASCII's; None where the engine was not
    asked.
    """

    name: str
    aliases: frozenset[str] = frozenset({"GROUP BY", "HAVING", "ORDER BY"})
    rows_as_values: bool = False
    lazy_ctes: bool = False
    renames_duplicates: bool = False
    ignores_missing: frozenset[str] = frozenset()
    values_name: str = "column"
    values_base: int = 1
    using_first: bool = True
    using_takes_first: bool = False
    using_takes_away: bool = False
    groups_loosely: bool = False
    text: str | None = None
    natural_needs_columns: bool = False
    pseudo: frozenset[str] = frozenset()
    lateral_subqueries: bool = False
    takes_first: bool = False
    aliases_hide: bool = False
    columns_hide_relations: bool = False
    nested_excludes: bool = False
    elements_first: bool = False
    plus_commutes: bool = True
    alias_names_value: bool = False
    unicode_names: bool = False
    names_date_part: bool = False
    open_slices: bool = False
    calls_name_fields: bool = False
    aliases_first: frozenset[str] = frozenset()
    columns_first: frozenset[str] = frozenset()
    bare_aliases: frozenset[str] = frozenset()
    refuses_duplicates: bool = True
    columns_before_parameters: bool = False
    blanks: frozenset[str] | None = None
    parser: Dialect = field(default_factory=Dialect)
    memory: Memory = field(default_factory=Memory, compare=False)


_TRINO_PSEUDO = frozenset(
    {"$path", "$row_id", "$partition", "$bucket", "$file_size", "$file_modified_time"}
)
_TRINO: dict[str, object] = {
    "aliases": frozenset({"ORDER BY"}),
    "pseudo": _TRINO_PSEUDO,
    "using_takes_away": True,
}

_SPACES = frozenset(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
"""Spaces with a width."""

_ROWS: dict[str, dict[str, object]] = {
    "duckdb": {
        "text": "VARCHAR",
        "aliases": EVERYWHERE,
        "rows_as_values": True,
        "lazy_ctes": True,
        "lateral_subqueries": True,
        "natural_needs_columns": True,
        "renames_duplicates": True,
        "ignores_missing": frozenset({"rename"}),
        "values_name": "col",
        "values_base": 0,
        "pseudo": frozenset({"rowid", "filename", "file_row_number", "file_index"}),
        "alias_names_value": True,
        "open_slices": True,
        "aliases_first": frozenset({"HAVING"}),
        "columns_first": frozenset({"ORDER BY"}),
        "refuses_duplicates": False,
        "columns_before_parameters": True,
        "blanks": _SPACES | {"\u200b", "\u2060", "\ufeff"},
    },
    "postgres": {
        "blanks": frozenset(),
        "unicode_names": True,
        "names_date_part": True,
        "calls_name_fields": True,
        "columns_first": frozenset({"ORDER BY"}),
        "bare_aliases": frozenset({"GROUP BY", "ORDER BY"}),
        "open_slices": True,
        # A column that depends on a grouped primary key need not be grouped by.
        "groups_loosely": True,
        "aliases": frozenset({"GROUP BY", "ORDER BY"}),
        "rows_as_values": True,
        "pseudo": frozenset({"ctid", "oid", "tableoid", "xmin", "xmax", "cmin", "cmax"}),
        "alias_names_value": True,
    },
    "redshift": {
        "text": "VARCHAR",
        "aliases": EVERYWHERE - {"WINDOW"},
        "pseudo": frozenset({"oid", "sysdate"}),
        "alias_names_value": True,
    },
    "snowflake": {
        "text": "VARCHAR",
        "aliases": EVERYWHERE,
        "using_takes_first": True,
        "pseudo": frozenset({"metadata$filename", "metadata$file_row_number"}),
    },
    "bigquery": {
        "text": "STRING",
        "aliases": frozenset({"GROUP BY", "HAVING", "QUALIFY", "ORDER BY"}),
        "aliases_first": frozenset({"GROUP BY", "HAVING", "QUALIFY"}),
        "columns_hide_relations": True,
        "elements_first": True,
        "blanks": _SPACES | {"\b"},
        "rows_as_values": True,
        "pseudo": frozenset(
            {"_partitiontime", "_partitiondate", "_table_suffix", "_file_name", "_change_type"}
        ),
        "alias_names_value": True,
    },
    "databricks": {
        "text": "STRING",
        "columns_hide_relations": True,
        "nested_excludes": True,
        "aliases": frozenset({"SELECT", "GROUP BY", "HAVING", "QUALIFY", "ORDER BY"}),
        "values_name": "col",
        "pseudo": frozenset({"_metadata"}),
    },
    "spark": {
        "text": "STRING",
        "blanks": _SPACES | {"\u1680", "\u2028"},
        "columns_hide_relations": True,
        "nested_excludes": True,
        "aliases": frozenset({"SELECT", "GROUP BY", "HAVING", "QUALIFY", "ORDER BY"}),
        "values_name": "col",
        "pseudo": frozenset({"_metadata"}),
    },
    "trino": _TRINO,
    "athena": _TRINO,
    "clickhouse": {
        "blanks": _SPACES
        | set(map(chr, (0x85, 0x180E, *range(0x200B, 0x200E), 0x2028, 0x2029, 0x2060, 0xFEFF))),
        "using_takes_first": True,
        "refuses_duplicates": False,
        "aliases": EVERYWHERE | {"JOIN"},
        "aliases_hide": True,
        "takes_first": True,
        "ignores_missing": frozenset({"exclude", "replace"}),
        "values_name": "c",
        "pseudo": frozenset({"_part", "_table", "_path", "_file"}),
    },
    "tsql": {"aliases": frozenset({"ORDER BY"}), "plus_commutes": False},
    "fabric": {"aliases": frozenset({"ORDER BY"}), "plus_commutes": False},
}


@cache
def traits(dialect: str) -> Traits:
    """The traits of a dialect by sqlglot's name of it.

    Raises:
        ValueError: sqlglot knows no such dialect.
    """
    parser = Dialect.get_or_raise(dialect)
    return Traits(
        name=dialect,
        parser=parser,
        using_first=parser.USING_COLUMN_ORDER is not UsingColumnOrder.IN_PLACE,
        **_ROWS.get(dialect, {"groups_loosely": True}),  # type: ignore[arg-type]
    )


_NILADIC_NAMES = """
current_user session_user system_user user current_role current_catalog current_schema
current_database localtime localtimestamp current_date current_time current_timestamp
"""
NILADIC = frozenset(_NILADIC_NAMES.split())
"""Functions that some engine calls without parentheses, so that they read like columns."""

_UNIT_NAMES = """
year years yy yyyy quarter quarters qq month months mm week weeks wk isoweek day days dd
dayofweek dayofyear dow doy weekday hour hours hh minute minutes mi second seconds ss
millisecond milliseconds ms microsecond microseconds us nanosecond nanoseconds ns epoch
century decade millennium isoyear
"""
UNITS = frozenset(_UNIT_NAMES.split())
"""Words that a function may take as a date part, so that they read like columns."""
