"""Binds the clauses of a SELECT after its projections, and writes down the row set they make."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind, bind_all
from breaking_changes.binder.budget import LONGEST_TEXT
from breaking_changes.binder.identity import call, shorten
from breaking_changes.binder.naming import key as name_key
from breaking_changes.binder.refusals import bind_clause
from breaking_changes.binder.scopes import Scope, Table, Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context


def condition(
    ctx: Context, node: exp.Expr | None, clause: str, scope: Scope, steps: list[str | None]
) -> None:
    """WHERE, HAVING and QUALIFY."""
    if node is None:
        return
    scope.clause = clause
    text = bind_clause(ctx, node.this, scope, node).text
    scope.clause = "SELECT"
    steps.append(call(clause, [text]))


def group(
    ctx: Context,
    node: exp.Select,
    scope: Scope,
    outputs: list[tuple[exp.Expr | None, Value]],
    steps: list[str | None],
) -> str | None:
    """The canonical text of the grouping keys; "" when every row is one group."""
    group = node.args.get("group")
    if group is None:
        if any(value.grouped for _, value in outputs):
            steps.append("GROUP()")
        return ""
    scope.clause = "GROUP BY"
    texts = _group_keys(ctx, group.expressions, scope, outputs)
    keys = list(texts)
    for name in ("grouping_sets", "cube", "rollup"):
        for part in group.args.get(name) or ():
            inner = _group_keys(ctx, part.expressions, scope, outputs)
            keys += inner
            texts.append(call(name, _sorted(inner)))
    if group.args.get("all"):
        texts.extend(value.text for _, value in outputs if not value.grouped)
    elif not any(group.args.get(name) for name in ("grouping_sets", "cube", "rollup")):
        _refuse_ungrouped(ctx, group, scope, outputs, texts)
    scope.clause = "SELECT"
    scope.keys = frozenset(text for text in (*keys, *texts) if text is not None)
    text = call("GROUP", _sorted(list(dict.fromkeys(texts))))
    steps.append(text)
    return text


def _sorted(texts: list[str | None]) -> list[str | None]:
    return texts if None in texts else sorted(texts)  # type: ignore[type-var]


def _refuse_ungrouped(
    ctx: Context,
    group: exp.Expr,
    scope: Scope,
    outputs: list[tuple[exp.Expr | None, Value]],
    keys: list[str | None],
) -> None:
    """Report the columns of a star that GROUP BY leaves out, and aggregates that it counts in.

    Both come about when a relation under a star gets another number of columns.
    """
    if ctx.traits.groups_loosely or None in keys:
        return
    for node in group.expressions:
        position = int(node.name) if isinstance(node, exp.Literal) and node.name.isdigit() else 0
        if 1 <= position <= len(outputs) and outputs[position - 1][1].grouped:
            stars = dict.fromkeys(base for source in scope.sources for base in source.table.stars)
            detail = f"column {position} of the query, which GROUP BY names, is an aggregate"
            ctx.findings.unbound("grouping", stars, None, scope.clause, node, detail)
    for projection, value in outputs:
        if projection is None and len(value.sources) == 1 and value.text not in (None, *keys):
            relation, column = value.sources[0]
            detail = "a star's column is neither grouped by nor aggregated"
            ctx.findings.unbound("grouping", (relation,), column, scope.clause, group, detail)


def _group_keys(
    ctx: Context,
    nodes: list[exp.Expr],
    scope: Scope,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> list[str | None]:
    texts: list[str | None] = []
    for node in nodes:
        if isinstance(node, (exp.Tuple, exp.GroupingSets, exp.Cube, exp.Rollup)):
            inner = _group_keys(ctx, node.expressions, scope, outputs)
            texts.append(call(node.key, _sorted(inner)))
        elif isinstance(node, exp.Literal) and not node.is_string:
            texts.append(position_of(ctx, node, scope, [value for _, value in outputs]))
        else:
            scope.bare = is_bare(node)
            texts.append(bind_clause(ctx, node, scope).text)
            scope.bare = False
    return texts


def is_bare(node: exp.Expr) -> bool:
    """Whether an expression is nothing but a name."""
    while isinstance(node, exp.Paren):
        node = node.this
    return isinstance(node, exp.Column) and not node.table


def position_of(ctx: Context, node: exp.Expr, scope: Scope, outputs: list[Value]) -> str | None:
    """The output that a number in GROUP BY or ORDER BY means; one out of range is reported."""
    try:
        number = int(node.name)
    except ValueError:
        return node.name
    if 1 <= number <= len(outputs):
        return outputs[number - 1].text
    if any(source.table.open for source in scope.sources):
        return None
    stars = dict.fromkeys(base for source in scope.sources for base in source.table.stars)
    detail = f"position {number} is out of range, the query has {len(outputs)} columns"
    ctx.findings.unbound("missing", stars, None, scope.clause, node, detail)
    return None


def finish_groups(
    table: Table, outputs: list[tuple[exp.Expr | None, Value]], keys: str | None
) -> None:
    """Make an aggregate's meaning depend on the keys it is grouped by."""
    for position, (_, value) in enumerate(outputs):
        if value.grouped and position < len(table.fields):
            found = table.fields[position]
            if found.text is not None:
                found.text = None if keys is None else f"{found.text}|{keys}"


def distinct(
    ctx: Context, node: exp.Select, scope: Scope, table: Table, steps: list[str | None]
) -> None:
    """DISTINCT and DISTINCT ON."""
    distinct = node.args.get("distinct")
    if distinct is None:
        return
    on = distinct.args.get("on")
    if on is None:
        # Which rows are distinct is decided by all columns.
        steps.append(call("DISTINCT", sorted(found.text or found.name for found in table.fields)))
        return
    nodes = on.expressions if isinstance(on, exp.Tuple) else [on]
    values = bind_all(ctx, nodes, scope)
    steps.append(call("DISTINCT ON", _sorted([value.text for value in values])))


def order_by(ctx: Context, node: exp.Expr, scope: Scope, table: Table) -> str | None:
    """The canonical text of ORDER BY."""
    scope.clause = "ORDER BY"
    outputs = [Value(found.type, found.text, found.sources) for found in table.fields]
    if node.args.get("order") is not None:
        scope.outputs = _named_once(ctx, table)
    texts: list[str | None] = []
    for name in ("order", "sort", "cluster", "distribute"):
        part = node.args.get(name)
        for item in part.expressions if part is not None else ():
            inner = item.this if isinstance(item, exp.Ordered) else item
            if isinstance(inner, exp.Literal) and not inner.is_string:
                text = position_of(ctx, inner, scope, outputs) if not table.open else None
            elif isinstance(inner, exp.Var) or _means_all(ctx, inner):
                text = inner.name.lower()
            else:
                scope.bare = is_bare(inner)
                text = bind_clause(ctx, inner, scope).text
                scope.bare = False
            texts.append(call("desc" if item.args.get("desc") else "asc", [text]))
    scope.clause, scope.outputs = "SELECT", {}
    return call("ORDER", texts)


def _means_all(ctx: Context, node: exp.Expr) -> bool:
    """ClickHouse's ORDER BY ALL, which its parser takes for a column."""
    return ctx.traits.name == "clickhouse" and is_bare(node) and node.name.upper() == "ALL"


def _named_once(ctx: Context, table: Table) -> dict[str, Value]:
    """The output columns by name, without the names that two of them share."""
    keys = [name_key(found.name, ctx.traits.name) for found in table.fields]
    shared = {key for key, number in Counter(keys).items() if number > 1}
    return {
        key: Value(found.type, found.text, found.sources)
        for key, found in zip(keys, table.fields, strict=True)
        if key not in shared
    }


def limit(
    ctx: Context, node: exp.Expr, scope: Scope, order: str | None, steps: list[str | None]
) -> None:
    """LIMIT and OFFSET; only with them does the order decide which rows there are."""
    found = False
    for name in ("limit", "offset"):
        part = node.args.get(name)
        if part is None:
            continue
        found = True
        count = part.args.get("expression") or part.args.get("count")
        text = bind(ctx, count, scope).text if isinstance(count, exp.Expr) else ""
        by = [value.text for value in bind_all(ctx, part.args.get("expressions") or (), scope)]
        steps.append(call(name, [text, *by]))
    if found or node.args.get("distinct") is not None:
        steps.append(order)


def rows_of(steps: list[str | None]) -> str | None:
    """The row set after all steps, None when one is not known."""
    if None in steps:
        return None
    if len(steps) == 1 and len(steps[0] or "") <= LONGEST_TEXT:
        return steps[0]
    return shorten("|".join(steps))  # type: ignore[arg-type]
