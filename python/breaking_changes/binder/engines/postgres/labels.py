"""The names that PostgreSQL gives to outputs without an alias.

As FigureColname in its parser does: a column's or function's name, else the name of the type that
it is cast to or `case`, else ?column?; `tests/binder` asks it.
"""

from __future__ import annotations

from typing import Any

from sqlglot import exp

UNNAMED = "?column?"

_SURE, _WEAK, _NONE = 2, 1, 0
"""How good a name is: a cast gives its type's name instead of one that is weak or none."""

_WRAPPERS = (exp.Paren, exp.Window, exp.Filter, exp.WithinGroup, exp.Collate, exp.Alias)

_NAMES: dict[type[exp.Expr], str] = {
    exp.AtTimeZone: "timezone",
    exp.Exists: "exists",
    exp.Array: "array",
    exp.Tuple: "row",
}
"""What is named whatever stands in it."""

_TYPES = {
    exp.DType.SMALLINT: "int2",
    exp.DType.INT: "int4",
    exp.DType.BIGINT: "int8",
    exp.DType.DECIMAL: "numeric",
    exp.DType.FLOAT: "float4",
    exp.DType.DOUBLE: "float8",
    exp.DType.BOOLEAN: "bool",
    exp.DType.CHAR: "bpchar",
}
"""Types whose names within PostgreSQL are others than those that sqlglot writes."""

_TRIMS = {"LEADING": "ltrim", "TRAILING": "rtrim"}


def label(node: exp.Expr) -> str:
    """The name of an output expression."""
    return _figured(node)[0]


def _figured(node: Any) -> tuple[str, int]:
    while isinstance(node, _WRAPPERS):
        node = node.this
    if isinstance(node, exp.Cast):
        found, strength = _figured(node.this)
        return (found, strength) if strength > _WEAK else (_type_name(node.to), _WEAK)
    if isinstance(node, exp.Column):
        return node.name, _SURE
    if isinstance(node, exp.Bracket):
        return _figured(node.this)
    if isinstance(node, exp.Dot):
        return str(node.expression.name), _SURE
    if isinstance(node, exp.Case):
        found, strength = _figured(node.args.get("default"))
        return (found, strength) if strength > _WEAK else ("case", _WEAK)
    if type(node) in _NAMES:
        return _NAMES[type(node)], _SURE
    if isinstance(node, exp.Interval):
        return "interval", _WEAK
    if isinstance(node, exp.Query):
        return _of_query(node)
    return _of_call(node)


def _of_query(node: exp.Query) -> tuple[str, int]:
    inner = node.unnest() if isinstance(node, exp.Subquery) else node
    selects = inner.selects if isinstance(inner, exp.Query) else []
    if not selects:
        return UNNAMED, _NONE
    return (selects[0].alias, _SURE) if selects[0].alias else _figured(selects[0])


def _of_call(node: Any) -> tuple[str, int]:
    if isinstance(node, exp.Extract) and node.meta.get("date_part"):
        return "date_part", _SURE
    if isinstance(node, exp.Trim):
        return _TRIMS.get(node.text("position").upper(), "btrim"), _SURE
    if isinstance(node, exp.Anonymous):
        name = node.name.lower()
        return ("btrim" if name == "trim" else name), _SURE
    if isinstance(node, exp.Func) and not isinstance(node, (exp.Binary, exp.Connector)):
        return node.sql("postgres").split("(")[0].lower(), _SURE
    return UNNAMED, _NONE


def _type_name(type_: Any) -> str:
    while type_.this == exp.DType.ARRAY and type_.expressions:
        type_ = type_.expressions[0]
    if isinstance(type_.this, exp.Interval):
        return "interval"
    return _TYPES.get(type_.this) or str(type_.sql("postgres")).split("(")[0].lower()
