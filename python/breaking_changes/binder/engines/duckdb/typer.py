"""What DuckDB's operators and functions return."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.doubts import harmless, in_full
from breaking_changes.binder.engines.duckdb.facts import AGGREGATES, RETURNS
from breaking_changes.binder.engines.duckdb.rules import MACROS, RULES, general
from breaking_changes.binder.engines.duckdb.types import (
    TEXT,
    TIMESTAMPS,
    ZONED,
    common,
    element,
    forced,
    is_integer,
    map_parts,
    parse,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from breaking_changes.binder.engines.duckdb.basics import Types
    from breaking_changes.binder.inference import Doubt
    from breaking_changes.binder.memory import Memory
    from breaking_changes.binder.scopes import Value


class DuckDBTyper:
    """Infers types as DuckDB's binder does, in the same pass as binding."""

    judges = True

    def __init__(self, memory: Memory) -> None:
        """Start without doubts; `memory` knows the operations that were judged harmless."""
        self._memory = memory
        self._doubts: set[Doubt] = set()

    def open_clause(self) -> object:
        """See `Typer.open_clause`."""
        around, self._doubts = self._doubts, set()
        return around

    def close_clause(self, around: object) -> set[Doubt]:
        """See `Typer.close_clause`."""
        doubts, self._doubts = self._doubts, cast("set[Doubt]", around)
        return doubts

    def infer(self, node: exp.Expr, operands: list[Value]) -> str | None:
        """See `Typer.infer`."""
        kind = type(node)
        rule = RULES.get(kind)
        if rule is None:
            rule = RULES[kind] = general(node)
        types = [value.type for value in operands]
        type_ = rule(node, types)
        if operands:
            doubt = (kind, type_, *types)
            if not self._memory.is_harmless(doubt):
                self._weigh(node, doubt, types, type_)
        return type_

    def _weigh(self, node: exp.Expr, doubt: Doubt, types: Types, type_: str | None) -> None:
        """Note a doubt about an operation that is not surely accepted."""
        if not harmless(node, types, type_):
            self._doubts.add(in_full(node, doubt))
        elif None not in types:
            self._memory.note_harmless((doubt,))

    def is_settled(self, doubt: Doubt) -> bool:
        """See `Typer.is_settled`: what has no type may be a column here and a star there."""
        return None not in doubt[2:]

    def parsed(self, type_: str | None) -> exp.DataType:
        """See `Typer.parsed`."""
        return parse(stored(type_))

    def final(self, type_: str | None) -> str | None:
        """See `Typer.final`."""
        return stored(type_)

    def annotate(self, node: exp.Expr) -> None:
        """Binding has set the types already."""

    def bound(self, node: exp.Expr, type_: str | None) -> None:
        """Types travel with the values here."""

    def finish(self, node: exp.Expr, type_: str | None) -> str | None:
        """See `Typer.finish`."""
        return stored(type_)

    def unify(self, types: Iterable[str | None]) -> str | None:
        """See `Typer.unify`."""
        return stored(forced(types))

    def members_unify(self, one: str | None, other: str | None) -> bool:
        """See `Typer.members_unify`."""
        return one is None or other is None or common([one, other]) is not None

    def unpivots(self, one: str | None, other: str | None) -> bool:
        """See `Typer.unpivots`."""
        return self.members_unify(one, other)

    def members_of(self, type_: str | None) -> tuple[str, ...] | None:
        """See `Typer.members_of`."""
        found = stored(type_)
        return tuple(name for name, other in _CLASSES.items() if self.members_unify(found, other))

    def niladic(self, name: str) -> str | None:
        """See `Typer.niladic`."""
        return _NILADIC.get(name) or MACROS.get(name) or RETURNS.get(name)

    def element_by_name(self, type_: str | None) -> str | None:
        """See `Typer.element_by_name`."""
        if type_ is not None and type_.startswith("MAP("):
            return map_parts(type_)[1]
        return "JSON" if type_ == "JSON" else None

    def is_scalar(self, type_: str | None) -> bool:
        """See `Typer.is_scalar`."""
        return type_ is not None and (
            is_integer(type_)
            or type_ in _SCALARS
            or type_.endswith("]")
            or type_.startswith("DECIMAL")
        )

    def element(self, type_: str | None) -> str | None:
        """See `Typer.element`."""
        return element(type_)

    def aggregates(self, name: str) -> bool:
        """See `Typer.aggregates`."""
        return name in AGGREGATES


_SCALARS = frozenset(
    {"VARCHAR", "DATE", "TIME", "BOOLEAN", "DOUBLE", "FLOAT", "UUID", "INTERVAL", "BLOB"}
    | {*TIMESTAMPS, ZONED, TEXT}
)


_CLASSES = {
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "hugeint": "HUGEINT",
    "unsigned": "UINTEGER",
    "decimal": "DECIMAL(18,3)",
    "float": "DOUBLE",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
    "timetz": "TIME WITH TIME ZONE",
    "timestamp": "TIMESTAMP",
    "timestamptz": ZONED,
    "interval": "INTERVAL",
    "binary": "BLOB",
    "json": "JSON",
    "uuid": "UUID",
    "array": "INTEGER[]",
    "struct": "STRUCT(a INTEGER)",
    "map": "MAP(VARCHAR, INTEGER)",
    "enum": "ENUM('a')",
}
"""A type of each class that `binder.type_errors` has of DuckDB's types."""


_NILADIC = {
    "current_date": "DATE",
    "today": "DATE",
    "current_timestamp": ZONED,
    "localtimestamp": "TIMESTAMP",
    "localtime": "TIME",
    "current_time": "TIME WITH TIME ZONE",
    "current_catalog": "VARCHAR",
    "rowid": "BIGINT",
    "filename": "VARCHAR",
    "offset": "BIGINT",
}
