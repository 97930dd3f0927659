"""Functions in FROM: unnest, generate_series, flatten and others whose columns are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import structs, text_queries
from breaking_changes.binder.binding import bind, bind_all
from breaking_changes.binder.columns import bind_column, stored
from breaking_changes.binder.identity import call
from breaking_changes.binder.lists import refuse_no_list
from breaking_changes.binder.refusals import bind_clause
from breaking_changes.binder.scopes import Field, Table, Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, Scope

_JSON_COLUMNS = (
    ("key", "VARCHAR"),
    ("value", "JSON"),
    ("type", "VARCHAR"),
    ("atom", "JSON"),
    ("id", "UBIGINT"),
    ("parent", "UBIGINT"),
    ("fullkey", "VARCHAR"),
    ("path", "VARCHAR"),
)
TABLE_FUNCTIONS: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "duckdb": {"json_each": _JSON_COLUMNS, "json_tree": _JSON_COLUMNS},
    "postgres": {
        "json_each": (("key", "TEXT"), ("value", "JSON")),
        "jsonb_each": (("key", "TEXT"), ("value", "JSONB")),
        "json_each_text": (("key", "TEXT"), ("value", "TEXT")),
        "jsonb_each_text": (("key", "TEXT"), ("value", "TEXT")),
    },
}
"""Functions in FROM whose columns are fixed, by dialect: (name, type)."""

_SPARK = ("spark", "databricks")

_SERIES = (exp.GenerateSeries, exp.ExplodingGenerateSeries)


def table_of(ctx: Context, node: exp.Expr, scope: Scope) -> Table:
    """The columns of a function, lateral or unnest in FROM."""
    function, names = _parts(node)
    if function.args.get("rows_from"):
        return _side_by_side(ctx, function, names, scope)
    query = text_queries.query_of(ctx, function)
    if isinstance(query, exp.Query):
        return _renamed(ctx, ctx.bind_query(ctx, query, scope, scope.ctes), names)
    declared = _declared(ctx, node, function, scope)
    if declared is not None:
        return declared
    if isinstance(function, (exp.Unnest, exp.Explode, exp.Posexplode)):
        return _unnest(ctx, node, function, names, scope)
    if isinstance(function, exp.Inline):
        return _fields_of(ctx, bind(ctx, function.this, scope), names)
    if isinstance(function, _SERIES):
        return _series(ctx, node, function, names, scope)
    return _unknown(ctx, node, function, names, scope)


def _side_by_side(ctx: Context, node: exp.Expr, names: list[exp.Expr], scope: Scope) -> Table:
    """PostgreSQL's ROWS FROM (f(...), g(...)): the columns of several functions in one relation."""
    tables = [table_of(ctx, item, scope) for item in node.args["rows_from"]]
    table = Table(
        [found for one in tables for found in one.fields],
        tuple(base for one in tables for base in one.open),
        next((one.reason for one in tables if one.reason), None),
        call("rows from", [one.rows for one in tables]),
    )
    if node.args.get("ordinality"):
        table.fields.append(Field("ordinality", "BIGINT", call("ordinality", [table.rows]), ()))
    return _renamed(ctx, table, names)


def default_name(node: exp.Expr) -> tuple[str, str]:
    """The name and key of an item of FROM that has no alias."""
    function, names = _parts(node)
    if isinstance(function, exp.Unnest) and names and isinstance(names[0], exp.Identifier):
        alias = node.args["alias"]
        if alias.this is None:
            return names[0].name, names[0].name.lower()
    if isinstance(function, exp.GenerateSeries) and function.args.get("is_end_exclusive"):
        return "range", "range"
    if isinstance(function, _SERIES):
        return "generate_series", "generate_series"
    if isinstance(function, exp.Unnest):
        return "unnest", "unnest"
    if isinstance(function, exp.Anonymous):
        name = str(function.this).lower()
        return name, name
    return "", ""


def add_default_name(node: exp.Expr, table: Table, index: dict[str, Field | None]) -> None:
    """A function's only column answers to the function's name besides the alias."""
    name = default_name(node)[0]
    if name and not node.args["alias"].args.get("columns"):
        index.setdefault(name, table.fields[0])


def _parts(node: exp.Expr) -> tuple[exp.Expr, list[exp.Expr]]:
    """The function of an item of FROM, and the column names of its alias."""
    alias = node.args.get("alias")
    names = list(alias.args.get("columns") or []) if isinstance(alias, exp.TableAlias) else []
    function = node
    while isinstance(function, (exp.Table, exp.Lateral, exp.TableFromRows)) or (
        isinstance(function, exp.Subquery) and not isinstance(function.this, exp.Query)
    ):
        if not isinstance(function.this, exp.Expr):
            break
        function = function.this
    if isinstance(function, exp.Subquery):
        function = function.unnest()
    return function, names


def _declared(ctx: Context, node: exp.Expr, function: exp.Expr, scope: Scope) -> Table | None:
    """Columns declared with their types beside the function."""
    alias = node.args.get("alias")
    columns = list(alias.args.get("columns") or []) if isinstance(alias, exp.TableAlias) else []
    if isinstance(function, exp.OpenJSON):
        columns = function.expressions
    if not columns or not all(
        isinstance(column, (exp.ColumnDef, exp.OpenJSONColumnDef)) for column in columns
    ):
        return None
    value = bind(ctx, function.this, scope) if isinstance(function, exp.OpenJSON) else None
    if value is None:
        value = _bound_arguments(ctx, function, scope)
    fields = []
    for column in columns:
        name = column.this if isinstance(column.this, exp.Identifier) else None
        text = call(f"column[{column.name.lower()}]", [value.text])
        label = stored(ctx, name) if name is not None else column.name
        type_ = structs.spelled(column.args.get("kind"), ctx.traits.name)
        fields.append(Field(label, type_, text, value.sources))
    return Table(fields, rows=value.text)


def _unnest(
    ctx: Context, node: exp.Expr, function: exp.Expr, names: list[exp.Expr], scope: Scope
) -> Table:
    """One column for each array, with a number column where one is asked for."""
    arrays = function.expressions if isinstance(function, exp.Unnest) else [function.this]
    arrays = [array.expression if isinstance(array, exp.Kwarg) else array for array in arrays]
    values = [bind_clause(ctx, array, scope) for array in arrays]
    if ctx.traits.name == "bigquery":
        for array, value in zip(arrays, values, strict=True):
            value.type = value.type or ctx.typer.finish(array, None)
    for array, value in zip(arrays, values, strict=False):
        refuse_no_list(ctx, array, value, scope, ("JSON", "STRUCT", "MAP"))
    if ctx.traits.name == "snowflake":
        return _flatten(ctx, values[0], names)
    fields: list[Field] = []
    if isinstance(function, exp.Posexplode):
        fields.append(Field("pos", "INT", call("position", [values[0].text]), values[0].sources))
    for value in values:
        fields.extend(_elements(ctx, node, value))
    if any(value.type is None for value in values):
        # An array of rows has as many columns as the alias names.
        unknown = [Field("", None, None, values[0].sources) for _ in names[len(fields) :]]
        fields.extend(unknown)
    offset = function.args.get("offset")
    if offset:
        label = stored(ctx, offset) if isinstance(offset, exp.Identifier) else "offset"
        text = call("offset", [value.text for value in values])
        fields.append(Field(label, ctx.typer.niladic("offset"), text, values[0].sources))
    rows = call("unnest", [value.text for value in values])
    if ctx.traits.name == "bigquery":
        return _value_table(ctx, Table(fields, rows=rows), values, names)
    return _renamed(ctx, Table(fields, rows=rows), names)


def _value_table(ctx: Context, table: Table, values: list[Value], names: list[exp.Expr]) -> Table:
    """BigQuery shows the fields of unnested structs as columns; the alias names the element."""
    element = ctx.typer.element(values[0].type)
    if structs.fields(element, ctx.traits.name) is not None:
        table.holder = values[0].sources[0] if len(values[0].sources) == 1 else None
        return table
    if element is None:
        table.open = ("",)
        table.reason = "The type of an unnested array is not known."
    open_, reason = table.open, table.reason
    table = _renamed(ctx, table, names)
    table.open, table.reason = open_, reason
    return table


def _elements(ctx: Context, node: exp.Expr, value: Value) -> list[Field]:
    element = ctx.typer.element(value.type)
    text = call("element", [value.text])
    alias = node.args.get("alias")
    name = _value_name(ctx, node, alias)
    known = structs.fields(element, ctx.traits.name)
    if known is not None and ctx.traits.name in ("trino", "athena", "bigquery"):
        return [
            Field(part, type_, None if text is None else f"{text}/{part.lower()}", value.sources)
            for part, type_ in known
        ]
    pair = structs.map_parts(value.type, ctx.traits.name)
    if pair is not None and ctx.traits.name in (*_SPARK, "trino", "athena"):
        return [
            Field(part, type_, call(part, [value.text]), value.sources)
            for part, type_ in zip(("key", "value"), pair, strict=True)
        ]
    return [Field(name, element, text, value.sources)]


def _value_name(ctx: Context, node: exp.Expr, alias: exp.Expr | None) -> str:
    """The default name of an unnested column."""
    if ctx.traits.alias_names_value and isinstance(alias, exp.TableAlias) and alias.name:
        return alias.name
    if ctx.traits.name in _SPARK:
        return "col"
    return "unnest"


def _flatten(ctx: Context, value: Value, names: list[exp.Expr]) -> Table:
    """Snowflake's FLATTEN has six fixed columns."""
    types = ("NUMBER(38, 0)", "VARCHAR", "VARCHAR", "NUMBER(38, 0)", "VARIANT", "VARIANT")
    labels = ("SEQ", "KEY", "PATH", "INDEX", "VALUE", "THIS")
    fields = [
        Field(label, type_, call(f"flatten[{label}]", [value.text]), value.sources)
        for label, type_ in zip(labels, types, strict=False)
    ]
    return Table(fields, rows=call("flatten", [value.text]))


def _fields_of(ctx: Context, value: Value, names: list[exp.Expr]) -> Table:
    """One column for each field of an array of structs."""
    known = structs.fields(ctx.typer.element(value.type), ctx.traits.name)
    rows = call("inline", [value.text])
    if known is None:
        reason = "The fields of an array of structs are not known."
        return _renamed(ctx, Table([], ("",), reason, rows), names)
    fields = [
        Field(name, type_, call(f"field[{name.lower()}]", [value.text]), value.sources)
        for name, type_ in known
    ]
    return _renamed(ctx, Table(fields, rows=rows), names)


def _series(
    ctx: Context, node: exp.Expr, function: exp.Expr, names: list[exp.Expr], scope: Scope
) -> Table:
    parts = [part for part in function.args.values() if isinstance(part, exp.Expr)]
    values = bind_all(ctx, parts, scope)
    text = call("series", [value.text for value in values])
    name = default_name(node)[0]
    alias = node.args.get("alias")
    if ctx.traits.alias_names_value and isinstance(alias, exp.TableAlias):
        name = alias.name or name
    sources = tuple(base for value in values for base in value.sources)
    type_ = ctx.typer.element(ctx.typer.infer(function, values))
    return _renamed(ctx, Table([Field(name, type_, text, sources)], rows=text), names)


def _unknown(
    ctx: Context, node: exp.Expr, function: exp.Expr, names: list[exp.Expr], scope: Scope
) -> Table:
    """A function whose columns only the engine knows; its alias may name them."""
    value = _bound_arguments(ctx, function, scope)
    name = default_name(node)[0] or _function_name(function)
    known = TABLE_FUNCTIONS.get(ctx.traits.name, {}).get(name)
    if known is not None:
        columns = [
            Field(column, type_, call(f"{name}[{column}]", [value.text]), value.sources)
            for column, type_ in known
        ]
        return _renamed(ctx, Table(columns, rows=value.text), names)
    fields = [Field(stored(ctx, ident), None, None, value.sources) for ident in names]
    if names:
        return Table(fields, rows=value.text)
    ctx.unresolved[f"{name}()"] = None
    return Table([], ("",), f"The columns of the function {name} are not known.", value.text)


def _function_name(function: exp.Expr) -> str:
    names = function.sql_names() if isinstance(function, exp.Func) else []
    return names[0].lower() if names else function.key


def _bound_arguments(ctx: Context, function: exp.Expr, scope: Scope) -> Value:
    if isinstance(function, exp.Func):
        for part in function.expressions:
            # DuckDB names an argument with `=` as well, as in read_csv('x.csv', header = true).
            if isinstance(part, exp.EQ) and isinstance(part.this, exp.Column):
                part.set("this", exp.to_identifier(part.this.name))
        return bind_clause(ctx, function, scope)
    if isinstance(function, exp.Column):
        return bind_column(ctx, function, scope)
    return Value(None, function.sql(ctx.traits.name))


def _renamed(ctx: Context, table: Table, names: list[exp.Expr]) -> Table:
    idents = [name for name in names if isinstance(name, exp.Identifier)]
    for position, ident in enumerate(idents):
        if position < len(table.fields):
            table.fields[position] = table.fields[position].renamed(stored(ctx, ident))
        elif table.open:
            table.fields.append(Field(stored(ctx, ident), None, None, ()))
    if table.open and idents:
        table.open, table.reason = (), None
    return table
