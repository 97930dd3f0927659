"""Turns what stands in FROM into sources: tables, subqueries, joins, VALUES."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import functions, pivots
from breaking_changes.binder.binding import bind, bind_all
from breaking_changes.binder.budget import readable
from breaking_changes.binder.columns import ident_key, stored
from breaking_changes.binder.identity import call, leaf
from breaking_changes.binder.joins import is_comma, join
from breaking_changes.binder.naming import key as name_key
from breaking_changes.binder.scopes import CteEnv, Field, Scope, Source, Table

if TYPE_CHECKING:
    from breaking_changes.binder.model import Relation
    from breaking_changes.binder.scopes import Context


def add_from(ctx: Context, query: exp.Expr, scope: Scope) -> str | None:
    """Add the sources of a SELECT's FROM, joins and lateral views to its scope.

    Returns the canonical text of the joined row set, None when a part of it is not known.
    """
    args = query.args
    rows: str | None = ""
    start = 0
    from_ = args.get("from_")
    if from_ is not None:
        rows = add_item(ctx, from_.this, scope)
        # The parser hangs the joins of a query that starts with FROM on its first table.
        for node in from_.this.args.get("joins") or ():
            rows = join(ctx, node, scope, rows, add_item)
    for node in args.get("laterals") or ():
        rows = call("lateral", [rows, add_item(ctx, node, scope)])
    scope.joins = len(args.get("joins") or ())
    for node in args.get("joins") or ():
        if is_comma(node):
            start = len(scope.sources)
        rows = join(ctx, node, scope, rows, add_item, start)
    return rows


def add_item(ctx: Context, node: exp.Expr, scope: Scope) -> str | None:
    """Add one item of FROM to a scope and return the canonical text of its rows."""
    if isinstance(node, (exp.Final, exp.TableSample)):
        return call(node.key, [add_item(ctx, node.this, scope)])
    if isinstance(node, exp.TableAlias):
        # The parser's own form of `|> AS u`.
        node = exp.Table(this=node.this)
    if isinstance(node, exp.Table) and isinstance(node.this, (exp.Identifier, exp.Dot)):
        return _table(ctx, node, scope)
    if isinstance(node, exp.Subquery) and _holds_items(node.this):
        return _joined(ctx, node, scope)
    if isinstance(node, exp.Subquery):
        return _add(ctx, node, _derived(ctx, node, scope), scope)
    if isinstance(node, exp.Values):
        return _add(ctx, node, values_table(ctx, node, scope), scope)
    clause, scope.clause = scope.clause, "LATERAL" if scope.sources else "FROM"
    table = functions.table_of(ctx, node, scope)
    scope.clause = clause
    return _add(ctx, node, table, scope)


def _table(ctx: Context, node: exp.Table, scope: Scope) -> str | None:
    parts = tuple(part.name.lower() for part in node.parts)
    if len(parts) == 1:
        env = find_cte(ctx, node.this, scope.ctes)
        if env is not None:
            return _add(ctx, node, with_column_names(ctx, node, cte_table(ctx, env)), scope)
    table = ctx.bases.get(parts)
    if table is None:
        table = ctx.bases[parts] = _base(ctx, parts, node.parts[-1].name)
    return _add(ctx, node, table, scope, parts)


def _base(ctx: Context, parts: tuple[str, ...], name: str) -> Table:
    # What stands before a name of three parts is a server.
    relation = ctx.lookup(parts[-3:])
    if relation is None:
        ctx.unresolved[".".join(parts)] = None
        reason = f"The columns of {name} are not known."
        return Table([], ("",), reason, ".".join(parts))
    table = ctx.traits.memory.table(relation)
    if table is None:
        table = _table_of(ctx, relation, name)
        ctx.traits.memory.keep_table(relation, table)
    return table


def _table_of(ctx: Context, relation: Relation, name: str) -> Table:
    fields = []
    index: dict[str, Field | None] = {}
    for column in relation.columns:
        base = (relation.id, column.name)
        found = Field(column.name, readable(column.type), leaf(*base), (base,), base)
        fields.append(found)
        index[name_key(column.name, ctx.traits.name)] = found
    only = (relation.id,)
    if relation.complete:
        return Table(fields, (), None, relation.id, only, only, index)
    reason = f"Not all columns of {name} are known."
    return Table(fields, only, reason, relation.id, only, only, index)


def find_cte(ctx: Context, ident: exp.Expr, env: CteEnv | None) -> CteEnv | None:
    """The CTE that a bare name means, None when it is a relation's name."""
    key = ident_key(ctx, ident)
    while env is not None:
        if env.key == key and (env.table is not None or not env.binding):
            return env
        env = env.outer
    return None


def cte_table(ctx: Context, env: CteEnv) -> Table:
    """A CTE's columns, bound at its first use."""
    if env.table is None:
        env.binding = True
        inner = env if env.recursive else env.outer
        table = ctx.bind_query(ctx, env.node.this, env.scope, inner)
        env.table = with_column_names(ctx, env.node, table)
        env.binding = False
    return env.table


def with_column_names(ctx: Context, node: exp.Expr, table: Table) -> Table:
    """A table under the column names of its alias, as in `t(a, b)`."""
    alias = node.args.get("alias")
    names = alias.args.get("columns") if isinstance(alias, exp.TableAlias) else None
    if not names:
        return table
    idents = [column.this if isinstance(column, exp.ColumnDef) else column for column in names]
    if len(idents) > len(table.fields) and not table.open and not _lenient(ctx, node):
        detail = f"the alias names {len(idents)} columns of {len(table.fields)}"
        stars = dict.fromkeys(table.stars)
        ctx.findings.unbound("set_operation", stars, None, "FROM", idents[-1], detail)
    renamed = [
        found.renamed(stored(ctx, ident))
        for found, ident in zip(table.fields, idents, strict=False)
    ]
    if table.open and not table.fields:
        renamed = [Field(stored(ctx, ident), None, None, ()) for ident in idents]
    fields = renamed + table.fields[len(renamed) :]
    return Table(fields, table.open, table.reason, table.rows, table.stars, table.bases)


def _lenient(ctx: Context, node: exp.Expr) -> bool:
    """DuckDB lets a CTE's alias name more columns than there are."""
    return ctx.traits.name == "duckdb" and isinstance(node, exp.CTE)


def _derived(ctx: Context, node: exp.Expr, scope: Scope) -> Table:
    """A subquery in FROM; on some engines it sees what stands before it, as LATERAL does."""
    around = scope if ctx.traits.lateral_subqueries else scope.parent
    return with_column_names(ctx, node, ctx.bind_query(ctx, node, around, scope.ctes))


def _holds_items(inner: exp.Expr) -> bool:
    """Whether parentheses in FROM hold relations and joins, and not a query."""
    if isinstance(inner, exp.Subquery):
        holds_several = bool(inner.args.get("joins") or inner.args.get("alias"))
        return holds_several or _holds_items(inner.this)
    return isinstance(inner, (exp.Table, exp.Lateral, exp.Unnest, exp.Values))


def _joined(ctx: Context, node: exp.Expr, scope: Scope) -> str | None:
    """A join in parentheses; under an alias it is one source."""
    target = Scope(scope.parent, scope.ctes) if node.args.get("alias") else scope
    outer = len(scope.sources)
    rows = add_item(ctx, node.this, target)
    for part in node.this.args.get("joins") or ():
        rows = join(ctx, part, target, rows, add_item, outer if target is scope else 0)
    if target is scope:
        return rows
    fields = [
        found
        for source in target.sources
        for found in source.table.fields
        if name_key(found.name, ctx.traits.name) not in source.hidden
    ]
    opens = tuple(base for source in target.sources for base in source.table.open)
    stars = tuple(base for source in target.sources for base in source.table.stars)
    bases = tuple(base for source in target.sources for base in source.table.bases)
    table = Table(fields, opens, None, rows, stars, bases)
    return _add(ctx, node, with_column_names(ctx, node, table), scope)


def values_table(ctx: Context, node: exp.Expr, scope: Scope | None) -> Table:
    """The columns of VALUES, under the engine's default names or the alias's."""
    inner = Scope(scope, scope.ctes if scope else None)
    first = next(node.find_all(exp.Literal), None)
    if ctx.traits.name == "clickhouse" and first is not None and " " in first.name:
        # values('id Int64, name String', ...) says its columns in a text.
        return Table([], ("",), "The columns of values() are not known.", call("values", [None]))
    rows = [
        bind_all(ctx, row.expressions if isinstance(row, exp.Tuple) else [row], inner)
        for row in node.expressions
    ]
    fields = []
    for position, column in enumerate(zip(*rows, strict=False)):
        name = f"{ctx.traits.values_name}{position + ctx.traits.values_base}"
        name = name.upper() if ctx.upper else name
        type_ = ctx.typer.unify([value.type for value in column])
        text = call("values", [value.text for value in column])
        fields.append(Field(name, type_, text, ()))
    text = call("values", [str(len(rows)), *(found.text for found in fields)])
    return with_column_names(ctx, node, Table(fields, rows=text))


def _add(
    ctx: Context, node: exp.Expr, table: Table, scope: Scope, parts: tuple[str, ...] = ()
) -> str | None:
    """Add a table to a scope under its alias or name, through its pivots and sampling."""
    if table is not None and parts:
        table = with_column_names(ctx, node, table)
    alias = node.args.get("alias")
    name, key = _name(ctx, node, alias)
    if not key and isinstance(node, exp.Subquery) and ctx.traits.name == "duckdb":
        name = key = _unnamed(scope)
    for pivot in node.args.get("pivots") or ():
        table = pivots.apply(ctx, pivot, table, scope)
        pivot_alias = pivot.args.get("alias")
        if isinstance(pivot_alias, exp.TableAlias) and pivot_alias.this is not None:
            name, key = pivot_alias.name, ident_key(ctx, pivot_alias.this)
    if table.index is None:
        table.index = index_of(ctx, table)
        if len(table.fields) == 1 and not parts and alias is not None:
            functions.add_default_name(node, table, table.index)
    bases = set(table.bases)
    rank = sum(1 for source in scope.sources if not bases.isdisjoint(source.table.bases))
    source = Source(name, key, table, table.index, f"#{rank}" if rank else "")
    source.parts = parts
    source.pseudo = bool(parts)
    scope.sources.append(source)
    rows = table.rows
    if rows is not None and source.tag:
        rows += source.tag
    sample = node.args.get("sample")
    if sample is not None:
        rows = call("sample", [rows, sample.sql(ctx.traits.name)])
    only = node.args.get("when") or node.args.get("version")
    if isinstance(only, exp.Expr):
        rows = call("version", [rows, bind(ctx, only, scope).text])
    return rows


def _unnamed(scope: Scope) -> str:
    """DuckDB's name of a subquery without an alias."""
    others = sum(source.key.startswith("unnamed_subquery") for source in scope.sources)
    return f"unnamed_subquery{others + 1}" if others else "unnamed_subquery"


def _name(ctx: Context, node: exp.Expr, alias: exp.Expr | None) -> tuple[str, str]:
    if isinstance(alias, exp.TableAlias) and alias.this is not None:
        return alias.name, ident_key(ctx, alias.this)
    if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
        return node.name, ident_key(ctx, node.this)
    return functions.default_name(node)


def index_of(ctx: Context, table: Table) -> dict[str, Field | None]:
    """Finds fields by name; None marks a name that stands for two of them.

    An engine that renames duplicates has them renamed in the table itself.
    """
    index: dict[str, Field | None] = {}
    numbers: dict[str, int] = {}
    for position, found in enumerate(table.fields):
        key = name_key(found.name, ctx.traits.name)
        if key not in index:
            index[key] = found
        elif ctx.traits.takes_first:
            continue
        elif ctx.traits.renames_duplicates:
            renamed = found.renamed(unused(ctx, found.name, index, numbers))
            table.fields[position] = renamed
            index[name_key(renamed.name, ctx.traits.name)] = renamed
        else:
            index[key] = None
    return index


def unused(ctx: Context, name: str, taken: dict[str, Field | None], numbers: dict[str, int]) -> str:
    """The name that an engine gives to a second column of the same name.

    `numbers` keeps the last number that each name got, so that a thousand of a name are counted
    once.
    """
    number = numbers.get(name, 0) + 1
    while name_key(f"{name}_{number}", ctx.traits.name) in taken:
        number += 1
    numbers[name] = number
    return f"{name}_{number}"
