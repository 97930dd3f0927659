"""Binds columns, constants, operators and functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind, bind_all, grouping_of, sources_of
from breaking_changes.binder.columns import (
    bind_column,
    ident_key,
    row_value,
)
from breaking_changes.binder.dialects import UNITS
from breaking_changes.binder.identity import call, combine
from breaking_changes.binder.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from breaking_changes.binder.scopes import Base, Context, Scope


def operator(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """An operator or function over its operands, in the order of the SQL."""
    operands: list[Value] = []
    texts: list[str | None] = []
    sources: tuple[Base, ...] = ()
    grouped = 0
    for name, part in node.args.items():
        for child in part if isinstance(part, list) else (part,):
            if child is None or child is False:
                continue
            if isinstance(child, exp.Expr):
                value = bind(ctx, child, scope)
                operands.append(value)
                texts.append(value.text)
                sources += value.sources
                if value.grouped > grouped:
                    grouped = value.grouped
            else:
                texts.append(f"{name}={child}")
    text = combine(node, texts, ctx.traits.plus_commutes)
    if isinstance(node, exp.AggFunc):
        grouped = 2 if grouped else 1
        if not sources and text is not None:
            text += rows_in(scope)
    return Value(ctx.typer.infer(node, operands), text, sources, grouped)


def rows_in(scope: Scope) -> str:
    """What a value without columns of its own depends on: the relations in scope."""
    return "[" + ",".join(base for source in scope.sources for base in source.table.bases) + "]"


def column(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A column reference, with what the parser takes for one."""
    if isinstance(node.this, exp.Star):
        return star(ctx, node.this, scope)
    if not isinstance(node.this, exp.Identifier):
        return _numbered(ctx, node, scope)
    if node.args.get("join_mark"):
        node.set("join_mark", None)
    value = bind_column(ctx, node, scope)
    ctx.typer.bound(node, value.type)
    return value


def _numbered(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A part of a tuple or a column of a relation that goes by its number, as `t.1` and `t.$1`."""
    owner = node.args.get("table")
    sources: tuple[Base, ...] = ()
    if owner is not None and isinstance(node.this, exp.Literal):
        sources = bind_column(ctx, exp.Column(this=owner.copy()), scope).sources
    return Value(None, None, sources)


def identifier(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A bare name that is no column: a lambda's parameter, or a word of the syntax."""
    key = ident_key(ctx, node)
    level: Scope | None = scope
    while level is not None:
        if key in level.parameters:
            return level.parameters[key]
        level = level.parent
    return Value(None, node.name.lower())


def positional(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """DuckDB's `#3`, the third column of what is read: which one that is, is not followed."""
    ctx.findings.cannot_know(f"It reads a column by its position, #{node.name}.")
    return Value(None, None)


def literal(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A constant."""
    this = node.this
    return Value(ctx.typer.infer(node, []), f"'{this}'" if node.args["is_string"] else this)


def wrapper(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """Parentheses and aliases mean what is inside them."""
    value = bind(ctx, node.this, scope)
    ctx.typer.bound(node, value.type)
    return value


def connective(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A chain of AND or OR: a set of conditions."""
    values = bind_all(ctx, _chain(node, type(node)), scope)
    texts = [value.text for value in values]
    text = None if None in texts else call(node.key, sorted(set(texts)))  # type: ignore[type-var]
    grouped = grouping_of(values)
    return Value(ctx.typer.infer(node, values), text, sources_of(values), grouped)


def _chain(node: exp.Expr, kind: type[exp.Expr]) -> Iterator[exp.Expr]:
    """The operands of a chain of one connective, without the parentheses around its parts."""
    stack = [node]
    while stack:
        part = stack.pop()
        inner = part
        while isinstance(inner, exp.Paren):
            inner = inner.this
        if type(inner) is kind:
            stack.append(inner.args["expression"])
            stack.append(inner.this)
        else:
            yield inner


def star(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A star inside a function: all columns flow into it, but for count(*)."""
    holder = node.parent
    owner: exp.Expr | None = None
    if isinstance(holder, exp.Column):
        owner = holder.args.get("table")
        holder = holder.parent
    if isinstance(holder, exp.Count):
        return Value(None, "*")
    key = None if owner is None else ident_key(ctx, owner)
    rows = [row_value(ctx, source) for source in scope.sources if key in (None, source.key)]
    return Value(None, call("*", [row.text for row in rows]), sources_of(rows))


def data_type(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A type, as in a cast."""
    return Value(None, node.sql(ctx.traits.name).lower())


def word(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A word of the syntax, such as a date part."""
    return Value(None, node.name.lower())


def anonymous(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A function that the parser does not know; its arguments may be words such as `day`."""
    name = str(node.this).lower()
    operands = [
        Value(None, arg.name.lower()) if _is_unit(ctx, arg, scope) else bind(ctx, arg, scope)
        for arg in node.expressions
    ]
    text = call(name, [value.text for value in operands])
    grouped = grouping_of(operands)
    if ctx.typer.aggregates(name):
        grouped = 2 if grouped else 1
    return Value(ctx.typer.infer(node, operands), text, sources_of(operands), grouped)


def _is_unit(ctx: Context, node: exp.Expr, scope: Scope) -> bool:
    if not isinstance(node, exp.Column) or node.table or node.name.lower() not in UNITS:
        return False
    key = ident_key(ctx, node.this)
    return not any(key in source.index for source in scope.sources)


def marked(value: Value, mark: str) -> Value:
    """A value whose meaning has a mark before it."""
    text = None if value.text is None else f"{mark}:{value.text}"
    return Value(value.type, text, value.sources, value.grouped)


def collate(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A text under a collation, whose name reads like a column."""
    value = bind(ctx, node.this, scope)
    name = node.expression.sql(ctx.traits.name).lower()
    text = call("collate", [value.text, name])
    return Value(ctx.typer.infer(node, [value]), text, value.sources, value.grouped)


def ordered(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """An item of ORDER BY."""
    value = bind(ctx, node.this, scope)
    marks = [name for name in ("desc", "nulls_first") if node.args.get(name)]
    return marked(value, "-".join(["order", *marks]))


def interval(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """An interval and its unit."""
    amount = bind(ctx, node.this, scope) if isinstance(node.this, exp.Expr) else Value(None, "")
    unit = node.args.get("unit")
    text = call("interval", [amount.text, str(unit).lower() if unit is not None else ""])
    return Value(ctx.typer.infer(node, [amount]), text, amount.sources, amount.grouped)


def named_argument(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A named argument or struct field: the name counts, the value binds."""
    value = bind(ctx, node.expression, scope)
    ctx.typer.bound(node, value.type)
    return marked(value, node.this.name.lower())
