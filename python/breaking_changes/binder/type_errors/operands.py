"""The classes that an operand of an expression may belong to."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sqlglot import exp
from sqlglot.errors import SqlglotError

TypeOf = Callable[[exp.Expr], "str | None"]
"""Gives the type of an expression in the engine's spelling, None when it is not known."""

TYPES: dict[exp.DType, str] = {
    exp.DType.TINYINT: "integer",
    exp.DType.SMALLINT: "integer",
    exp.DType.INT: "integer",
    exp.DType.BIGINT: "bigint",
    exp.DType.INT128: "hugeint",
    exp.DType.UTINYINT: "unsigned",
    exp.DType.USMALLINT: "unsigned",
    exp.DType.UINT: "unsigned",
    exp.DType.UBIGINT: "unsigned",
    exp.DType.DECIMAL: "decimal",
    exp.DType.BIGDECIMAL: "decimal",
    exp.DType.FLOAT: "float",
    exp.DType.DOUBLE: "float",
    exp.DType.CHAR: "string",
    exp.DType.NCHAR: "string",
    exp.DType.BPCHAR: "string",
    exp.DType.VARCHAR: "string",
    exp.DType.NVARCHAR: "string",
    exp.DType.TEXT: "string",
    exp.DType.BOOLEAN: "boolean",
    exp.DType.DATE: "date",
    exp.DType.TIME: "time",
    exp.DType.TIMETZ: "timetz",
    exp.DType.TIMESTAMP: "timestamp",
    exp.DType.TIMESTAMPNTZ: "timestamp",
    exp.DType.DATETIME: "timestamp",
    exp.DType.TIMESTAMPTZ: "timestamptz",
    exp.DType.TIMESTAMPLTZ: "timestamptz",
    exp.DType.INTERVAL: "interval",
    exp.DType.BINARY: "binary",
    exp.DType.VARBINARY: "binary",
    exp.DType.JSON: "json",
    exp.DType.JSONB: "jsonb",
    exp.DType.UUID: "uuid",
    exp.DType.ARRAY: "array",
    exp.DType.LIST: "array",
    exp.DType.STRUCT: "struct",
    exp.DType.MAP: "map",
    exp.DType.ENUM: "enum",
    exp.DType.NULL: "null",
}
"""sqlglot's types to classes; what is missing (spatial types, for one) has no class."""

NUMBERS = frozenset({"integer", "bigint", "hugeint", "unsigned", "decimal", "float"})
MOMENTS = frozenset({"date", "timestamp", "timestamptz"})
ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.IntDiv)
WRAPPERS = (exp.Paren, exp.Alias, exp.Window, exp.IgnoreNulls, exp.RespectNulls, exp.Filter)
"""Expressions of the type of what they wrap."""

_WORDS = {
    "boolean": re.compile(r"\s*(t|true|f|false|y|yes|n|no|on|off|1|0)\s*", re.IGNORECASE),
    "uuid": re.compile(r"\s*\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?\s*", re.IGNORECASE),
    "number": re.compile(
        r"\s*[+-]?([0-9_]+\.?[0-9_]*|\.[0-9_]+)(e[+-]?[0-9]+)?\s*|\s*[+-]?(inf|infinity|nan)\s*",
        re.IGNORECASE,
    ),
    "whole": re.compile(r"\s*[+-]?[0-9_]+\s*"),
    "moment": re.compile(
        r".*[0-9].*|\s*(now|today|tomorrow|yesterday|epoch|-?infinity)\s*",
        re.IGNORECASE | re.DOTALL,
    ),
}


def bare(node: exp.Expr) -> exp.Expr:
    """The expression without what leaves its type as it is."""
    while isinstance(node, WRAPPERS):
        node = node.this
    return node


def literal_class(node: exp.Expr) -> str | None:
    """The class of a constant: engines treat it less strictly than a column."""
    if isinstance(node, exp.Null):
        return "null"
    if not isinstance(node, exp.Literal):
        return None
    if node.is_string:
        return "text"
    return "number" if node.this.isdigit() and int(node.this) < 2**31 else "decimal"


def annotated_classes(node: exp.Expr) -> frozenset[str]:
    """The classes that an expression may belong to as sqlglot annotated it.

    A column or a cast has the class of its type. What is computed may be any number, or any moment
    in time, when it is annotated as one: which one differs by engine. Arithmetic is not known,
    because annotation does not tell a difference of two dates from a date.
    """
    annotated = node if isinstance(node, exp.DataType) else node.type
    name = TYPES.get(annotated.this) if annotated else None
    if name is None or isinstance(node, ARITHMETIC):
        return frozenset()
    if isinstance(node, (exp.Column, exp.Cast, exp.DataType)):
        return frozenset({name})
    return next((group for group in (NUMBERS, MOMENTS) if name in group), frozenset({name}))


@lru_cache(maxsize=4096)
def class_of(text: str, dialect: str) -> frozenset[str]:
    """The class of a type in the engine's spelling."""
    try:
        kind = exp.DataType.build(text, dialect=dialect).this
    except SqlglotError:
        return frozenset()
    name = "interval" if isinstance(kind, exp.Interval) else TYPES.get(kind)
    return frozenset({name} if name else ())


def reads_as(text: str, name: str, dialect: str) -> bool:
    """Whether a text literal may stand for a value of a class: False only when it surely does not.

    PostgreSQL converts such a literal while it binds, DuckDB when the first row comes by.
    """
    if name in ("integer", "bigint", "hugeint", "unsigned"):
        return _WORDS["number" if dialect == "duckdb" else "whole"].fullmatch(text) is not None
    if name in ("decimal", "float"):
        return _WORDS["number"].fullmatch(text) is not None
    if name in MOMENTS:
        return _WORDS["moment"].fullmatch(text) is not None
    pattern = _WORDS.get(name)
    return pattern is None or pattern.fullmatch(text) is not None
