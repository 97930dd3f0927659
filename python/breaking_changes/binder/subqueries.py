"""Binds queries that stand for a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import structs
from breaking_changes.binder.binding import bind, bind_all, grouping_of, sources_of
from breaking_changes.binder.identity import call, shorten
from breaking_changes.binder.operators import operator
from breaking_changes.binder.refusals import note_untyped_member
from breaking_changes.binder.scopes import Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, Scope


def subquery(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A query as a value: scalar, EXISTS, IN."""
    table = ctx.bind_query(ctx, node, scope, scope.ctes)
    texts = [field.text for field in table.fields]
    text = call(f"query[{table.rows}]", texts)
    type_ = table.fields[0].type if table.fields else None
    if _kind(node) == "STRUCT":
        type_ = structs.of([(found.name, found.type) for found in table.fields], ctx.traits.name)
    if not table.open and len(table.fields) != 1 and not _compared_to_row(node):
        detail = f"the subquery has {len(table.fields)} columns where one is expected"
        stars = dict.fromkeys(table.stars)
        ctx.findings.unbound("set_operation", stars, None, scope.clause, node, detail)
    ctx.typer.bound(node, type_)
    return Value(
        type_,
        None if text is None or table.rows is None else shorten(text),
        tuple(base for field in table.fields for base in field.sources),
    )


def _kind(node: exp.Expr) -> str | None:
    """STRUCT or VALUE for BigQuery's SELECT AS ..."""
    query = node.unnest() if isinstance(node, exp.Subquery) else node
    kind = query.args.get("kind")
    return kind if isinstance(kind, str) else None


def _compared_to_row(node: exp.Expr) -> bool:
    """Whether a subquery may have several columns: beside a row, in ARRAY, or AS STRUCT."""
    if _kind(node) is not None:
        return True
    parent = node.parent
    while isinstance(parent, (exp.Subquery, exp.Paren, exp.Any, exp.All)):
        parent = parent.parent
    if isinstance(parent, (exp.In, exp.Binary)):
        left = parent.this
        return isinstance(left, (exp.Tuple, exp.Struct)) or (
            isinstance(left, exp.Anonymous) and left.name.lower() == "row"
        )
    return isinstance(parent, (exp.Array, exp.Exists))


def exists(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """EXISTS: the rows count, not the columns."""
    if not isinstance(node.this, exp.Query):
        return operator(ctx, node, scope)
    table = ctx.bind_query(ctx, node.this, scope, scope.ctes)
    text = None if table.rows is None else f"exists({table.rows})"
    return Value(ctx.typer.infer(node, []), text)


def compared(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A comparison, which over ANY or ALL of a query is as strict as IN."""
    value = operator(ctx, node, scope)
    other = node.args["expression"]
    if isinstance(other, (exp.Any, exp.All)) and isinstance(other.this, exp.Query):
        member = ctx.bind_query(ctx, other.this, scope, scope.ctes)
        if len(member.fields) == 1:
            left = bind(ctx, node.this, scope)
            only = member.fields[0]
            _refuse_member(ctx, left, Value(only.type, None, only.sources), node, scope)
    return value


def in_(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """IN a list or a query: the options are a set."""
    value = bind(ctx, node.this, scope)
    options = bind_all(ctx, node.expressions, scope)
    for name in ("query", "unnest", "field"):
        part = node.args.get(name)
        if isinstance(part, exp.Expr):
            options.append(bind(ctx, part, scope))
            if name == "query":
                _refuse_member(ctx, value, options[-1], node, scope)
    texts = [option.text for option in options]
    listed = None if None in texts else sorted(set(texts))  # type: ignore[type-var]
    text = None if listed is None else call("in", [value.text, *listed])
    values = [value, *options]
    return Value(ctx.typer.infer(node, values), text, sources_of(values), grouping_of(values))


def _refuse_member(ctx: Context, value: Value, member: Value, node: exp.Expr, scope: Scope) -> None:
    """Report what IN (SELECT ...) cannot compare, where that is stricter than `=`."""
    if (value.type or "").startswith(("TUPLE(", "STRUCT(")):
        return
    note_untyped_member(ctx, value, member, node, scope.clause)
    if not ctx.typer.members_unify(value.type, member.type):
        detail = f"{value.type} and {member.type} cannot be compared with members"
        for relation, column in dict.fromkeys(value.sources + member.sources):
            ctx.findings.unbound("type", (relation,), column, scope.clause, node, detail)
