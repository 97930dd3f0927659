"""Binds lambdas and the functions that take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind, grouping_of, sources_of
from breaking_changes.binder.columns import (
    ident_key,
)
from breaking_changes.binder.identity import call
from breaking_changes.binder.lists import refuse_no_list
from breaking_changes.binder.scopes import Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, Scope


def lambda_(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A lambda whose parameters have no known type."""
    return with_parameters(ctx, node, scope)


def with_parameters(
    ctx: Context, node: exp.Expr, scope: Scope, first: Value | None = None
) -> Value:
    """A lambda's body, its parameters numbered so that their names do not count.

    `first` is what its first parameter stands for, where that is known.
    """
    before = dict(scope.parameters)
    for position, parameter in enumerate(node.expressions):
        key = ident_key(ctx, parameter)
        text = f"${len(before) + position}"
        known = first if first is not None and position == 0 else Value(None, text)
        scope.parameters[key] = Value(known.type, text, known.sources)
    body = bind(ctx, node.this, scope)
    scope.parameters = before
    return body


def list_function(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A function over a list and a lambda of its elements."""
    parts = [
        child
        for part in node.args.values()
        for child in (part if isinstance(part, list) else (part,))
        if isinstance(child, exp.Expr)
    ]
    first = bind(ctx, parts[0], scope)
    refuse_no_list(ctx, parts[0], first, scope, ("STRUCT", "MAP"))
    element = Value(ctx.typer.element(first.type), None, first.sources)
    operands = [first]
    for part in parts[1:]:
        if isinstance(part, exp.Lambda):
            operands.append(with_parameters(ctx, part, scope, element))
        else:
            operands.append(bind(ctx, part, scope))
    name = str(node.this).lower() if isinstance(node, exp.Anonymous) else node.key
    text = call(name, [value.text for value in operands])
    grouped = grouping_of(operands)
    return Value(ctx.typer.infer(node, operands), text, sources_of(operands), grouped)


def comprehension(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """`[f(x) for x in list if ...]`."""
    items = bind(ctx, node.args["iterator"], scope)
    refuse_no_list(ctx, node.args["iterator"], items, scope, ("STRUCT", "MAP"))
    before = dict(scope.parameters)
    types = {"expression": ctx.typer.element(items.type), "position": "BIGINT"}
    for part, type_ in types.items():
        name = node.args.get(part)
        if isinstance(name, exp.Expr):
            place = f"${len(scope.parameters)}"
            scope.parameters[ident_key(ctx, name)] = Value(type_, place)
    values = [bind(ctx, node.this, scope)]
    if node.args.get("condition") is not None:
        values.append(bind(ctx, node.args["condition"], scope))
    scope.parameters = before
    text = call("comprehension", [items.text, *(value.text for value in values)])
    return Value(values[0].type, text, sources_of([items, *values]))
