"""PIVOT and UNPIVOT, in FROM and as DuckDB's statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import relations
from breaking_changes.binder.binding import bind
from breaking_changes.binder.columns import ident_key, stored
from breaking_changes.binder.identity import call, shorten
from breaking_changes.binder.naming import key as name_key
from breaking_changes.binder.refusals import bind_clause, refuse_mixture
from breaking_changes.binder.scopes import Field, Scope, Source, Table

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context

_COMPARING = frozenset({"bigquery", "spark", "databricks"})
"""Engines that compare what PIVOT lists with its column as IN does: their analyzers say so."""

DYNAMIC = "PIVOT takes its columns from the data."


def apply(ctx: Context, pivot: exp.Expr, table: Table, scope: Scope) -> Table:
    """The table that a PIVOT or UNPIVOT behind an item of FROM makes of it."""
    inner = _scope_over(ctx, table, scope)
    unpivot = pivot.args.get("unpivot")
    result = _unpivot(ctx, pivot, table, inner) if unpivot else _pivot(ctx, pivot, table, inner)
    alias = pivot.args.get("alias")
    if isinstance(alias, exp.TableAlias) and alias.args.get("columns"):
        result = relations.with_column_names(ctx, pivot, result)
    return result


def statement(ctx: Context, node: exp.Expr, scope: Scope) -> Table:
    """DuckDB's PIVOT and UNPIVOT statements."""
    relations.add_item(ctx, node.this, scope)
    table = scope.sources[0].table
    inner = _scope_over(ctx, table, scope)
    if node.args.get("unpivot"):
        return _unpivot_statement(ctx, node, table, inner)
    return _pivot_statement(ctx, node, table, inner)


def _scope_over(ctx: Context, table: Table, scope: Scope) -> Scope:
    if table.index is None:
        table.index = relations.index_of(ctx, table)
    inner = Scope(None, scope.ctes)
    inner.sources.append(Source("", "", table, table.index))
    inner.clause = "PIVOT"
    return inner


def _pivot(ctx: Context, pivot: exp.Expr, table: Table, scope: Scope) -> Table:
    used: set[str] = set()
    aggregates = [bind_clause(ctx, node, scope) for node in pivot.expressions]
    for node in pivot.expressions:
        used |= _names(ctx, node)
    steps = [value.text for value in aggregates]
    static = True
    for field in pivot.args.get("fields") or ():
        used |= _names(ctx, field.this)
        steps.append(_for(ctx, field, scope) if isinstance(field, exp.In) else None)
        static = static and isinstance(field, exp.In) and bool(field.expressions)
    group = pivot.args.get("group")
    kept = _kept(ctx, table, used, group, scope)
    rows = call("pivot", [table.rows, *steps])
    rows = None if rows is None else shorten(rows)
    names = pivot.args.get("columns") or []
    if not static or not names:
        return Table(kept, (*table.open, ""), DYNAMIC, rows, (), table.bases)
    fields = list(kept)
    for position, name in enumerate(names):
        value = aggregates[position % len(aggregates)] if aggregates else None
        node = pivot.expressions[position % len(aggregates)] if aggregates else None
        label = stored(ctx, name) if isinstance(name, exp.Identifier) else name.name
        type_ = ctx.typer.finish(node, value.type) if node is not None and value else None
        text = call(f"pivot[{label}]", [value.text, rows]) if value else None
        fields.append(Field(label, type_, text, value.sources if value else ()))
    return Table(fields, table.open, table.reason, rows, table.stars, table.bases)


def _for(ctx: Context, field: exp.In, scope: Scope) -> str | None:
    """`c in (a, b)`, whose options are values even where they are written as names."""
    value = bind(ctx, field.this, scope)
    values = [
        option.this if isinstance(option, exp.PivotAlias) else option
        for option in field.expressions
    ]
    literals = [option.copy() for option in values if isinstance(option, exp.Literal)]
    if literals and ctx.traits.name in _COMPARING:
        bind_clause(ctx, exp.In(this=field.this.copy(), expressions=literals), scope)
    query = field.args.get("query")
    options = [bind(ctx, query, scope).text] if query is not None else []
    options += [option.sql(ctx.traits.name) for option in field.expressions]
    return call("in", [value.text, *options])


def _pivot_statement(ctx: Context, node: exp.Expr, table: Table, scope: Scope) -> Table:
    """`PIVOT t ON c IN (...) USING agg GROUP BY k`: static only when every ON lists its values."""
    used: set[str] = set()
    steps: list[str | None] = [table.rows]
    using = node.args.get("using") or []
    values = [bind_clause(ctx, part, scope) for part in using]
    for part in (*node.expressions, *using):
        used |= _names(ctx, part.this if isinstance(part, exp.In) else part)
    for part in node.expressions:
        steps.append(bind(ctx, part, scope).text)
    steps.extend(value.text for value in values)
    kept = _kept(ctx, table, used, node.args.get("group"), scope)
    rows = call("pivot", steps)
    ons = node.expressions
    if len(ons) != 1 or not isinstance(ons[0], exp.In) or not ons[0].expressions or not values:
        return Table(kept, (*table.open, ""), DYNAMIC, rows, (), table.bases)
    fields = list(kept)
    for option in ons[0].expressions:
        for part, value in zip(using, values, strict=False):
            label = option.alias_or_name or option.sql("duckdb").lower()
            if len(using) > 1:
                label = f"{label}_{part.alias or part.sql('duckdb').lower()}"
            elif part.alias:
                label = f"{label}_{part.alias}"
            type_ = ctx.typer.finish(part, value.type)
            text = call(f"pivot[{label}]", [value.text, rows])
            fields.append(Field(label, type_, text, value.sources))
    return Table(fields, table.open, table.reason, rows, table.stars, table.bases)


def _kept(
    ctx: Context, table: Table, used: set[str], group: exp.Expr | None, scope: Scope
) -> list[Field]:
    """The columns that a pivot groups by: those of GROUP BY, else all that it does not use."""
    if group is not None:
        named = []
        for node in group.expressions:
            value = bind(ctx, node, scope)
            name = node.alias_or_name
            known = table.index.get(name_key(name, ctx.traits.name)) if table.index else None
            name = known.name if known is not None else name
            named.append(Field(name, value.type, value.text, value.sources))
        return named
    return [found for found in table.fields if name_key(found.name, ctx.traits.name) not in used]


def _unpivot(ctx: Context, pivot: exp.Expr, table: Table, scope: Scope) -> Table:
    fields = list(pivot.args.get("fields") or ())
    taken: set[str] = set()
    added: list[Field] = []
    steps: list[str | None] = [table.rows]
    values = [part for node in pivot.expressions for part in _idents(node)]
    for field in fields:
        if not isinstance(field, exp.In):
            continue
        groups = [_columns(node) for node in field.expressions]
        if not all(groups):
            reason = "UNPIVOT takes its columns from a condition that is not evaluated."
            return Table([], ("",), reason, None, (), table.bases)
        columns = [part for group in groups for part in group]
        bound = [
            _bound(ctx, [group[place] for group in groups if place < len(group)], scope)
            for place in range(max(map(len, groups)))
        ]
        sources = tuple(base for _, found, _ in bound for base in found)
        texts = [part for _, _, found in bound for part in found]
        taken |= {ident_key(ctx, column.this) for column in columns}
        steps.extend(texts)
        names = _idents(field.this)
        text = call("unpivot", texts)
        text = None if text is None else shorten(text)
        key_fields = [
            Field(stored(ctx, name), ctx.traits.text, call("name", [text]), sources)
            for name in names
        ]
        value_fields = [
            Field(stored(ctx, name), ctx.typer.unify(types), call("value", [text]), parts)
            for name, (types, parts, _) in zip(values, bound, strict=False)
        ]
        first = pivot.args.get("value_columns_first") or ctx.traits.name == "bigquery"
        added += value_fields + key_fields if first else key_fields + value_fields
    kept = [f for f in table.fields if name_key(f.name, ctx.traits.name) not in taken]
    rows = call("unpivot", steps)
    rows = None if rows is None else shorten(rows)
    return Table(kept + added, table.open, table.reason, rows, table.stars, table.bases)


def _unpivot_statement(ctx: Context, node: exp.Expr, table: Table, scope: Scope) -> Table:
    into = node.args.get("into")
    if any(not isinstance(part, exp.Column) for part in node.expressions):
        reason = "UNPIVOT takes its columns from a condition that is not evaluated."
        return Table([], ("",), reason, None, (), table.bases)
    columns = list(node.expressions)
    types, sources, texts = _bound(ctx, columns, scope)
    taken = {ident_key(ctx, column.this) for column in columns}
    text = call("unpivot", texts)
    text = None if text is None else shorten(text)
    name = into.this.name if into is not None else "name"
    value = into.expressions[0].name if into is not None and into.expressions else "value"
    kept = [f for f in table.fields if name_key(f.name, ctx.traits.name) not in taken]
    added = [
        Field(name, ctx.traits.text, call("name", [text]), sources),
        Field(value, ctx.typer.unify(types), call("value", [text]), sources),
    ]
    rows = call("unpivot", [table.rows, text])
    return Table(kept + added, table.open, table.reason, rows, table.stars, table.bases)


def _bound(
    ctx: Context, columns: list[exp.Column], scope: Scope
) -> tuple[list[str | None], tuple[tuple[str, str], ...], list[str | None]]:
    values = [bind(ctx, column, scope) for column in columns]
    if values:
        refuse_mixture(ctx, tuple(values), columns[0], scope.clause, ctx.typer.unpivots)
    return (
        [value.type for value in values],
        tuple(base for value in values for base in value.sources),
        [value.text for value in values],
    )


def _names(ctx: Context, node: exp.Expr) -> set[str]:
    return {ident_key(ctx, column.this) for column in node.find_all(exp.Column)}


def _columns(node: exp.Expr) -> list[exp.Column]:
    return list(node.find_all(exp.Column))


def _idents(node: exp.Expr) -> list[exp.Expr]:
    if isinstance(node, exp.Identifier):
        return [node]
    return list(node.find_all(exp.Identifier))
