"""Literals and operators on numbers, dates and intervals, as DuckDB types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.types import (
    NULL,
    SIGNED,
    TEXT,
    TIMESTAMPS,
    UNSIGNED,
    ZONED,
    common,
    decimal,
    is_integer,
    stored,
)

if TYPE_CHECKING:
    from breaking_changes.binder.engines.duckdb.basics import Types


def literal(node: exp.Expr, types: Types) -> str | None:
    """A constant: an integer as `#5`, text as `#text`, a decimal by its digits."""
    if node.args["is_string"]:
        return TEXT
    text = node.this.replace("_", "")
    if text.isdigit():
        return f"#{text}"
    if "e" in text.lower():
        return "DOUBLE"
    whole, _, fraction = text.partition(".")
    width = len(whole) + len(fraction)
    return f"DECIMAL({width},{len(fraction)})" if 0 < width <= 38 else "DOUBLE"


def negative(node: exp.Expr, types: Types) -> str | None:
    """A minus before a value."""
    type_ = types[0] if types else None
    if type_ is not None and type_[0] == "#" and type_ not in (TEXT, NULL):
        return f"#-{type_[1:]}"
    return stored(type_) if type_ == TEXT else type_


def plus(node: exp.Expr, types: Types) -> str | None:
    """`+` and `-`: numbers, lists, and moments with intervals."""
    if None in types or len(types) != 2:
        return None
    one, other = types
    moment = _moment_sum(one or "", other or "", isinstance(node, exp.Sub))
    if moment is not None:
        return moment
    if one == NULL or other == NULL:
        partner = (other if one == NULL else one) or ""
        if partner in TIMESTAMPS:
            return "TIMESTAMP"
        return NULL if partner.startswith("DECIMAL") else partner
    type_ = arithmetic(one or "", other or "")
    if type_ is not None and type_.startswith("DECIMAL"):
        width, scale = decimal(type_) or (38, 0)
        return f"DECIMAL({min(width + 1, 38)},{scale})"
    if type_ is None and isinstance(node, exp.Add):
        return common(types) if (one or "").endswith("]") else None
    return type_


def _moment_sum(one: str, other: str, minus: bool) -> str | None:
    """Sums and differences with dates, times and intervals."""
    if not minus and (one == "INTERVAL" or is_integer(one) or one[0] == "#"):
        if other not in MOMENTS and other not in ("TIME", "DATE"):
            return "INTERVAL" if one == other == "INTERVAL" else None
        one, other = other, one
    if not minus and {one, other} == {"DATE", "TIME"}:
        return "TIMESTAMP"
    if one == "DATE":
        if minus and other == "DATE":
            return "BIGINT"
        if is_integer(other) or (other[0] == "#" and other not in (TEXT, NULL)):
            return "DATE"
        if other in ("INTERVAL", "TIME"):
            return "TIMESTAMP"
    if one in MOMENTS and other == "INTERVAL":
        return ZONED if one == ZONED else "TIMESTAMP"
    if minus and one in MOMENTS and other in MOMENTS:
        return "INTERVAL"
    if one == "TIME" and other == "INTERVAL":
        return "TIME"
    return "INTERVAL" if one == other == "INTERVAL" else None


MOMENTS = frozenset((*TIMESTAMPS, ZONED, "DATE"))


def times(node: exp.Expr, types: Types) -> str | None:
    """`*`: numbers, and an interval with a number."""
    if None in types or len(types) != 2:
        return None
    one, other = (stored(type_) or "" for type_ in types)
    if "INTERVAL" in (one, other):
        return "INTERVAL"
    if NULL in types:
        partner = other if types[0] == NULL else one
        return NULL if partner.startswith("DECIMAL") else partner
    if not (one.startswith("DECIMAL") or other.startswith("DECIMAL")):
        return arithmetic(types[0] or "", types[1] or "")
    if one in ("FLOAT", "DOUBLE") or other in ("FLOAT", "DOUBLE"):
        return one if one in ("FLOAT", "DOUBLE") else other
    first, second = decimal(one), decimal(other)
    if first is None or second is None:
        return None
    width, scale = first[0] + second[0], first[1] + second[1]
    if width > 18 and max(first[0], second[0]) <= 18 and scale <= 18:
        width = 18
    return f"DECIMAL({min(width, 38)},{scale})" if scale <= 38 else None


def arithmetic(one: str, other: str) -> str | None:
    """The type in which two numbers are added; mixed signs meet in BIGINT or above."""
    type_ = common([one, other])
    if type_ is None or type_ in (TEXT, "JSON", "VARCHAR", "BOOLEAN"):
        return None
    first, second = stored(one) or "", stored(other) or ""
    mixed = (first in SIGNED and second in UNSIGNED) or (first in UNSIGNED and second in SIGNED)
    if mixed and one[0] != "#" and other[0] != "#":
        if "UHUGEINT" in (first, second):
            return "DOUBLE"
        if type_ not in (first, second) and SIGNED[type_] < SIGNED["BIGINT"]:
            return "BIGINT"
    if type_[0] == "#":
        return stored(type_)
    number = is_integer(type_) or type_ in ("FLOAT", "DOUBLE") or type_.startswith("DECIMAL")
    return type_ if number else None


def divide(node: exp.Expr, types: Types) -> str | None:
    """`/` is never a whole division."""
    if None in types:
        return None
    if "INTERVAL" in types:
        return "INTERVAL"
    single = "FLOAT" in types and "DOUBLE" not in types
    return "FLOAT" if single else "DOUBLE"


def whole_divide(node: exp.Expr, types: Types) -> str | None:
    """`//`."""
    type_ = modulo(node, types)
    return "DOUBLE" if type_ is not None and type_.startswith("DECIMAL") else type_


def modulo(node: exp.Expr, types: Types) -> str | None:
    """`%`."""
    if None in types or len(types) != 2:
        return None
    type_ = arithmetic(types[0] or "", types[1] or "")
    wide = "HUGEINT" in types and type_ is not None and type_.startswith("DECIMAL")
    return "DOUBLE" if wide else type_
