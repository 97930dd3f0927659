"""A consumer's SQL with stubs for what it reads: all that an engine needs to bind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from breaking_changes.binder import Column, Relation
from breaking_changes.lineage.nodes.relation_names import (
    EPHEMERAL_PREFIX,
    NormalisedSql,
    schema_of,
)
from breaking_changes.lineage.walk.side import Side

#: The last part of a relation's name, as it stands in SQL.
_LAST = r"(\"(?:[^\"]|\"\")+\"|`[^`]+`|\[[^\]]+\]|[\w$]+)"

_FOLDS_TO_UPPER = ("snowflake", "oracle")

_Relations = dict[tuple[str, ...], Relation]


@dataclass(frozen=True, slots=True)
class Stub:
    """A relation without rows that stands for a node.

    Attributes:
        name: The parts of its name as they stand in the SQL, quotes included.
        columns: Those that are known; a type is none when it is not.
    """

    name: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def bare_name(self) -> tuple[str, ...]:
        """The parts without their quotes."""
        return tuple(map(_unquoted, self.name))


@dataclass(frozen=True, slots=True)
class Statement:
    """A query and the relations that it reads.

    Attributes:
        sql: The node's own SQL; its relations are named as the stubs are.
        inlined: The CTEs that dbt puts in front of it: the name and SQL of each ephemeral model.
        stubs: What it reads.
        dialect: sqlglot's name of the dialect.
    """

    sql: str
    inlined: tuple[tuple[str, str], ...]
    stubs: tuple[Stub, ...]
    dialect: str

    @property
    def query(self) -> str:
        """The node's SQL with the ephemeral models that it reads in front."""
        if not self.inlined:
            return self.sql
        ctes = ",\n".join(f"{name} as (\n{sql}\n)" for name, sql in self.inlined)
        return f"with {ctes}\nselect * from (\n{self.sql}\n) as consumer"

    @property
    def is_typed(self) -> bool:
        """Whether the types of all columns are known."""
        return all(column.type for stub in self.stubs for column in stub.columns)


class Statements:
    """Makes the statements of one side.

    Args:
        side: The side.
        read: Columns of relations whose columns are not all known, by unique_id: what the SQL of
            either side reads of them is taken to be there.
    """

    def __init__(self, side: Side, read: Mapping[str, Iterable[str]]) -> None:
        self._side = side
        self._read = read

    def of(self, unique_id: str, sql: NormalisedSql) -> Statement:
        """The statement of a node's SQL in one kind of run."""
        texts: dict[str, NormalisedSql] = {}
        self._inline(unique_id, texts)
        relations: _Relations = {}
        for name, text in ((unique_id, sql), *texts.items()):
            relations.update(self._side.task(name, text).relations)
        ctes = {self._cte(name): text.sql for name, text in texts.items()}
        for cte in ctes:
            relations.pop((cte,), None)
        dialect = self._side.dialect
        schemas = _schemas({relation.id for relation in relations.values()})
        stubs = {
            name: Stub(name, self._columns(relation))
            for parts, relation in relations.items()
            for name in _names(parts, relation.id, [sql.sql, *ctes.values()], schemas, dialect)
        }
        return Statement(
            _renamed(sql.sql, schemas, dialect),
            tuple((cte, _renamed(text, schemas, dialect)) for cte, text in ctes.items()),
            tuple(stubs.values()),
            dialect,
        )

    def _inline(
        self, unique_id: str, texts: dict[str, NormalisedSql], around: frozenset[str] = frozenset()
    ) -> None:
        """The ephemeral models that a node reads, each after those that it reads itself."""
        for parent in self._side.reading.parents(self._side.nodes[unique_id]):
            name = parent.unique_id
            if parent.materialized != "ephemeral" or name in texts or name in around:
                continue
            found = self._side.facts(name).sql
            if found is not None:
                self._inline(name, texts, around | {name})
                texts[name] = found

    def _cte(self, unique_id: str) -> str:
        return EPHEMERAL_PREFIX + self._side.nodes[unique_id].identifier.lower()

    def _columns(self, relation: Relation) -> tuple[Column, ...]:
        if relation.complete:
            return relation.columns
        known = {column.name.lower() for column in relation.columns}
        more = [name for name in self._read.get(relation.id, ()) if name.lower() not in known]
        return (*relation.columns, *map(Column, more))


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name[0] in '"`[' else name


def quoted(name: str, dialect: str) -> str:
    """A name between the quotes of the dialect."""
    return exp.to_identifier(name, quoted=True).sql(dialect=dialect)


def _schemas(unique_ids: set[str]) -> dict[str, str]:
    """A schema for each node, which every engine takes as a name."""
    found: dict[str, str] = {}
    for unique_id in sorted(unique_ids):
        name = re.sub(r"\W+", "_", unique_id, flags=re.ASCII)
        taken = sum(re.fullmatch(rf"{name}(_\d+)?", other) is not None for other in found.values())
        found[unique_id] = f"{name}_{taken + 1}" if taken else name
    return found


def _names(
    parts: tuple[str, ...],
    unique_id: str,
    texts: Iterable[str],
    schemas: Mapping[str, str],
    dialect: str,
) -> Iterator[tuple[str, ...]]:
    """What the relation is called in the renamed texts, in every spelling that it has there."""
    if parts[0] != unique_id.replace(".", ":").lower():
        # Names that SQL holds itself are in lower case here, which quotes would keep.
        yield parts if dialect in _FOLDS_TO_UPPER else tuple(quoted(one, dialect) for one in parts)
        return
    pattern = re.compile(re.escape(schema_of(unique_id, dialect)) + r"\." + _LAST)
    for text in texts:
        for found in pattern.finditer(text):
            yield schemas[unique_id], found[1]


def _renamed(sql: str, schemas: Mapping[str, str], dialect: str) -> str:
    for unique_id, schema in schemas.items():
        sql = sql.replace(f"{schema_of(unique_id, dialect)}.", f"{schema}.")
    return sql
