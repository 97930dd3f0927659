"""Reports columns that took the place of an alias in a grouped query, where that is refused.

`select name as n, count(*) from t group by n` groups by the output, until t has a column n: engines
look for a column first, and then `name` is neither grouped by nor aggregated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind
from breaking_changes.binder.clauses import is_bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from breaking_changes.binder.scopes import Context, Scope, Value


def refuse_captured(
    ctx: Context, scope: Scope, nodes: Iterable[tuple[str, exp.Expr]], keys: frozenset[str] | None
) -> None:
    """Report the columns that hide an alias, if they leave a part of the query ungrouped.

    `nodes` are the projections and what else is evaluated once for each group; `keys` are the
    canonical texts that are grouped by, None when one of them is not known.
    """
    if not scope.captured or keys is None or ctx.annotated is not None:
        return
    ungrouped = next(iter(_ungrouped(ctx, scope, nodes, keys)), None)
    if ungrouped is None:
        return
    for ident, base, clause in scope.captured.values():
        detail = f"the alias {ident.name} is hidden by it, and {ungrouped} is not grouped by"
        relations = () if base is None else (base[0],)
        column = ident.name if base is None else base[1]
        ctx.findings.unbound("grouping", relations, column, clause, ident, detail)


def _ungrouped(
    ctx: Context, scope: Scope, nodes: Iterable[tuple[str, exp.Expr]], keys: frozenset[str]
) -> Iterator[str]:
    """The columns that are neither grouped by nor aggregated, as they are written."""
    for clause, node in nodes:
        around = ctx.typer.open_clause()
        ctx.annotated, scope.clause, scope.bare = {}, clause, is_bare(node)
        bind(ctx, node, scope)
        scope.clause, scope.bare = "SELECT", False
        values, ctx.annotated = ctx.annotated, None
        ctx.typer.close_clause(around)
        yield from _columns(ctx, scope, node, values, keys)


def _columns(
    ctx: Context,
    scope: Scope,
    node: exp.Expr,
    values: dict[int, Value],
    keys: frozenset[str],
) -> Iterator[str]:
    value = values.get(id(node))
    if (value is not None and value.text in keys) or isinstance(node, exp.Query):
        return
    if isinstance(node, exp.Window):
        # What a window function takes is evaluated for each group, an aggregate within as well.
        inner = node.this.iter_expressions() if _aggregates(ctx, node.this) else [node.this]
        parts = [*inner, *node.args.get("partition_by", ()), node.args.get("order")]
        for part in parts:
            if isinstance(part, exp.Expr):
                yield from _columns(ctx, scope, part, values, keys)
    elif isinstance(node, exp.Column):
        if value is not None and value.sources and not value.grouped and _is_input(scope, value):
            yield node.sql(ctx.traits.name)
    elif not _aggregates(ctx, node):
        for child in node.iter_expressions():
            yield from _columns(ctx, scope, child, values, keys)


def _aggregates(ctx: Context, node: exp.Expr) -> bool:
    if isinstance(node, exp.Anonymous):
        return ctx.typer.aggregates(str(node.this).lower())
    return isinstance(node, (exp.AggFunc, exp.WithinGroup)) or (
        isinstance(node, exp.Filter) and _aggregates(ctx, node.this)
    )


def _is_input(scope: Scope, value: Value) -> bool:
    """Whether a column's value is one of the sources' own, and no alias or outer column."""
    return any(
        source.value(found).text == value.text
        for source in scope.sources
        for found in source.table.fields
        if found.sources and set(found.sources) & set(value.sources)
    )
