"""UNION, INTERSECT and EXCEPT, by position and by name, and recursive CTEs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.identity import call, shorten
from breaking_changes.binder.naming import key as name_key
from breaking_changes.binder.refusals import refuse_pairs
from breaking_changes.binder.relations import with_column_names
from breaking_changes.binder.scopes import Field, Table

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, CteEnv, Scope


def bind_set(ctx: Context, node: exp.Expr, parent: Scope | None, ctes: CteEnv | None) -> Table:
    """The columns and rows of a set operation over all its branches."""
    nodes = _branches(node)
    tables: list[Table] = []
    for branch, _ in nodes:
        table = ctx.bind_query(ctx, branch, parent, ctes)
        if not tables:
            _provide_anchor(ctx, node, table, ctes)
        tables.append(table)
    result = tables[0]
    anchor = [found.type for found in result.fields]
    for (branch, operation), table in zip(nodes[1:], tables[1:], strict=False):
        result = _combine(ctx, operation or node, branch, result, table)
    if _is_recursive(node, ctes):
        for found, type_ in zip(result.fields, anchor, strict=False):
            found.type = type_
    if ctx.traits.name == "duckdb":
        result.also = frozenset(found.name.lower() for table in tables for found in table.fields)
    return result


def _is_recursive(node: exp.Expr, ctes: CteEnv | None) -> bool:
    """Whether a set operation is a recursive CTE, whose first branch gives the types."""
    return ctes is not None and ctes.recursive and ctes.binding and ctes.node.this is node


def _branches(node: exp.Expr) -> list[tuple[exp.Expr, exp.Expr | None]]:
    """The branches from left to right, each with the operation before it."""
    found: list[tuple[exp.Expr, exp.Expr | None]] = []
    while isinstance(node, exp.SetOperation):
        found.append((node.expression, node))
        left = node.this
        if isinstance(left, exp.SetOperation) and left.args.get("with_") is not None:
            node = left
            break
        node = left
    found.append((node, None))
    return found[::-1]


def _provide_anchor(ctx: Context, node: exp.Expr, table: Table, ctes: CteEnv | None) -> None:
    """Let a recursive CTE read its own first branch while the others are bound."""
    if ctes is None or not _is_recursive(node, ctes):
        return
    named = with_column_names(ctx, ctes.node, table)
    fields = [
        Field(found.name, found.type, call("recursive", [found.text]), found.sources)
        for found in named.fields
    ]
    rows = call("recursive", [table.rows])
    ctes.table = Table(fields, table.open, table.reason, rows, (), table.bases)


def _combine(ctx: Context, node: exp.Expr, branch: exp.Expr, left: Table, right: Table) -> Table:
    kind = f"{node.key}{'' if node.args.get('distinct') else ' all'}"
    by_name = bool(node.args.get("by_name"))
    rows = _rows(node, kind, left, right)
    bases = tuple(dict.fromkeys(left.bases + right.bases))
    opens = left.open + right.open
    reason = left.reason or right.reason
    if by_name:
        fields = _by_name(ctx, kind, left, right, branch)
        stars = tuple(dict.fromkeys(left.stars + right.stars))
        return Table(fields, opens, reason, rows, stars, bases)
    _mark_positional(ctx, left, right)
    if not opens and len(left.fields) != len(right.fields):
        holders = dict.fromkeys(left.stars + right.stars)
        detail = f"{len(left.fields)} columns against {len(right.fields)}"
        ctx.findings.unbound("set_operation", holders, None, "SET OPERATION", branch, detail)
    refuse_pairs(ctx, left.fields, right.fields, branch)
    fields = [
        _unified(ctx, kind, one, other)
        for one, other in zip(left.fields, right.fields, strict=False)
    ]
    fields += [Field(found.name, None, None, found.sources) for found in left.fields[len(fields) :]]
    return Table(fields, opens, reason, rows, left.stars, bases)


def _rows(node: exp.Expr, kind: str, left: Table, right: Table) -> str | None:
    if left.rows is None or right.rows is None:
        return None
    texts = [left.rows, right.rows]
    if node.args.get("distinct") or not isinstance(node, exp.Union):
        # Which rows are equal is decided by all columns.
        texts = [call(rows, _meanings(table)) or rows for rows, table in _rows_of(left, right)]
    if not isinstance(node, exp.Except):
        texts.sort()
    return shorten(f"{kind}({','.join(texts)})")


def _rows_of(*tables: Table) -> list[tuple[str, Table]]:
    return [(table.rows or "", table) for table in tables]


def _meanings(table: Table) -> list[str | None]:
    return [found.text or found.name for found in table.fields]


def _mark_positional(ctx: Context, *tables: Table) -> None:
    """Stars whose columns a set operation takes by position."""
    for table in tables:
        for relation in table.stars:
            ctx.findings.star(relation, positional=True)


def _unified(ctx: Context, kind: str, one: Field, other: Field) -> Field:
    if one.text is not None and one.text == other.text:
        text: str | None = one.text
    elif one.text is None or other.text is None:
        text = None
    else:
        text = shorten(f"{kind}({','.join(sorted((one.text, other.text)))})")
    type_ = ctx.typer.unify([one.type, other.type])
    sources = tuple(dict.fromkeys(one.sources + other.sources))
    return Field(one.name, type_, text, sources, _shared_origin(one, other))


def _shared_origin(one: Field, other: Field) -> tuple[str, str] | None:
    """A column that flows by star through every branch keeps its origin in the first."""
    return one.origin if one.origin is not None and other.origin is not None else None


def _by_name(ctx: Context, kind: str, left: Table, right: Table, branch: exp.Expr) -> list[Field]:
    others = {name_key(found.name, ctx.traits.name): found for found in right.fields}
    fields = []
    for one in left.fields:
        other = others.pop(name_key(one.name, ctx.traits.name), None)
        if other is not None:
            refuse_pairs(ctx, [one], [other], branch)
        fields.append(one if other is None else _unified(ctx, kind, one, other))
    return fields + list(others.values())
