"""Binds queries: SELECT block by block, WITH, and what may stand for a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.analysis import pivots, set_operations, structs
from breaking_changes.analysis.columns import ident_key, stored
from breaking_changes.analysis.expressions import bind, bind_all
from breaking_changes.analysis.identity import call, shorten
from breaking_changes.analysis.labels import label
from breaking_changes.analysis.refusals import bind_clause, refuse_no_list
from breaking_changes.analysis.relations import (
    add_from,
    cte_table,
    index_of,
    values_table,
    with_column_names,
)
from breaking_changes.analysis.scopes import CteEnv, Field, Scope, Table, Value
from breaking_changes.analysis.stars import as_value, columns_call, expand, expand_columns

if TYPE_CHECKING:
    from breaking_changes.analysis.scopes import Context
    from breaking_changes.analysis.stars import Expansion


def bind_query(ctx: Context, node: exp.Expr, parent: Scope | None, ctes: CteEnv | None) -> Table:
    """The columns and rows of a query; `parent` is the query around it, `ctes` what it can name."""
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
        scope = Scope(parent, ctes)
        rows = add_from(ctx, exp.Select(from_=exp.From(this=node)), scope)
        return Table(list(scope.sources[0].table.fields), rows=rows)
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
        alias = cte.args.get("alias")
        ident = alias.this if isinstance(alias, exp.TableAlias) else cte.this
        ctes = CteEnv(ident_key(ctx, ident), cte, parent, ctes, recursive)
    return ctes


def _force_ctes(ctx: Context, node: exp.Expr, table: Table, ctes: CteEnv | None) -> Table:
    """Bind the CTEs that nobody read, where the engine does so as well."""
    with_ = node.args.get("with_")
    if with_ is not None and not ctx.traits.lazy_ctes:
        env = ctes
        for _ in with_.expressions:
            if env is not None:
                if not env.binding:
                    cte_table(ctx, env)
                env = env.outer
    return table


def _select(ctx: Context, node: exp.Select, parent: Scope | None, ctes: CteEnv | None) -> Table:
    scope = Scope(parent, ctes)
    rows = add_from(ctx, node, scope)
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
    table, outputs = _projections(ctx, node, scope)
    table.bases = tuple(
        dict.fromkeys(base for source in scope.sources for base in source.table.bases)
    )
    steps: list[str | None] = [rows]
    _clause(ctx, args.get("prewhere"), "WHERE", scope, steps)
    _clause(ctx, args.get("where"), "WHERE", scope, steps)
    keys = _group(ctx, node, scope, outputs, steps)
    _finish_groups(table, outputs, keys)
    _clause(ctx, args.get("having"), "HAVING", scope, steps)
    _clause(ctx, args.get("qualify"), "QUALIFY", scope, steps)
    _distinct(ctx, node, scope, table, steps)
    order = _order(ctx, node, scope, table)
    _limit(ctx, node, scope, order, steps)
    table.rows = _rows(steps)
    return table


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


def _projections(
    ctx: Context, node: exp.Select, scope: Scope
) -> tuple[Table, list[tuple[exp.Expr | None, Value]]]:
    """The output columns, and for each its projection (None out of a star) and value."""
    table = Table([])
    outputs: list[tuple[exp.Expr | None, Value]] = []
    for projection in node.args["expressions"]:
        expansion = expand(ctx, projection, scope)
        if expansion is not None:
            _add_expansion(ctx, expansion, table, outputs)
            continue
        columns = columns_call(projection) if ctx.has_columns_calls else None
        if columns is not None:
            _add_columns_call(ctx, projection, columns, scope, table, outputs)
            continue
        _add_projection(ctx, projection, scope, table, outputs)
    return table, outputs


def _add_expansion(
    ctx: Context,
    expansion: Expansion,
    table: Table,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> None:
    for item in expansion.items:
        table.fields.append(item.field)
        outputs.append((None, as_value(item)))
    table.open += expansion.open
    table.reason = table.reason or expansion.reason
    for relation in expansion.stars:
        ctx.findings.star(relation)
    table.stars += tuple(base for base in expansion.stars if base not in table.stars)


def _add_columns_call(
    ctx: Context,
    projection: exp.Expr,
    columns: exp.Expr,
    scope: Scope,
    table: Table,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> None:
    """An expression around COLUMNS(...), once for each column that it stands for."""
    expansion = expand_columns(ctx, columns, scope)
    body = projection.unalias()
    if body is columns and not projection.alias:
        _add_expansion(ctx, expansion, table, outputs)
        return
    for item in expansion.items:
        replaced = _with_column(body, columns, item.field.name)
        before = dict(scope.parameters)
        scope.parameters[_PLACEHOLDER] = as_value(item)
        value = bind_clause(ctx, replaced, scope)
        scope.parameters = before
        if item.field.origin is not None:
            ctx.findings.read(*item.field.origin, scope.clause, projection)
        name = _columns_alias(projection, columns, item.field.name)
        type_ = ctx.typer.finish(replaced, value.type)
        table.fields.append(Field(name, type_, value.text, value.sources))
        outputs.append((replaced, value))
    table.open += expansion.open
    table.reason = table.reason or expansion.reason


_PLACEHOLDER = "columns()"


def _with_column(body: exp.Expr, columns: exp.Expr, name: str) -> exp.Expr:
    """A copy of an expression with a placeholder in the place of COLUMNS(...)."""
    if body is columns:
        return exp.to_identifier(_PLACEHOLDER, quoted=False)
    copy = body.copy()
    for found in list(copy.find_all(exp.Columns)):
        found.replace(exp.Identifier(this=_PLACEHOLDER, quoted=False))
    return copy


def _columns_alias(projection: exp.Expr, columns: exp.Expr, name: str) -> str:
    """The alias of a COLUMNS(...), in which \\0 and \\1 stand for what its pattern matched."""
    alias = projection.alias
    if not alias:
        return name
    pattern = columns.this
    match = re.search(pattern.name, name) if isinstance(pattern, exp.Literal) else None
    if match is None:
        return alias.replace("\\0", name)
    groups = (match.group(0), *match.groups())
    for number, text in enumerate(groups):
        alias = alias.replace(f"\\{number}", text or "")
    return alias


def _unnested_fields(
    ctx: Context, projection: exp.Expr, scope: Scope
) -> list[tuple[Field, Value]] | None:
    """DuckDB's unnest of a struct in a projection is one column for each of its fields."""
    body = projection.unalias()
    if ctx.traits.name != "duckdb" or not isinstance(body, exp.Explode):
        return None
    value = bind_clause(ctx, body.this, scope)
    refuse_no_list(ctx, body.this, value, scope)
    type_ = value.type
    if body.expressions:
        while type_ is not None and type_.endswith("]"):
            type_ = ctx.typer.element(type_)
    known = structs.fields(type_, ctx.traits.name)
    if known is None:
        return None
    found = []
    for name, part in known:
        text = None if value.text is None else f"unnest({value.text})/{name.lower()}"
        found.append((Field(name, part, text, value.sources), Value(part, text, value.sources)))
    return found


def _add_projection(
    ctx: Context,
    projection: exp.Expr,
    scope: Scope,
    table: Table,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> None:
    if isinstance(projection, exp.Aliases):
        _add_aliases(ctx, projection, scope, table, outputs)
        return
    parts = _unnested_fields(ctx, projection, scope)
    if parts is not None:
        for part, part_value in parts:
            table.fields.append(part)
            outputs.append((projection, part_value))
        return
    alias = projection.args.get("alias") if isinstance(projection, exp.Alias) else None
    body = projection.this if alias is not None else projection
    value = bind_clause(ctx, body, scope)
    type_ = ctx.typer.finish(body, value.type)
    if alias is not None:
        name = stored(ctx, alias)
        scope.aliases.setdefault(
            ident_key(ctx, alias),
            Value(value.type or type_, value.text, value.sources, value.grouped),
        )
    else:
        name = _implicit_name(ctx, body, scope, len(table.fields))
    table.fields.append(Field(name, type_, value.text, value.sources))
    outputs.append((projection, value))


def _implicit_name(ctx: Context, body: exp.Expr, scope: Scope, position: int) -> str:
    """The output name of a projection without an alias."""
    inner = body
    while isinstance(inner, exp.Paren):
        inner = inner.this
    ident = inner.expression if isinstance(inner, exp.Dot) else inner.args.get("this")
    if isinstance(inner, (exp.Column, exp.Dot)) and isinstance(ident, exp.Identifier):
        if ctx.traits.name == "duckdb" and isinstance(inner, exp.Column):
            key = ident.name.lower()
            for source in scope.sources:
                found = source.index.get(key)
                if found is not None:
                    return found.name
        return stored(ctx, ident)
    return label(body, ctx.traits.name, position)


def _add_aliases(
    ctx: Context,
    projection: exp.Expr,
    scope: Scope,
    table: Table,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> None:
    """`posexplode(x) as (position, value)`: several columns from one function."""
    value = bind(ctx, projection.this, scope)
    for ident in projection.expressions:
        text = call(f"part[{len(table.fields)}]", [value.text])
        part = Value(None, text, value.sources)
        table.fields.append(Field(stored(ctx, ident), None, text, value.sources))
        scope.aliases.setdefault(ident_key(ctx, ident), part)
        outputs.append((projection, part))


def _clause(
    ctx: Context, node: exp.Expr | None, clause: str, scope: Scope, steps: list[str | None]
) -> None:
    if node is None:
        return
    scope.clause = clause
    text = bind_clause(ctx, node.this, scope, node).text
    scope.clause = "SELECT"
    steps.append(call(clause, [text]))


def _group(
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
    for name in ("grouping_sets", "cube", "rollup"):
        for part in group.args.get(name) or ():
            inner = _group_keys(ctx, part.expressions, scope, outputs)
            texts.append(call(name, _sorted(inner)))
    if group.args.get("all"):
        texts.extend(value.text for _, value in outputs if not value.grouped)
    scope.clause = "SELECT"
    text = call("GROUP", _sorted(list(dict.fromkeys(texts))))
    steps.append(text)
    return text


def _sorted(texts: list[str | None]) -> list[str | None]:
    return texts if None in texts else sorted(texts)  # type: ignore[type-var]


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
            texts.append(_position(ctx, node, scope, [value for _, value in outputs]))
        else:
            texts.append(bind_clause(ctx, node, scope).text)
    return texts


def _position(ctx: Context, node: exp.Expr, scope: Scope, outputs: list[Value]) -> str | None:
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


def _finish_groups(
    table: Table, outputs: list[tuple[exp.Expr | None, Value]], keys: str | None
) -> None:
    """Make an aggregate's meaning depend on the keys it is grouped by."""
    for position, (_, value) in enumerate(outputs):
        if value.grouped and position < len(table.fields):
            found = table.fields[position]
            if found.text is not None:
                found.text = None if keys is None else f"{found.text}|{keys}"


def _distinct(
    ctx: Context, node: exp.Select, scope: Scope, table: Table, steps: list[str | None]
) -> None:
    distinct = node.args.get("distinct")
    if distinct is None:
        return
    on = distinct.args.get("on")
    if on is None:
        steps.append("DISTINCT")
        return
    nodes = on.expressions if isinstance(on, exp.Tuple) else [on]
    values = bind_all(ctx, nodes, scope)
    steps.append(call("DISTINCT ON", _sorted([value.text for value in values])))


def _order(ctx: Context, node: exp.Expr, scope: Scope, table: Table) -> str | None:
    """The canonical text of ORDER BY."""
    scope.clause = "ORDER BY"
    outputs = [Value(found.type, found.text, found.sources) for found in table.fields]
    texts: list[str | None] = []
    for name in ("order", "sort", "cluster", "distribute"):
        part = node.args.get(name)
        for item in part.expressions if part is not None else ():
            inner = item.this if isinstance(item, exp.Ordered) else item
            if isinstance(inner, exp.Literal) and not inner.is_string:
                text = _position(ctx, inner, scope, outputs) if not table.open else None
            elif isinstance(inner, exp.Var):
                text = inner.name.lower()
            else:
                text = bind_clause(ctx, inner, scope).text
            texts.append(call("desc" if item.args.get("desc") else "asc", [text]))
    scope.clause = "SELECT"
    return call("ORDER", texts)


def _limit(
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


def _rows(steps: list[str | None]) -> str | None:
    if None in steps:
        return None
    if len(steps) == 1:
        return steps[0]
    return shorten("|".join(steps))  # type: ignore[arg-type]


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
            _position(ctx, inner, scope, values)
        elif isinstance(inner, exp.Column) and not table.open:
            _output_column(ctx, inner, scope, table)


def _output_column(ctx: Context, node: exp.Column, scope: Scope, table: Table) -> None:
    if ident_key(ctx, node.this) not in scope.aliases:
        parent = node.find_ancestor(exp.SetOperation)
        if ctx.traits.name == "duckdb" and parent is not None:
            names = {
                name.lower() for part in parent.find_all(exp.Select) for name in part.named_selects
            }
            if node.name.lower() in names:
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
        _rows(steps),
        table.stars,
        table.bases,
        table.index,
    )


__all__ = ["bind_query", "index_of", "with_column_names"]
