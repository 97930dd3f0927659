"""Reports what the engine refuses because of types, clause by clause.

The facts are those of `binder.type_errors`, which judges annotated expressions. Most
expressions ask nothing new: inference notes a doubt for each operation over types that was not
yet judged harmless in this process, and only a clause with doubts is annotated and judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind
from breaking_changes.binder.identity import call
from breaking_changes.binder.type_errors import (
    EQUALS,
    MEMBER,
    UNION,
    accepted_beside,
    check,
    check_set_operation,
    class_of,
)
from breaking_changes.binder.type_errors import refusals as find_refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from breaking_changes.binder.scopes import Base, Context, Field, Scope, Value

NULL = call("null", ())
"""What a column means that is nothing but NULL."""


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
        memory.note_harmless(doubt for doubt in doubts if typer.is_settled(doubt))
    return value


def refuse_pairs(
    ctx: Context, left: Iterable[Field], right: Iterable[Field], node: exp.Expr
) -> None:
    """Report the columns of a set operation's branches that cannot become one."""
    if not ctx.typer.judges:
        return
    for one, other in zip(left, right, strict=False):
        if one.type == other.type:
            continue
        if one.type is None or other.type is None:
            note_untyped(ctx, UNION, (one, other), "SET OPERATION", node)
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
    if not ctx.typer.judges or one.type == other.type:
        return
    if one.type is None or other.type is None:
        note_untyped(ctx, EQUALS, (one, other), clause, ident)
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


def refuse_mixture(
    ctx: Context,
    values: tuple[Value, ...],
    node: exp.Expr,
    clause: str,
    unify: Callable[[str | None, str | None], bool],
) -> None:
    """Report columns that become one without a cast, and cannot."""
    first = values[0]
    for value in values[1:]:
        if not unify(first.type, value.type):
            detail = f"{first.type} and {value.type} cannot become one column"
            for relation, column in dict.fromkeys(first.sources + value.sources):
                ctx.findings.unbound("type", (relation,), column, clause, node, detail)


def note_untyped_member(
    ctx: Context, value: Value, member: Value, node: exp.Expr, clause: str
) -> None:
    """Note what IN (SELECT ...) compares with members of unknown type, or the reverse."""
    if not ctx.typer.judges or (value.type is None) is (member.type is None):
        return
    note_untyped(ctx, MEMBER, (value, member), clause, node)
    known = member if value.type is None else value
    accepts = ctx.typer.members_of(known.type)
    _note(ctx, known, accepts, clause, node)


def note_untyped(
    ctx: Context, question: str, pair: Sequence[Field | Value], clause: str, node: exp.Expr
) -> None:
    """Note a column that meets one of unknown type, which NULL alone is not."""
    for place, one in enumerate(pair):
        if one.type is not None and pair[1 - place].text != NULL:
            classes = class_of(ctx.typer.final(one.type) or "", ctx.traits.name)
            # The branches of a set operation are judged in both orders.
            for at in (0, 1) if question == UNION else (place,):
                accepts = accepted_beside(ctx.traits.name, question, classes, at)
                _note(ctx, one, accepts, clause, node)


def _note(
    ctx: Context,
    known: Field | Value,
    accepts: tuple[str, ...] | None,
    clause: str,
    node: exp.Expr,
) -> None:
    if accepts is not None:
        for base in known.sources:
            ctx.findings.untyped(base, clause, node, accepts)


def _typed(ctx: Context, found: Field) -> exp.Expr:
    column = exp.column(found.name, quoted=True)
    column.type = ctx.typer.parsed(found.type)
    return column


def _judge(ctx: Context, node: exp.Expr, scope: Scope, clause: exp.Expr) -> bool:
    """Ask about an expression, report what is refused in it and what meets unknown types, and say
    whether there is any of that."""
    around = ctx.typer.open_clause()
    ctx.annotated = {}
    bind(ctx, node, scope)
    values, ctx.annotated = ctx.annotated, None
    ctx.typer.close_clause(around)
    ctx.typer.annotate(node)

    def type_of(part: exp.Expr) -> str | None:
        value = values.get(id(part))
        return ctx.typer.final(value.type) if value is not None else None

    found = check(clause, ctx.traits.name, type_of)
    for refusal in found.refused:
        for column in refusal.columns:
            value = values.get(id(column))
            _report(ctx, scope, column, value.sources if value else (), refusal.reason)
    for meeting in found.meetings:
        for column in meeting.columns:
            value = values.get(id(column))
            for base in value.sources if value else ():
                ctx.findings.untyped(base, scope.clause, column.this, meeting.accepts)
    return bool(found.refused or found.meetings)


def _report(
    ctx: Context, scope: Scope, column: exp.Column, sources: tuple[Base, ...], detail: str
) -> None:
    for relation, name in dict.fromkeys(sources):
        ctx.findings.unbound("type", (relation,), name, scope.clause, column.this, detail)
    if not sources:
        ctx.findings.unbound("type", (), column.name, scope.clause, column.this, detail)
