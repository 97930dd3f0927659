"""Reports what the engine refuses because of types, clause by clause.

The facts are those of `binder.type_errors`, which judges annotated expressions. Most
expressions ask nothing new: inference notes a doubt for each operation over types that was not
yet judged harmless in this process, and only a clause with doubts is annotated and judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind
from breaking_changes.binder.type_errors import check_set_operation
from breaking_changes.binder.type_errors import refusals as find_refusals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from breaking_changes.binder.scopes import Base, Context, Field, Scope, Value


def bind_clause(
    ctx: Context, node: exp.Expr, scope: Scope, clause: exp.Expr | None = None
) -> Value:
    """The value of a whole expression; what the engine refuses in it is reported.

    `clause` is the clause around the expression where that is a condition, such as exp.Where.
    While a clause is judged, those of its subqueries have been.
    """
    if ctx.annotated is not None:
        return bind(ctx, node, scope)
    typer = ctx.typer
    around = typer.open_clause()
    value = bind(ctx, node, scope)
    doubts = typer.close_clause(around)
    if clause is not None and value.type not in (None, "BOOLEAN"):
        doubts.add((ctx.traits.name, type(clause), value.type))
    memory = ctx.traits.memory
    doubts = {doubt for doubt in doubts if not memory.is_harmless(doubt)}
    if doubts and not _judge(ctx, node, scope, clause or node):
        memory.note_harmless(doubts)
    return value


def refuse_pairs(
    ctx: Context, left: Iterable[Field], right: Iterable[Field], node: exp.Expr
) -> None:
    """Report the columns of a set operation's branches that cannot become one."""
    if not ctx.typer.judges:
        return
    for one, other in zip(left, right, strict=False):
        if one.type == other.type or None in (one.type, other.type):
            continue
        doubt = (ctx.traits.name, "union", one.type, other.type)
        if ctx.traits.memory.is_harmless(doubt):
            continue
        pair = [_typed(ctx, part) for part in (one, other)]
        found = check_set_operation([pair], ctx.traits.name).refused
        found = found or check_set_operation([pair[::-1]], ctx.traits.name).refused
        if not found:
            ctx.traits.memory.note_harmless((doubt,))
            continue
        detail = f"{found[0].reason} ({one.name}: {one.type} and {other.type})"
        for relation, column in dict.fromkeys(one.sources + other.sources):
            ctx.findings.unbound("type", (relation,), column, "SET OPERATION", node, detail)


def refuse_equality(ctx: Context, one: Value, other: Value, ident: exp.Expr, clause: str) -> None:
    """Report the two sides of a USING that the engine cannot compare."""
    if not ctx.typer.judges or one.type == other.type or None in (one.type, other.type):
        return
    doubt = (ctx.traits.name, "using", one.type, other.type)
    if ctx.traits.memory.is_harmless(doubt):
        return
    operands = []
    for value in (one, other):
        column = exp.column(ident.name)
        column.type = ctx.typer.parsed(value.type)
        operands.append(column)
    refused = find_refusals(exp.EQ(this=operands[0], expression=operands[1]), ctx.traits.name)
    if not refused:
        ctx.traits.memory.note_harmless((doubt,))
        return
    for relation, column_name in dict.fromkeys(one.sources + other.sources):
        ctx.findings.unbound("type", (relation,), column_name, clause, ident, refused[0].reason)


def refuse_mixture(ctx: Context, values: tuple[Value, ...], node: exp.Expr, clause: str) -> None:
    """Report columns that become one without a cast, and cannot."""
    first = values[0]
    for value in values[1:]:
        if not ctx.typer.members_unify(first.type, value.type):
            detail = f"{first.type} and {value.type} cannot become one column"
            for relation, column in dict.fromkeys(first.sources + value.sources):
                ctx.findings.unbound("type", (relation,), column, clause, node, detail)


def _typed(ctx: Context, found: Field) -> exp.Expr:
    column = exp.column(found.name, quoted=True)
    column.type = ctx.typer.parsed(found.type)
    return column


def _judge(ctx: Context, node: exp.Expr, scope: Scope, clause: exp.Expr) -> bool:
    """Ask about an expression, report what is refused in it, and say whether anything is."""
    around = ctx.typer.open_clause()
    ctx.annotated = {}
    bind(ctx, node, scope)
    values, ctx.annotated = ctx.annotated, None
    ctx.typer.close_clause(around)
    ctx.typer.annotate(node)

    def type_of(part: exp.Expr) -> str | None:
        value = values.get(id(part))
        return ctx.typer.final(value.type) if value is not None else None

    found = find_refusals(clause, ctx.traits.name, type_of)
    for refusal in found:
        for column in refusal.columns:
            value = values.get(id(column))
            _report(ctx, scope, column, value.sources if value else (), refusal.reason)
    return bool(found)


def _report(
    ctx: Context, scope: Scope, column: exp.Column, sources: tuple[Base, ...], detail: str
) -> None:
    for relation, name in dict.fromkeys(sources):
        ctx.findings.unbound("type", (relation,), name, scope.clause, column.this, detail)
    if not sources:
        ctx.findings.unbound("type", (), column.name, scope.clause, column.this, detail)
