"""What a rule of inference is, and the plainest of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.types import common, stored

if TYPE_CHECKING:
    from collections.abc import Callable

    Types = list["str | None"]
    Rule = Callable[[exp.Expr, Types], "str | None"]


def always(type_: str | None) -> Rule:
    """The same type whatever the operands."""
    return lambda node, types: type_


def first(node: exp.Expr, types: Types) -> str | None:
    """The first operand's type."""
    return types[0] if types else None


def first_stored(node: exp.Expr, types: Types) -> str | None:
    """The first operand's type, a constant's being settled."""
    return stored(types[0]) if types else None


def common_of(node: exp.Expr, types: Types) -> str | None:
    """The type that all operands are cast to."""
    return common(types)
