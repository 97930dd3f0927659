"""Binds window functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind, bind_all, sources_of
from breaking_changes.binder.columns import (
    ident_key,
)
from breaking_changes.binder.identity import call
from breaking_changes.binder.operators import marked, rows_in
from breaking_changes.binder.scopes import Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, Scope


def window(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A function over a window."""
    function = bind(ctx, node.this, scope)
    outer = scope.clause, scope.around
    scope.clause, scope.around = "WINDOW", scope.clause
    spec = _window_spec(ctx, node, scope)
    scope.clause, scope.around = outer
    text = call("over", [function.text, *(value.text for value in spec)])
    if text is not None and not function.sources and not any(v.sources for v in spec):
        text += rows_in(scope)
    sources = function.sources + sources_of(spec)
    type_ = ctx.typer.infer(node, [function, *spec])
    nested = function.grouped == 2 or any(value.grouped for value in spec)
    return Value(type_, text, sources, int(nested))


def _window_spec(ctx: Context, node: exp.Expr, scope: Scope) -> list[Value]:
    """The partition, order and frame of a window; a named one is looked up."""
    spec: list[Value] = []
    named = node.args.get("alias")
    if isinstance(named, exp.Identifier):
        definition = scope.windows.get(ident_key(ctx, named))
        if definition is not None and definition is not node:
            spec.extend(_window_spec(ctx, definition, scope))
    partition = bind_all(ctx, node.args.get("partition_by") or [], scope)
    partition.sort(key=lambda value: value.text or "")
    spec.extend(marked(value, "by") for value in partition)
    for name in ("order", "spec"):
        part = node.args.get(name)
        if isinstance(part, exp.Expr):
            spec.append(bind(ctx, part, scope))
    return spec
