"""Binds parts of values: fields of structs and of whole rows, by dot, bracket or function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import operators, structs
from breaking_changes.binder.binding import bind, bind_all, grouping_of, sources_of
from breaking_changes.binder.columns import (
    before_parameter,
    bind_column,
    fields_of,
    ident_key,
    is_visible,
    parts_of,
)
from breaking_changes.binder.engines.duckdb.facts import is_function
from breaking_changes.binder.identity import call
from breaking_changes.binder.lists import refuse_mixed
from breaking_changes.binder.scopes import Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, Scope

_ROW_FUNCTIONS = """
row_to_json to_json to_jsonb json_agg jsonb_agg hstore record_out quote_literal quote_nullable
pg_column_size pg_typeof format concat num_nulls num_nonnulls md5 hash_record
"""
_TYPES = """
name text varchar bpchar date time timetz timestamp timestamptz interval numeric json jsonb xml
bytea inet cidr oid regclass uuid money point box path
"""
_TYPE_NAMES = frozenset(_TYPES.split())
_TAKE_ROWS = frozenset(_ROW_FUNCTIONS.split())
"""PostgreSQL's functions that take a whole row; every other `f(row)` is the row's field `f`."""


def dot(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A name with more than four parts, or a field of an expression."""
    root = node
    while isinstance(root, exp.Dot):
        root = root.this
    if isinstance(root, exp.Column) and all(
        isinstance(part, exp.Identifier) for part in parts_of(node)
    ):
        value = bind_column(ctx, node, scope)
        ctx.typer.bound(node, value.type)
        return value
    if isinstance(node.expression, exp.Func) and ctx.traits.name == "duckdb":
        return _chained(ctx, node, scope)
    if isinstance(node.expression, exp.Identifier):
        return _field(ctx, node, node.this, node.expression, scope)
    return operators.operator(ctx, node, scope)


def _field(ctx: Context, node: exp.Expr, owner: exp.Expr, name: exp.Expr, scope: Scope) -> Value:
    """A named field of an expression, such as `(t).name` or `first(t).name`."""
    column = _of_relation(ctx, owner, name, scope)
    if column is not None:
        value = bind_column(ctx, column, scope)
    else:
        held = before_parameter(ctx, owner, scope) if isinstance(owner, exp.Identifier) else None
        whole = held or bind(ctx, owner, scope)
        type_ = ctx.typer.finish(owner, whole.type)
        if structs.fields(type_, ctx.traits.name) is None:
            type_ = whole.type
        whole = Value(type_, whole.text, whole.sources, whole.grouped)
        if ctx.traits.calls_name_fields and ctx.typer.is_scalar(whole.type):
            if _hides_row(ctx, owner, scope) and not _is_call(name.name):
                detail = f"{owner.sql(ctx.traits.name)} is a column now, and no row"
                for relation, hiding in dict.fromkeys(whole.sources):
                    ctx.findings.unbound("type", (relation,), hiding, scope.clause, node, detail)
            else:
                ctx.findings.cannot_know(f"{node.sql(ctx.traits.name)} may call a function.")
            return Value(None, None, whole.sources)
        value = fields_of(ctx, whole, [name], scope)
        value.grouped = whole.grouped
    ctx.typer.bound(node, value.type)
    return value


def _hides_row(ctx: Context, owner: exp.Expr, scope: Scope) -> bool:
    """Whether a column has the name of a relation, whose row `(t).name` took apart without it."""
    while isinstance(owner, exp.Paren):
        owner = owner.this
    if not isinstance(owner, exp.Column) or owner.args.get("table") is not None:
        return False
    key = ident_key(ctx, owner.this)
    return any(source.key == key for source in scope.sources)


def _is_call(name: str) -> bool:
    """Whether PostgreSQL has a function of a name, or a type: `(x).date` casts x."""
    return name.upper() in exp.FUNCTION_BY_NAME or name.lower() in _TYPE_NAMES


def _of_relation(ctx: Context, owner: exp.Expr, name: exp.Expr, scope: Scope) -> exp.Column | None:
    """`(t).name` and `(t.*).name` as the column t.name, where t is a relation."""
    inner = owner
    while isinstance(inner, exp.Paren):
        inner = inner.this
    if inner is owner or not isinstance(inner, exp.Column) or not isinstance(name, exp.Identifier):
        return None
    star = isinstance(inner.this, exp.Star)
    table = inner.args.get("table") if star else inner.this
    if not isinstance(table, exp.Identifier) or (inner.args.get("table") is not None) is not star:
        return None
    key = ident_key(ctx, table)
    if not star and any(key in source.index for source in scope.sources):
        return None
    if not any(source.key == key for source in scope.sources):
        return None
    return exp.Column(this=name.copy(), table=table.copy())


def bracket(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """An element, a slice, or a field of a struct by its name."""
    index = node.expressions[0] if len(node.expressions) == 1 else None
    if isinstance(index, exp.Literal) and index.is_string:
        value = _by_text(ctx, node, node.this, index, scope)
        if value is not None:
            return value
    return operators.operator(ctx, node, scope)


def struct_extract(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """DuckDB's struct_extract(s, 'name')."""
    name = node.args.get("expression")
    if isinstance(name, exp.Literal) and name.is_string:
        value = _by_text(ctx, node, node.this, name, scope)
        if value is not None:
            return value
    return operators.operator(ctx, node, scope)


def to_map(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """DuckDB's `map {key: value}`, whose keys are expressions, as MAP([key], [value])."""
    inner = node.this
    if isinstance(inner, exp.Bracket):
        # The parser takes `map {...}[key]` for a map of `{...}[key]`.
        whole = to_map(ctx, exp.ToMap(this=inner.this), scope)
        index = bind_all(ctx, inner.expressions, scope)
        type_ = ctx.typer.element_by_name(whole.type)
        text = call("bracket", [whole.text, *(value.text for value in index)])
        return Value(type_, text, sources_of([whole, *index]), whole.grouped)
    pairs = inner.expressions if isinstance(inner, exp.Struct) else []
    if not pairs or not all(isinstance(pair, exp.PropertyEQ) for pair in pairs):
        return operators.operator(ctx, node, scope)
    lists = []
    for key in ("this", "expression"):
        values = bind_all(ctx, [pair.args[key] for pair in pairs], scope)
        refuse_mixed(ctx, values, node, scope)
        array = exp.Array(expressions=[pair.args[key].copy() for pair in pairs])
        text = call("array", [value.text for value in values])
        type_ = ctx.typer.infer(array, values)
        lists.append(Value(type_, text, sources_of(values), grouping_of(values)))
    text = call("map", [value.text for value in lists])
    type_ = ctx.typer.infer(exp.Map(), lists)
    return Value(type_, text, sources_of(lists), grouping_of(lists))


def _by_text(
    ctx: Context, node: exp.Expr, owner: exp.Expr, name: exp.Expr, scope: Scope
) -> Value | None:
    """A field that is named by a text; None when the owner is not known to be a struct."""
    whole = bind(ctx, owner, scope)
    text = ctx.typer.final(whole.type) == "VARCHAR" and not name.name.isdigit()
    plain = isinstance(node, exp.StructExtract) and ctx.typer.is_scalar(whole.type)
    known = structs.fields(whole.type, ctx.traits.name) is not None
    if not (known or plain or (text and ctx.traits.name == "duckdb")):
        return None
    value = fields_of(ctx, whole, [name], scope, node)
    value.grouped = whole.grouped
    ctx.typer.bound(node, value.type)
    return value


def anonymous(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A function that the parser does not know; in PostgreSQL `name(t)` may mean `t.name`."""
    arguments = node.expressions
    is_call_of_one = len(arguments) == 1 and isinstance(node.this, str)
    if ctx.traits.calls_name_fields and is_call_of_one and not arguments[0].is_star:
        name = exp.to_identifier(node.this.lower())
        column = _of_relation(ctx, exp.Paren(this=arguments[0]), name, scope)
        if column is not None and name.name not in _TAKE_ROWS:
            value = bind_column(ctx, column, scope)
            ctx.typer.bound(node, value.type)
            return value
        if isinstance(arguments[0], exp.Column) and name.name not in _TAKE_ROWS:
            whole = bind(ctx, arguments[0], scope)
            if structs.fields(whole.type, ctx.traits.name) is not None:
                return fields_of(ctx, whole, [name], scope, node)
    return operators.anonymous(ctx, node, scope)


def _chained(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """`x.f(y)`, which means f(x, y)."""
    values = [_object(ctx, node, scope)]
    for part in node.expression.iter_expressions():
        values.append(bind(ctx, part, scope))
    name = node.expression.name.lower()
    type_ = ctx.typer.infer(exp.Anonymous(this=name), values)
    text = call(name, [value.text for value in values])
    return Value(type_, text, sources_of(values), grouping_of(values))


def _object(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """What a function is called on: an expression, a column, or the schema that it is in."""
    parts: list[exp.Expr] = []
    owner = node.this
    while isinstance(owner, exp.Dot) and isinstance(owner.expression, exp.Identifier):
        parts.insert(0, owner.expression)
        owner = owner.this
    if not isinstance(owner, exp.Identifier):
        return bind(ctx, node.this, scope)
    parts.insert(0, owner)
    if not is_visible(ctx, parts, scope) and not is_function(node.expression.name):
        return Value(None, node.this.sql(ctx.traits.name).lower())
    names = dict(zip(("this", "table", "db", "catalog"), reversed(parts), strict=False))
    return bind_column(ctx, exp.Column(**{key: part.copy() for key, part in names.items()}), scope)
