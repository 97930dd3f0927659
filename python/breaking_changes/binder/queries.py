"""Binds queries: SELECT block by block, WITH, and what may stand for a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import pivots, set_operations
from breaking_changes.binder.binding import bind
from breaking_changes.binder.clauses import (
    condition,
    distinct,
    finish_groups,
    group,
    limit,
    order_by,
    position_of,
    rows_of,
)
from breaking_changes.binder.columns import ident_key, stored
from breaking_changes.binder.grouping import refuse_captured
from breaking_changes.binder.identity import call
from breaking_changes.binder.projections import projections_of
from breaking_changes.binder.relations import (
    add_from,
    cte_table,
    values_table,
)
from breaking_changes.binder.scopes import CteEnv, Scope, Source, Table, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from breaking_changes.binder.scopes import Context


def bind_query(ctx: Context, node: exp.Expr, parent: Scope | None, ctes: CteEnv | None) -> Table:
    """The columns and rows of a query; `parent` is the query around it, `ctes` what it can name."""
    parent = _with_scalars(ctx, node, parent, ctes)
    ctes = _with(ctx, node, parent, ctes)
    if isinstance(node, exp.Select):
        return _force_ctes(ctx, node, _select(ctx, node, parent, ctes), ctes)
    if isinstance(node, exp.SetOperation):
        table = set_operations.bind_set(ctx, node, parent, ctes)
        _tail(ctx, node, table, parent, ctes)
        return _force_ctes(ctx, node, _limited(ctx, node, table), ctes)
    if isinstance(node, exp.Subquery):
        table = ctx.bind_query(ctx, node.this, parent, ctes)
        _tail(ctx, node, table, parent, ctes)
        return _limited(ctx, node, table)
    if isinstance(node, exp.Values):
        return values_table(ctx, node, Scope(parent, ctes))
    if isinstance(node, exp.Pivot):
        return pivots.statement(ctx, node, Scope(parent, ctes))
    if isinstance(node, exp.Table):
        everything = exp.Select(expressions=[exp.Star()], from_=exp.From(this=node))
        return _select(ctx, everything, parent, ctes)
    reason = f"A {node.key.upper()} statement is not understood."
    ctx.findings.cannot_know(reason)
    return Table([], ("",), reason)


def _with(ctx: Context, node: exp.Expr, parent: Scope | None, ctes: CteEnv | None) -> CteEnv | None:
    """The CTEs that a query can name: those around it and its own, each seeing those before."""
    with_ = node.args.get("with_")
    if with_ is None:
        return ctes
    recursive = bool(with_.args.get("recursive"))
    for cte in with_.expressions:
        if cte.args.get("scalar"):
            continue
        alias = cte.args.get("alias")
        ident = alias.this if isinstance(alias, exp.TableAlias) else cte.this
        ctes = CteEnv(ident_key(ctx, ident), cte, parent, ctes, recursive)
    return ctes


def _with_scalars(
    ctx: Context, node: exp.Expr, parent: Scope | None, ctes: CteEnv | None
) -> Scope | None:
    """ClickHouse's `WITH 5 AS n`: values that the query can name."""
    with_ = node.args.get("with_")
    scalars = [cte for cte in with_.expressions if cte.args.get("scalar")] if with_ else []
    if not scalars:
        return parent
    scope = Scope(parent, ctes)
    for cte in scalars:
        scope.lazy[ident_key(ctx, cte.args["alias"].this)] = cte.this
    return scope


def _force_ctes(ctx: Context, node: exp.Expr, table: Table, ctes: CteEnv | None) -> Table:
    """Bind the CTEs that nobody read, where the engine does so as well."""
    with_ = node.args.get("with_")
    if with_ is not None and not ctx.traits.lazy_ctes:
        env = ctes
        for cte in with_.expressions:
            if env is not None and not cte.args.get("scalar"):
                if not env.binding:
                    cte_table(ctx, env)
                env = env.outer
    return table


def _select(ctx: Context, node: exp.Select, parent: Scope | None, ctes: CteEnv | None) -> Table:
    scope = Scope(parent, ctes)
    rows = add_from(ctx, node, scope)
    if node.args.get("match") is not None:
        _hide_matched(ctx, node.args["match"], scope)
    plain = _pass_through(ctx, node, scope)
    if plain is not None:
        return plain
    args = node.args
    if args.get("connect") is not None:
        level = exp.to_identifier("level")
        scope.parameters[ident_key(ctx, level)] = Value(None, "level")
    for window in args.get("windows") or ():
        if isinstance(window.this, exp.Identifier):
            scope.windows[ident_key(ctx, window.this)] = window
    if ctx.traits.aliases_hide:
        scope.lazy = dict(parent.lazy) if parent is not None and args.get("with_") else {}
        scope.lazy |= {
            ident_key(ctx, alias.args["alias"]): alias.this
            for projection in args["expressions"]
            for alias in projection.find_all(exp.Alias)
            if alias.parent_select is node
        }
    table, outputs = projections_of(ctx, node, scope)
    table.bases = tuple(
        dict.fromkeys(base for source in scope.sources for base in source.table.bases)
    )
    steps: list[str | None] = [rows]
    condition(ctx, args.get("prewhere"), "WHERE", scope, steps)
    condition(ctx, args.get("where"), "WHERE", scope, steps)
    steps.extend(_multiplied(outputs))
    if args.get("sample") is not None:
        steps.append(call("sample", [args["sample"].sql(ctx.traits.name)]))
    keys = group(ctx, node, scope, outputs, steps)
    finish_groups(table, outputs, keys)
    condition(ctx, args.get("having"), "HAVING", scope, steps)
    condition(ctx, args.get("qualify"), "QUALIFY", scope, steps)
    distinct(ctx, node, scope, table, steps)
    ordering = order_by(ctx, node, scope, table)
    limit(ctx, node, scope, ordering, steps)
    table.rows = rows_of(steps)
    if scope.captured and (args.get("group") or any(value.grouped for _, value in outputs)):
        refuse_captured(ctx, scope, _of_groups(node, outputs), None if keys is None else scope.keys)
    return table


_MULTIPLY = (exp.Explode, exp.Unnest, exp.Posexplode, exp.Inline, exp.ExplodingGenerateSeries)


def _multiplied(outputs: list[tuple[exp.Expr | None, Value]]) -> Iterator[str | None]:
    """What gives a row for each element of a list where it is projected."""
    for projection, value in outputs:
        if projection is not None and projection.find(*_MULTIPLY):
            yield call("elements", [value.text])


def _of_groups(
    node: exp.Select, outputs: list[tuple[exp.Expr | None, Value]]
) -> Iterator[tuple[str, exp.Expr]]:
    """What is evaluated once for each group, with its clause."""
    for projection, _ in outputs:
        if projection is not None:
            yield "SELECT", projection.unalias()
    for name in ("having", "qualify"):
        if node.args.get(name) is not None:
            yield name.upper(), node.args[name].this
    order = node.args.get("order")
    for item in order.expressions if order is not None else ():
        yield "ORDER BY", item.this if isinstance(item, exp.Ordered) else item


def _hide_matched(ctx: Context, match: exp.Expr, scope: Scope) -> None:
    """Behind MATCH_RECOGNIZE, whose variables and measures are not followed, any name may stand."""
    for node in match.args.get("partition_by") or ():
        bind(ctx, node, scope)
    reason = "MATCH_RECOGNIZE is not followed."
    ctx.findings.cannot_know(reason)
    bases = tuple(base for source in scope.sources for base in source.table.bases)
    scope.sources = [Source("", "", Table([], ("",), reason, None, (), bases), {})]


def _pass_through(ctx: Context, node: exp.Select, scope: Scope) -> Table | None:
    """`select * from x` and nothing else: x itself, without looking at its columns."""
    args = node.args
    selects = args["expressions"]
    if len(selects) != 1 or len(scope.sources) != 1 or type(selects[0]) is not exp.Star:
        return None
    if any(selects[0].args.values()) or any(
        value for name, value in args.items() if name not in ("expressions", "from_", "with_")
    ):
        return None
    source = scope.sources[0]
    table = source.table
    for relation in table.stars:
        ctx.findings.star(relation)
    rows = args["from_"].this.args.get("sample")
    if rows is not None:
        return Table(
            table.fields,
            table.open,
            table.reason,
            call("sample", [table.rows, rows.sql(ctx.traits.name)]),
            table.stars,
            table.bases,
            table.index,
        )
    return table


def _tail(
    ctx: Context, node: exp.Expr, table: Table, parent: Scope | None, ctes: CteEnv | None
) -> None:
    """ORDER BY after a set operation or parentheses names the output columns."""
    order = node.args.get("order")
    if order is None:
        return
    scope = Scope(parent, ctes)
    for found in table.fields:
        ident = exp.to_identifier(found.name, quoted=True)
        scope.aliases[ident_key(ctx, ident)] = Value(found.type, found.text, found.sources)
    scope.clause = "ORDER BY"
    for item in order.expressions:
        inner = item.this if isinstance(item, exp.Ordered) else item
        if isinstance(inner, exp.Literal) and not inner.is_string and not table.open:
            values = [Value(None, found.text) for found in table.fields]
            position_of(ctx, inner, scope, values)
        elif isinstance(inner, exp.Column) and not table.open:
            _output_column(ctx, inner, scope, table)


def _output_column(ctx: Context, node: exp.Column, scope: Scope, table: Table) -> None:
    if ident_key(ctx, node.this) not in scope.aliases:
        if node.name.lower() in table.also:
            return
        stars = dict.fromkeys(table.stars)
        ctx.findings.unbound("missing", stars, stored(ctx, node.this), scope.clause, node.this)


def _limited(ctx: Context, node: exp.Expr, table: Table) -> Table:
    """A query with a LIMIT around it is another row set."""
    steps = [table.rows]
    for name in ("limit", "offset"):
        part = node.args.get(name)
        if part is not None:
            steps.append(f"{name}({part.sql(ctx.traits.name).lower()})")
    if len(steps) == 1:
        return table
    return Table(
        table.fields,
        table.open,
        table.reason,
        rows_of(steps),
        table.stars,
        table.bases,
        table.index,
    )
