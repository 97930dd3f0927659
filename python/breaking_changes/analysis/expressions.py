"""Binds one expression: its type, meaning and base columns, bottom-up in a single pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.analysis.columns import (
    bind_column,
    ident_key,
    parts_of,
)
from breaking_changes.analysis.dialects import UNITS
from breaking_changes.analysis.identity import CONNECTIVES, call, combine, shorten
from breaking_changes.analysis.scopes import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from breaking_changes.analysis.scopes import Base, Context, Scope


def bind(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """The value of an expression in a scope; what does not bind in it is reported."""
    handler = _HANDLERS.get(type(node))
    if handler is None:
        handler = _subquery if isinstance(node, exp.Query) else _operator
    value = handler(ctx, node, scope)
    if ctx.annotated is not None:
        ctx.annotated[id(node)] = value
    return value


def bind_all(ctx: Context, nodes: Iterable[exp.Expr], scope: Scope) -> list[Value]:
    """The values of several expressions."""
    return [bind(ctx, node, scope) for node in nodes]


def sources_of(values: Iterable[Value]) -> tuple[Base, ...]:
    """The base columns of several values together."""
    found: tuple[Base, ...] = ()
    for value in values:
        if value.sources:
            found += value.sources
    return found


def grouping_of(values: Iterable[Value]) -> int:
    """Whether one of several values holds an aggregate, as `Value.grouped`."""
    return max((value.grouped for value in values), default=0)


def _operator(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    operands: list[Value] = []
    texts: list[str | None] = []
    sources: tuple[Base, ...] = ()
    grouped = 0
    for name, part in node.args.items():
        for child in part if isinstance(part, list) else (part,):
            if child is None or child is False:
                continue
            if isinstance(child, exp.Expr):
                value = bind(ctx, child, scope)
                operands.append(value)
                texts.append(value.text)
                sources += value.sources
                if value.grouped > grouped:
                    grouped = value.grouped
            else:
                texts.append(f"{name}={child}")
    text = combine(node, texts, ctx.traits.plus_commutes)
    if isinstance(node, exp.AggFunc):
        grouped = 2 if grouped else 1
        if not sources and text is not None:
            text += _rows_of(scope)
    return Value(ctx.typer.infer(node, operands), text, sources, grouped)


def _rows_of(scope: Scope) -> str:
    """What a value without columns of its own depends on: the relations in scope."""
    return "[" + ",".join(base for source in scope.sources for base in source.table.bases) + "]"


def _column(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    if isinstance(node.this, exp.Star):
        return _star(ctx, node.this, scope)
    if node.args.get("join_mark"):
        node.set("join_mark", None)
    value = bind_column(ctx, node, scope)
    ctx.typer.bound(node, value.type)
    return value


def _dot(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    root = node
    while isinstance(root, exp.Dot):
        root = root.this
    if isinstance(root, exp.Column) and all(
        isinstance(part, exp.Identifier) for part in parts_of(node)
    ):
        value = bind_column(ctx, node, scope)
        ctx.typer.bound(node, value.type)
        return value
    return _operator(ctx, node, scope)


def _identifier(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A bare name that is no column: a lambda's parameter, or a word of the syntax."""
    key = ident_key(ctx, node)
    level: Scope | None = scope
    while level is not None:
        if key in level.parameters:
            return level.parameters[key]
        level = level.parent
    return Value(None, node.name.lower())


def _literal(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    this = node.this
    return Value(ctx.typer.infer(node, []), f"'{this}'" if node.args["is_string"] else this)


def _wrapper(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    value = bind(ctx, node.this, scope)
    ctx.typer.bound(node, value.type)
    return value


def _connective(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    values = bind_all(ctx, _chain(node, type(node)), scope)
    texts = [value.text for value in values]
    text = None if None in texts else call(node.key, sorted(set(texts)))  # type: ignore[type-var]
    grouped = grouping_of(values)
    return Value(ctx.typer.infer(node, values), text, sources_of(values), grouped)


def _chain(node: exp.Expr, kind: type[exp.Expr]) -> Iterator[exp.Expr]:
    """The operands of a chain of one connective, without the parentheses around its parts."""
    stack = [node]
    while stack:
        part = stack.pop()
        inner = part
        while isinstance(inner, exp.Paren):
            inner = inner.this
        if type(inner) is kind:
            stack.append(inner.args["expression"])
            stack.append(inner.this)
        else:
            yield inner


def _subquery(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A query as a value: scalar, EXISTS, IN."""
    table = ctx.bind_query(ctx, node, scope, scope.ctes)
    texts = [field.text for field in table.fields]
    text = call(f"query[{table.rows}]", texts)
    type_ = table.fields[0].type if table.fields else None
    if not table.open and len(table.fields) != 1 and not _compared_to_row(node):
        detail = f"the subquery has {len(table.fields)} columns where one is expected"
        stars = dict.fromkeys(table.stars)
        ctx.findings.unbound("set_operation", stars, None, scope.clause, node, detail)
    ctx.typer.bound(node, type_)
    return Value(
        type_,
        None if text is None or table.rows is None else shorten(text),
        tuple(base for field in table.fields for base in field.sources),
    )


def _compared_to_row(node: exp.Expr) -> bool:
    """Whether a subquery stands where it may have several columns: beside a row, or in ARRAY."""
    parent = node.parent
    while isinstance(parent, (exp.Subquery, exp.Paren, exp.Any, exp.All)):
        parent = parent.parent
    if isinstance(parent, (exp.In, exp.Binary)):
        left = parent.this
        return isinstance(left, (exp.Tuple, exp.Struct)) or (
            isinstance(left, exp.Anonymous) and left.name.lower() == "row"
        )
    return isinstance(parent, (exp.Array, exp.Exists))


def _exists(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    if not isinstance(node.this, exp.Query):
        return _operator(ctx, node, scope)
    table = ctx.bind_query(ctx, node.this, scope, scope.ctes)
    text = None if table.rows is None else f"exists({table.rows})"
    return Value(ctx.typer.infer(node, []), text)


def _star(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A star inside a function, as in count(*)."""
    return Value(None, "*")


def _data_type(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    return Value(None, node.sql(ctx.traits.name).lower())


def _word(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    return Value(None, node.name.lower())


def _anonymous(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A function that the parser does not know; its arguments may be words such as `day`."""
    name = str(node.this).lower()
    operands = [
        Value(None, arg.name.lower()) if _is_unit(ctx, arg, scope) else bind(ctx, arg, scope)
        for arg in node.expressions
    ]
    text = call(name, [value.text for value in operands])
    grouped = grouping_of(operands)
    if ctx.typer.aggregates(name):
        grouped = 2 if grouped else 1
    return Value(ctx.typer.infer(node, operands), text, sources_of(operands), grouped)


def _is_unit(ctx: Context, node: exp.Expr, scope: Scope) -> bool:
    if not isinstance(node, exp.Column) or node.table or node.name.lower() not in UNITS:
        return False
    key = ident_key(ctx, node.this)
    return not any(key in source.index for source in scope.sources)


def _lambda(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A lambda whose parameters have no known type."""
    return with_parameters(ctx, node, scope, {})


def with_parameters(
    ctx: Context, node: exp.Expr, scope: Scope, types: dict[int, str | None]
) -> Value:
    """A lambda's body, its parameters numbered so that their names do not count."""
    before = dict(scope.parameters)
    for position, parameter in enumerate(node.expressions):
        key = ident_key(ctx, parameter)
        text = f"${len(before) + position}"
        scope.parameters[key] = Value(types.get(position), text)
    body = bind(ctx, node.this, scope)
    scope.parameters = before
    return body


def _list_function(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A function over a list and a lambda of its elements."""
    parts = [
        child
        for part in node.args.values()
        for child in (part if isinstance(part, list) else (part,))
        if isinstance(child, exp.Expr)
    ]
    first = bind(ctx, parts[0], scope)
    element = ctx.typer.element(first.type)
    operands = [first]
    for part in parts[1:]:
        if isinstance(part, exp.Lambda):
            operands.append(with_parameters(ctx, part, scope, {0: element}))
        else:
            operands.append(bind(ctx, part, scope))
    name = str(node.this).lower() if isinstance(node, exp.Anonymous) else node.key
    text = call(name, [value.text for value in operands])
    grouped = grouping_of(operands)
    return Value(ctx.typer.infer(node, operands), text, sources_of(operands), grouped)


def _comprehension(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """`[f(x) for x in list if ...]`."""
    items = bind(ctx, node.args["iterator"], scope)
    before = dict(scope.parameters)
    names = node.args.get("expression")
    if isinstance(names, exp.Expr):
        scope.parameters[ident_key(ctx, names)] = Value(
            ctx.typer.element(items.type), f"${len(before)}"
        )
    values = [bind(ctx, node.this, scope)]
    if node.args.get("condition") is not None:
        values.append(bind(ctx, node.args["condition"], scope))
    scope.parameters = before
    text = call("comprehension", [items.text, *(value.text for value in values)])
    return Value(values[0].type, text, sources_of([items, *values]))


def _window(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    function = bind(ctx, node.this, scope)
    clause, scope.clause = scope.clause, "WINDOW"
    spec = _window_spec(ctx, node, scope)
    scope.clause = clause
    text = call("over", [function.text, *(value.text for value in spec)])
    if text is not None and not function.sources and not any(v.sources for v in spec):
        text += _rows_of(scope)
    sources = function.sources + sources_of(spec)
    type_ = ctx.typer.infer(node, [function, *spec])
    nested = function.grouped == 2 or any(value.grouped for value in spec)
    return Value(type_, text, sources, int(nested))


def _window_spec(ctx: Context, node: exp.Expr, scope: Scope) -> list[Value]:
    """The partition, order and frame of a window; a named one is looked up."""
    spec: list[Value] = []
    named = node.args.get("alias")
    if isinstance(named, exp.Identifier):
        definition = scope.windows.get(ident_key(ctx, named))
        if definition is not None and definition is not node:
            spec.extend(_window_spec(ctx, definition, scope))
    partition = bind_all(ctx, node.args.get("partition_by") or [], scope)
    partition.sort(key=lambda value: value.text or "")
    spec.extend(_marked(value, "by") for value in partition)
    for name in ("order", "spec"):
        part = node.args.get(name)
        if isinstance(part, exp.Expr):
            spec.append(bind(ctx, part, scope))
    return spec


def _marked(value: Value, mark: str) -> Value:
    text = None if value.text is None else f"{mark}:{value.text}"
    return Value(value.type, text, value.sources, value.grouped)


def _ordered(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    value = bind(ctx, node.this, scope)
    marks = [name for name in ("desc", "nulls_first") if node.args.get(name)]
    return _marked(value, "-".join(["order", *marks]))


def _interval(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    amount = bind(ctx, node.this, scope) if isinstance(node.this, exp.Expr) else Value(None, "")
    unit = node.args.get("unit")
    text = call("interval", [amount.text, str(unit).lower() if unit is not None else ""])
    return Value(ctx.typer.infer(node, [amount]), text, amount.sources, amount.grouped)


def _property(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A named argument or struct field: the name counts, the value binds."""
    value = bind(ctx, node.expression, scope)
    ctx.typer.bound(node, value.type)
    return _marked(value, node.this.name.lower())


def _in(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    value = bind(ctx, node.this, scope)
    options = bind_all(ctx, node.expressions, scope)
    for name in ("query", "unnest", "field"):
        part = node.args.get(name)
        if isinstance(part, exp.Expr):
            options.append(bind(ctx, part, scope))
            if name == "query":
                _refuse_member(ctx, value, options[-1], node, scope)
    texts = [option.text for option in options]
    listed = None if None in texts else sorted(set(texts))  # type: ignore[type-var]
    text = None if listed is None else call("in", [value.text, *listed])
    values = [value, *options]
    return Value(ctx.typer.infer(node, values), text, sources_of(values), grouping_of(values))


def _refuse_member(ctx: Context, value: Value, member: Value, node: exp.Expr, scope: Scope) -> None:
    """Report what IN (SELECT ...) cannot compare, where that is stricter than `=`."""
    if not ctx.typer.members_unify(value.type, member.type):
        detail = f"{value.type} and {member.type} cannot be compared by IN"
        for relation, column in dict.fromkeys(value.sources + member.sources):
            ctx.findings.unbound("type", (relation,), column, scope.clause, node, detail)


_HANDLERS: dict[type[exp.Expr], Callable[[Context, exp.Expr, Scope], Value]] = {
    exp.Column: _column,
    exp.Dot: _dot,
    exp.Identifier: _identifier,
    exp.Literal: _literal,
    exp.Paren: _wrapper,
    exp.Alias: _wrapper,
    exp.Exists: _exists,
    exp.Star: _star,
    exp.DataType: _data_type,
    exp.Var: _word,
    exp.Anonymous: _anonymous,
    exp.Lambda: _lambda,
    exp.Comprehension: _comprehension,
    exp.Transform: _list_function,
    exp.ArrayFilter: _list_function,
    exp.Window: _window,
    exp.Ordered: _ordered,
    exp.Interval: _interval,
    exp.PropertyEQ: _property,
    exp.Kwarg: _property,
    exp.In: _in,
    **dict.fromkeys(CONNECTIVES, _connective),
}
