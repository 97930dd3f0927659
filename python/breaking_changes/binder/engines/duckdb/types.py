"""DuckDB's types: their spelling, how they unify, and what operators make of them.

Every rule here is measured on DuckDB; `tests/binder/test_types_duckdb.py` asks it again.
Besides DuckDB's own spellings, inference knows `#5` (an integer literal, which takes the type of
what it meets), `#text` (a string literal, likewise) and `#null`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder.engines.duckdb.facts import KEYWORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT, NULL = "#text", "#null"

SIGNED = {"TINYINT": 8, "SMALLINT": 16, "INTEGER": 32, "BIGINT": 64, "HUGEINT": 128}
UNSIGNED = {"UTINYINT": 8, "USMALLINT": 16, "UINTEGER": 32, "UBIGINT": 64, "UHUGEINT": 128}
DIGITS = {
    "TINYINT": 3,
    "SMALLINT": 5,
    "INTEGER": 10,
    "BIGINT": 19,
    "HUGEINT": 38,
    "UTINYINT": 3,
    "USMALLINT": 5,
    "UINTEGER": 10,
    "UBIGINT": 20,
    "UHUGEINT": 38,
}
"""Decimal digits that an integer type counts as when it meets a DECIMAL."""

TIMESTAMPS = ("TIMESTAMP_S", "TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS")
ZONED = "TIMESTAMP WITH TIME ZONE"

SPELLINGS: dict[str, str] = {
    "INT": "INTEGER",
    "INT128": "HUGEINT",
    "INT256": "HUGEINT",
    "UINT": "UINTEGER",
    "UINT128": "UHUGEINT",
    "MEDIUMINT": "INTEGER",
    "TEXT": "VARCHAR",
    "CHAR": "VARCHAR",
    "NCHAR": "VARCHAR",
    "NVARCHAR": "VARCHAR",
    "NAME": "VARCHAR",
    "BPCHAR": "VARCHAR",
    "VARBINARY": "BLOB",
    "BINARY": "BLOB",
    "TIMESTAMPTZ": ZONED,
    "TIMESTAMPLTZ": ZONED,
    "TIMESTAMPNTZ": "TIMESTAMP",
    "DATETIME": "TIMESTAMP",
    "TIMETZ": "TIME WITH TIME ZONE",
    "JSONB": "JSON",
    "REAL": "FLOAT",
}
"""The parser's name of a type and DuckDB's, where they differ."""

_ENUM_TEXT = re.compile(r"^DECIMAL\((\d+),\s*(\d+)\)$")


def describe(type_: exp.DataType) -> str | None:
    """A parsed type as DESCRIBE spells it, None when DuckDB has no such type."""
    kind = type_.this
    if kind == exp.DType.USERDEFINED or not isinstance(kind, exp.DType):
        return None
    parts = type_.expressions
    name = SPELLINGS.get(kind.name, kind.name)
    if name == "DECIMAL":
        sizes = [int(part.name) for part in parts if part.name.isdigit()]
        width = sizes[0] if sizes else 18
        scale = sizes[1] if len(sizes) > 1 else (0 if sizes else 3)
        return f"DECIMAL({width},{scale})"
    if name in ("LIST", "ARRAY"):
        if not parts or not isinstance(parts[0], exp.DataType):
            return None
        inner = describe(parts[0])
        sizes = [value.name for value in type_.args.get("values") or ()]
        return None if inner is None else f"{inner}[{sizes[0] if sizes else ''}]"
    if name == "STRUCT":
        pairs: list[tuple[str, str | None]] = [
            (part.name, describe(part.args["kind"]))
            for part in parts
            if isinstance(part, exp.ColumnDef) and isinstance(part.args.get("kind"), exp.DataType)
        ]
        return struct(pairs) if len(pairs) == len(parts) else None
    if name == "MAP":
        inner_types = [describe(part) for part in parts if isinstance(part, exp.DataType)]
        if len(inner_types) != 2 or None in inner_types:
            return None
        return f"MAP({inner_types[0]}, {inner_types[1]})"
    if name == "ENUM":
        return f"ENUM({', '.join(part.sql('duckdb') for part in parts)})"
    return None if name in ("UNKNOWN", "NULL", "OBJECT", "VARIANT") else name


_PLAIN = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")


def quoted(name: str) -> str:
    """A name as DuckDB prints it: in quotes when it is a keyword or no plain word."""
    if _PLAIN.match(name) and name.lower() not in KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


def struct(pairs: list[tuple[str, str | None]]) -> str | None:
    """The struct type of named fields, None when a field's type is not known."""
    spelled = []
    for name, type_ in pairs:
        stored_type = stored(type_)
        if stored_type is None:
            return None
        spelled.append(f"{quoted(name)} {stored_type}")
    return f"STRUCT({', '.join(spelled)})"


def stored(type_: str | None) -> str | None:
    """The type that a column gets, in which literals have taken one."""
    if type_ is None or type_[0] != "#":
        return type_
    if type_ == TEXT:
        return "VARCHAR"
    if type_ == NULL:
        return '"NULL"'
    return literal_type(type_)


def literal_type(type_: str) -> str:
    """The type of an integer literal that meets nothing."""
    value = int(type_[1:])
    for name in ("INTEGER", "BIGINT", "HUGEINT"):
        if -(2 ** (SIGNED[name] - 1)) <= value < 2 ** (SIGNED[name] - 1):
            return name
    return "UHUGEINT" if 0 <= value < 2**128 else "DOUBLE"


_UNKNOWN = exp.DType.UNKNOWN.into_expr()


@lru_cache(maxsize=8192)
def parse(type_: str | None) -> exp.DataType:
    """A type as sqlglot represents it."""
    if type_ is None:
        return _UNKNOWN
    if type_ == '"NULL"':
        return exp.DType.NULL.into_expr()
    try:
        return exp.DataType.build(type_, dialect="duckdb")
    except SqlglotError:
        return _UNKNOWN


def decimal(type_: str) -> tuple[int, int] | None:
    """Width and scale of a DECIMAL, or of an integer type as one."""
    digits = DIGITS.get(type_)
    if digits is not None:
        return digits, 0
    match = _ENUM_TEXT.match(type_)
    return (int(match[1]), int(match[2])) if match else None


def is_integer(type_: str) -> bool:
    """Whether a type is one of the integer types."""
    return type_ in DIGITS


def common(types: Iterable[str | None]) -> str | None:
    """The type that operands such as COALESCE's are cast to, None when not known or refused."""
    return _fold(types, force=False)


def forced(types: Iterable[str | None]) -> str | None:
    """The type of a set operation's column: as `common`, but everything can become text."""
    return _fold((stored(type_) if type_ != NULL else NULL for type_ in types), force=True)


def _fold(types: Iterable[str | None], force: bool) -> str | None:
    result: str | None = NULL
    for type_ in types:
        if type_ is None:
            return None
        if type_ == '"NULL"':
            type_ = NULL
        if result != type_:
            result = _pair(result or NULL, type_, force)
            if result is None:
                return None
    return result


@lru_cache(maxsize=8192)
def _pair(one: str, other: str, force: bool) -> str | None:
    if one == NULL:
        return other
    if other == NULL or one == other:
        return one
    if one == TEXT or other == TEXT:
        partner = other if one == TEXT else one
        return literal_type(partner) if partner[0] == "#" else partner
    if one[0] == "#" or other[0] == "#":
        return _with_literal(one, other, force)
    if "JSON" in (one, other):
        return "JSON"
    shared = _numbers(one, other) or _moments(one, other) or _nested(one, other, force)
    return max(one, other, key=_rank) if shared is None and force else shared


_RANKS = ("TIME", "DATE", "TIMESTAMP", ZONED, "TIMESTAMP_NS", "INTERVAL", "VARCHAR", "BLOB", "UUID")


def _rank(type_: str) -> int:
    """Where a set operation puts types that share none: the column gets the higher type."""
    if type_ in _RANKS:
        return _RANKS.index(type_) + 2
    if type_.startswith("TIMESTAMP"):
        return _RANKS.index("TIMESTAMP") + 2
    nested = ("STRUCT(" in type_[:7], type_.endswith("]"), type_.startswith("MAP("))
    if any(nested):
        return 20 + (2 if nested[2] else 1 if nested[1] else 0)
    return 0 if type_ == "BOOLEAN" else 1


def _with_literal(one: str, other: str, force: bool) -> str | None:
    """An integer literal takes the integer type that it meets if it fits."""
    if one[0] == "#" and other[0] == "#":
        return _pair(literal_type(one), literal_type(other), force)
    literal, type_ = (one, other) if one[0] == "#" else (other, one)
    value = int(literal[1:])
    if type_ in SIGNED and -(2 ** (SIGNED[type_] - 1)) <= value < 2 ** (SIGNED[type_] - 1):
        return type_
    if type_ in UNSIGNED and 0 <= value < 2 ** UNSIGNED[type_]:
        return type_
    return _pair(literal_type(literal), type_, force)


def _numbers(one: str, other: str) -> str | None:
    if "BOOLEAN" in (one, other):
        partner = other if one == "BOOLEAN" else one
        return partner if is_integer(partner) else None
    if is_integer(one) and is_integer(other):
        return _integers(one, other)
    left = ("FLOAT", "DOUBLE").index(one) + 1 if one in ("FLOAT", "DOUBLE") else 0
    right = ("FLOAT", "DOUBLE").index(other) + 1 if other in ("FLOAT", "DOUBLE") else 0
    if left or right:
        number = (left and right) or decimal(one) or decimal(other)
        return ("FLOAT", "DOUBLE")[max(left, right) - 1] if number else None
    first, second = decimal(one), decimal(other)
    if first is None or second is None:
        return None
    scale = max(first[1], second[1])
    width = max(first[0] - first[1], second[0] - second[1]) + scale
    return f"DECIMAL({min(width, 38)},{scale})"


def _integers(one: str, other: str) -> str:
    if (one in SIGNED) == (other in SIGNED):
        widths = SIGNED if one in SIGNED else UNSIGNED
        return one if widths[one] >= widths[other] else other
    signed, unsigned = (one, other) if one in SIGNED else (other, one)
    if SIGNED[signed] > UNSIGNED[unsigned]:
        return signed
    if unsigned == "UHUGEINT":
        return _WITH_UHUGEINT[signed]
    return next(name for name, width in SIGNED.items() if width > UNSIGNED[unsigned])


_WITH_UHUGEINT = {
    "TINYINT": "SMALLINT",
    "SMALLINT": "INTEGER",
    "INTEGER": "BIGINT",
    "BIGINT": "HUGEINT",
    "HUGEINT": "DOUBLE",
}
"""Measured: no wider type exists, and the engine takes the next wider signed one."""


def _moments(one: str, other: str) -> str | None:
    if one == "DATE":
        one, other = other, one
    if other == "DATE":
        return one if one in TIMESTAMPS or one == ZONED else None
    if one in TIMESTAMPS and other in TIMESTAMPS:
        return _finer(one, other)
    if ZONED in (one, other):
        partner = other if one == ZONED else one
        return ZONED if partner in TIMESTAMPS and partner != "TIMESTAMP_NS" else None
    return None


def _finer(one: str, other: str) -> str:
    return one if TIMESTAMPS.index(one) >= TIMESTAMPS.index(other) else other


def _nested(one: str, other: str, force: bool) -> str | None:
    if one.endswith("]") and other.endswith("]"):
        inner = _fold([element(one), element(other)], force)
        return None if inner is None else f"{stored(inner)}[]"
    if one.startswith("STRUCT(") and other.startswith("STRUCT("):
        return _structs(one, other, force)
    return None


def _structs(one: str, other: str, force: bool) -> str | None:
    """Structs meet field by field, by name; what only the second has comes last."""
    fields = _fields(one)
    place = {name.lower(): position for position, (name, _) in enumerate(fields)}
    for name, type_ in _fields(other):
        position = place.get(name.lower())
        if position is None:
            fields.append((name, type_))
        else:
            known, before = fields[position]
            fields[position] = (known, _fold([before, type_], force))
    return struct(fields)


def _fields(type_: str) -> list[tuple[str, str | None]]:
    return [(part.name, describe(part.args["kind"])) for part in parse(type_).expressions]


def element(type_: str | None) -> str | None:
    """The type of a list's elements, or of a map's entries by key."""
    if type_ is None:
        return None
    if type_.endswith("]"):
        return type_[: type_.rindex("[")]
    return map_parts(type_)[1] if type_.startswith("MAP(") else None


def listed(type_: str | None) -> str | None:
    """The list type of an element type."""
    inner = stored(type_)
    return None if inner is None else f"{inner}[]"


def map_parts(type_: str) -> tuple[str | None, str | None]:
    """Key and value type of a MAP."""
    depth = 0
    body = type_[4:-1]
    for position, sign in enumerate(body):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            return body[:position].strip(), body[position + 1 :].strip()
    return None, None
