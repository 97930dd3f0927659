"""Binds one expression: its type, meaning and base columns, bottom-up in a single pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from breaking_changes.binder.scopes import Base, Context, Scope, Value

    Handler = Callable[[Context, exp.Expr, Scope], Value]

Handlers = Mapping[type[exp.Expr], "Handler"]
"""What binds each of the parser's classes; a class without one finds that of exp.Query or
exp.Expr."""


def bind(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """The value of an expression in a scope; what does not bind in it is reported."""
    handlers = ctx.handlers
    handler = handlers.get(type(node))
    if handler is None:
        handler = handlers[exp.Query if isinstance(node, exp.Query) else exp.Expr]
    value = handler(ctx, node, scope)
    if ctx.annotated is not None:
        ctx.annotated[id(node)] = value
    return value


def bind_all(ctx: Context, nodes: Iterable[exp.Expr], scope: Scope) -> list[Value]:
    """The values of several expressions."""
    return [bind(ctx, node, scope) for node in nodes]


def sources_of(values: Iterable[Value]) -> tuple[Base, ...]:
    """The base columns of several values together."""
    found: tuple[Base, ...] = ()
    for value in values:
        if value.sources:
            found += value.sources
    return found


def grouping_of(values: Iterable[Value]) -> int:
    """Whether one of several values holds an aggregate, as `Value.grouped`."""
    return max((value.grouped for value in values), default=0)
