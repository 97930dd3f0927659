"""Binds what a SELECT projects and names its output columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import functions, structs
from breaking_changes.binder.binding import bind
from breaking_changes.binder.columns import ident_key, stored
from breaking_changes.binder.identity import call
from breaking_changes.binder.labels import label
from breaking_changes.binder.lists import refuse_no_list
from breaking_changes.binder.patterns import matcher
from breaking_changes.binder.refusals import bind_clause
from breaking_changes.binder.scopes import Field, Scope, Table, Value, bounded
from breaking_changes.binder.stars import as_value, columns_call, expand, expand_columns

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context
    from breaking_changes.binder.stars import Expansion


def projections_of(
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
    ctx.spend(len(table.fields))
    if not table.fields and not table.open:
        _refuse_nothing(ctx, node, scope, table)
    return table, outputs


def _refuse_nothing(ctx: Context, node: exp.Select, scope: Scope, table: Table) -> None:
    """Report stars whose columns are all excluded."""
    for projection in node.args["expressions"]:
        star = projection.this if isinstance(projection, exp.Column) else projection
        if isinstance(star, exp.Star) and star.args.get("except_"):
            stars, detail = dict.fromkeys(table.stars), "every column is excluded"
            ctx.findings.unbound("exclude", stars, None, scope.clause, projection, detail)


def _add_expansion(
    ctx: Context,
    expansion: Expansion,
    table: Table,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> None:
    for item in expansion.items:
        table.fields.append(item.field)
        outputs.append((None, as_value(item)))
    _note_stars(ctx, expansion, table, hands_on=True)


def _note_stars(ctx: Context, expansion: Expansion, table: Table, hands_on: bool) -> None:
    """Notes whose columns an expansion stands for, and whether they go on under their own names."""
    for relation in expansion.stars:
        ctx.findings.star(relation)
    if hands_on:
        table.stars += tuple(base for base in expansion.stars if base not in table.stars)
    table.open += expansion.open
    table.reason = table.reason or expansion.reason


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
    if columns.args.get("unpack"):
        _add_unpacked(ctx, projection, expansion, scope, table, outputs)
        return
    if body is columns and not projection.alias:
        _add_expansion(ctx, expansion, table, outputs)
        return
    for item in expansion.items:
        replaced = _with_column(body, columns, item.field.name)
        before = dict(scope.parameters)
        scope.parameters[_PLACEHOLDER] = as_value(item)
        value = bind_clause(ctx, replaced, scope)
        scope.parameters = before
        name = _columns_alias(projection, columns, item.field.name)
        type_ = ctx.typer.finish(replaced, value.type)
        table.fields.append(Field(name, type_, value.text, value.sources))
        outputs.append((replaced, value))
    _note_stars(ctx, expansion, table, hands_on=not projection.alias)


def _add_unpacked(
    ctx: Context,
    projection: exp.Expr,
    expansion: Expansion,
    scope: Scope,
    table: Table,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> None:
    """`f(*COLUMNS(...))`: one expression over all the columns; what it returns is not known."""
    for relation in expansion.stars:
        ctx.findings.star(relation)
    values = [as_value(item) for item in expansion.items]
    sources = tuple(base for value in values for base in value.sources)
    name = projection.alias or label(projection, ctx.traits.name, len(table.fields))
    text = call(projection.unalias().sql(ctx.traits.name), [value.text for value in values])
    table.fields.append(Field(name, None, text, sources))
    outputs.append((projection, Value(None, text, sources)))


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
    search = matcher(pattern.name) if isinstance(pattern, exp.Literal) else None
    groups = search(name) if search is not None else None
    if groups is None:
        return alias.replace("\\0", name)
    for number, text in enumerate(groups):
        alias = alias.replace(f"\\{number}", text or "")
    return alias


def _unnested_fields(
    ctx: Context, projection: exp.Expr, scope: Scope, table: Table
) -> list[tuple[Field, Value]] | None:
    """DuckDB's unnest of a struct in a projection is one column for each of its fields."""
    body = projection.unalias()
    if ctx.traits.name != "duckdb" or not isinstance(body, exp.Explode):
        return None
    value = bind_clause(ctx, body.this, scope)
    refuse_no_list(ctx, body.this, value, scope)
    options = {part.this.name.lower() for part in body.expressions}
    type_ = _without_lists(ctx, value.type) if options else value.type
    known = structs.fields(type_, ctx.traits.name)
    if known is None:
        return None
    if not options <= {"recursive"}:
        table.open += ("",)
        table.reason = "How deep unnest goes is not evaluated."
    found = []
    for name, part in _leaves(ctx, known) if options else known:
        text = None if value.text is None else f"unnest({value.text})/{name.lower()}"
        found.append((Field(name, part, text, value.sources), Value(part, text, value.sources)))
    return found


def _without_lists(ctx: Context, type_: str | None) -> str | None:
    """The type of the elements, however deep the lists are."""
    while type_ is not None and type_.endswith("]"):
        type_ = ctx.typer.element(type_)
    return type_


def _leaves(
    ctx: Context, fields: tuple[tuple[str, str | None], ...]
) -> list[tuple[str, str | None]]:
    """The fields of a struct, those of structs within in their place."""
    found: list[tuple[str, str | None]] = []
    for name, type_ in fields:
        inner = structs.fields(type_, ctx.traits.name)
        found += [(name, type_)] if inner is None else _leaves(ctx, inner)
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
    parts = _unnested_fields(ctx, projection, scope, table)
    if parts is not None:
        for part, part_value in parts:
            table.fields.append(part)
            outputs.append((projection, part_value))
        return
    if ctx.traits.name in ("spark", "databricks") and isinstance(projection, _GENERATORS):
        _add_generated(ctx, projection, scope, table, outputs)
        return
    alias = projection.args.get("alias") if isinstance(projection, exp.Alias) else None
    body = projection.this if alias is not None else projection
    if alias is not None:
        scope.lazy.pop(ident_key(ctx, alias), None)
    value = bounded(bind_clause(ctx, body, scope))
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


_GENERATORS = (exp.Explode, exp.Posexplode, exp.Inline)


def _add_generated(
    ctx: Context,
    projection: exp.Expr,
    scope: Scope,
    table: Table,
    outputs: list[tuple[exp.Expr | None, Value]],
) -> None:
    """Spark's generators without an alias, which name their columns as they do in FROM."""
    generated = functions.table_of(ctx, projection, scope)
    for found in generated.fields:
        table.fields.append(found)
        outputs.append((projection, Value(found.type, found.text, found.sources)))
    table.open += generated.open
    table.reason = table.reason or generated.reason


def _implicit_name(ctx: Context, body: exp.Expr, scope: Scope, position: int) -> str:
    """The output name of a projection without an alias."""
    inner = body
    while isinstance(inner, exp.Paren):
        inner = inner.this
    ident = inner.expression if isinstance(inner, exp.Dot) else inner.args.get("this")
    if isinstance(inner, (exp.Column, exp.Dot)) and isinstance(ident, exp.Identifier):
        if ctx.traits.name == "duckdb" and isinstance(inner, exp.Column):
            key = ident.name.lower()
            owner = inner.table.lower()
            for source in scope.sources:
                if owner and source.key != owner:
                    continue
                found = source.index.get(key)
                if found is not None and found.name.lower() == key:
                    return found.name
        return stored(ctx, ident)
    return label(ctx.written(body), ctx.traits.name, position)


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
