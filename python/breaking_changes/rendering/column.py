"""Columns as macros see them (dbt/adapters/base/column.py and its adapters')."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from breaking_changes.rendering.outcome import NotRendered

_STRINGS = frozenset({"text", "character varying", "character", "varchar"})
_FLOATS = frozenset({"real", "float4", "float", "double precision", "float8", "double"})
_INTEGERS = frozenset(
    [
        "smallint",
        "integer",
        "bigint",
        "smallserial",
        "serial",
        "bigserial",
        "int2",
        "int4",
        "int8",
        "serial2",
        "serial4",
        "serial8",
    ]
)
_NUMERICS = frozenset({"numeric", "decimal"})

#: How PostgreSQL's information schema spells what SQL may spell shorter.
_POSTGRES_NAMES = {
    "bool": "boolean",
    "bpchar": "character",
    "char": "character",
    "decimal": "numeric",
    "double": "double precision",
    "float": "double precision",
    "float4": "real",
    "float8": "double precision",
    "int": "integer",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "time": "time without time zone",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "timetz": "time with time zone",
    "varchar": "character varying",
}


@dataclass(frozen=True)
class Types:
    """How an adapter names and sorts types.

    Attributes:
        labels: What `translate_type` makes of an upper-case name.
        strings, floats, integers, numerics: Lower-case names for which `is_string()` etc. hold.
        string: `string_type(size)`, with `{}` for the size.
        quote: What stands around a column's name, on both sides.
        split: Whether a type's parameters are kept apart from its name.
        names: How the warehouse lists a type that is spelled otherwise, by lower-case name.
    """

    labels: Mapping[str, str] = field(default_factory=lambda: {"STRING": "TEXT"})
    strings: frozenset[str] = _STRINGS
    floats: frozenset[str] = _FLOATS
    integers: frozenset[str] = _INTEGERS
    numerics: frozenset[str] = _NUMERICS
    string: str = "character varying({})"
    quote: str = '"'
    split: bool = True
    names: Mapping[str, str] = field(default_factory=dict)
    bare_strings: bool = False


_SPARK = Types(labels={"LONG": "BIGINT"}, string="STRING", quote="`", split=False)

#: From the Column class of each adapter; an adapter that is not here has dbt's defaults.
TYPES = {
    "bigquery": Types(
        labels={
            "STRING": "STRING",
            "TIMESTAMP": "TIMESTAMP",
            "FLOAT": "FLOAT64",
            "INTEGER": "INT64",
            "BOOLEAN": "BOOLEAN",
            "RECORD": "RECORD",
        },
        strings=frozenset({"string"}),
        floats=frozenset({"float64"}),
        integers=frozenset({"int64"}),
        numerics=frozenset({"numeric"}),
        string="string",
        quote="`",
        split=False,
    ),
    "databricks": _SPARK,
    "duckdb": Types(
        floats=frozenset({"real", "float", "float4", "float8", "double"}),
        integers=frozenset(
            [
                "tinyint",
                "smallint",
                "integer",
                "bigint",
                "hugeint",
                "utinyint",
                "usmallint",
                "uinteger",
                "ubigint",
                "int1",
                "int2",
                "int4",
                "int8",
                "short",
                "int",
                "signed",
                "long",
            ]
        ),
        split=False,
    ),
    "postgres": Types(names=_POSTGRES_NAMES, bare_strings=True),
    "redshift": Types(names=_POSTGRES_NAMES),
    "snowflake": Types(
        strings=_STRINGS | {"string", "char", "nchar", "nvarchar", "nvarchar2"},
        integers=frozenset(
            ["int", "integer", "bigint", "smallint", "tinyint", "byteint"],
        ),
        floats=_FLOATS | {"float8", "float4"},
        numerics=_NUMERICS | {"int", "integer", "bigint", "smallint", "number", "fixed"},
    ),
    "spark": _SPARK,
}


class Column:
    """A column's name and type, with what macros ask of it. The class is one adapter's."""

    types = Types()

    def __init__(
        self,
        column: str,
        dtype: str,
        char_size: int | None = None,
        numeric_precision: Any = None,
        numeric_scale: Any = None,
    ) -> None:
        self.column = column
        self.dtype = dtype
        self.char_size = char_size
        self.numeric_precision = numeric_precision
        self.numeric_scale = numeric_scale

    @classmethod
    def translate_type(cls, dtype: str) -> str:
        """The adapter's name of a type that dbt names generally, such as string."""
        return cls.types.labels.get(dtype.upper(), dtype)

    @classmethod
    def create(cls, name: str, label_or_dtype: str) -> Column:
        """A column of a type that may be named generally."""
        return cls(name, cls.translate_type(label_or_dtype))

    @classmethod
    def string_type(cls, size: int) -> str:
        """A string type of that many characters."""
        return cls.types.string.format(size)

    @classmethod
    def numeric_type(cls, dtype: str, precision: Any, scale: Any) -> str:
        """A type with precision and scale, when both are there."""
        if precision is None or scale is None:
            return dtype
        return f"{dtype}({precision},{scale})"

    @classmethod
    def from_description(cls, name: str, raw_data_type: str) -> Column:
        """A column of a type as SQL spells it: `character varying(30)`, `numeric(10,2)`."""
        found = re.match(r"([^(]+)(?:\(([^)]+)\))?", raw_data_type)
        if not found:
            raise NotRendered("jinja", f"{raw_data_type!r} is no type that dbt could take apart.")
        sizes = [int(size) if size.strip().isdigit() else None for size in _sizes(found[2])]
        if len(sizes) == 2:
            return cls(name, found[1], None, *sizes)
        return cls(name, found[1], sizes[0] if sizes else None)

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column

    @property
    def quoted(self) -> str:
        """The name between quotes."""
        return f"{self.types.quote}{self.column}{self.types.quote}"

    @property
    def data_type(self) -> str:
        """The type with its parameters."""
        if self.types.bare_strings and self._is_bare:
            return self.dtype
        if self.is_string():
            return self.string_type(self.string_size())
        if self.is_numeric():
            return self.numeric_type(self.dtype, self.numeric_precision, self.numeric_scale)
        return self.dtype

    @property
    def _is_bare(self) -> bool:
        kind = self.dtype.lower()
        return kind == "text" or (kind == "character varying" and self.char_size is None)

    expanded_data_type = data_type

    @property
    def mode(self) -> str:
        """BigQuery's: whether the column is an array."""
        return "REPEATED" if self.dtype.upper().startswith("ARRAY") else "NULLABLE"

    def is_string(self) -> bool:
        """Whether it is a string."""
        return self.dtype.lower() in self.types.strings

    def is_float(self) -> bool:
        """Whether it is a floating-point number."""
        return self.dtype.lower() in self.types.floats

    def is_integer(self) -> bool:
        """Whether it is an integer."""
        return self.dtype.lower() in self.types.integers

    def is_numeric(self) -> bool:
        """Whether it is a decimal number."""
        return self.dtype.lower() in self.types.numerics

    def is_number(self) -> bool:
        """Whether it is any number."""
        return self.is_integer() or self.is_numeric() or self.is_float()

    def is_struct(self) -> bool:
        """DuckDB's: whether it is a struct."""
        return self.dtype.lower().startswith("struct")

    def string_size(self) -> int:
        """How many characters it holds; 256 when that is not limited."""
        if not self.is_string():
            raise NotRendered("jinja", f"string_size() is asked of {self.name}, no string.")
        if self.dtype == "text" or self.char_size is None:
            return 256
        return int(self.char_size)

    def can_expand_to(self, other_column: Column) -> bool:
        """Whether the other is a longer string."""
        both = self.is_string() and other_column.is_string()
        return both and other_column.string_size() > self.string_size()

    def literal(self, value: Any) -> str:
        """The value, cast to the column's type."""
        return f"{value}::{self.data_type}"

    def __eq__(self, other: object) -> bool:
        """Whether name, type and size are equal."""
        return isinstance(other, Column) and self._key == other._key

    def __hash__(self) -> int:
        """Of name, type and size."""
        return hash(self._key)

    @property
    def _key(self) -> tuple[Any, ...]:
        size = (self.char_size, self.numeric_precision, self.numeric_scale)
        return (self.column, self.dtype, *size)

    def __repr__(self) -> str:
        """As dbt prints it."""
        return f"<Column {self.name} ({self.data_type})>"


def column_class(adapter_type: str) -> type[Column]:
    """The Column class of an adapter."""
    return type("Column", (Column,), {"types": TYPES.get(adapter_type, Types())})


def listed(kind: type[Column], name: str, data_type: str | None) -> Column:
    """A column as the warehouse lists it, of a type in the engine's spelling."""
    spelling = data_type or ""
    types = kind.types
    if not types.split or "(" not in spelling:
        return kind(name, types.names.get(spelling.lower(), spelling))
    column = kind.from_description(name, spelling)
    column.dtype = types.names.get(column.dtype.strip().lower(), column.dtype.strip())
    return column


def _sizes(text: str | None) -> list[str]:
    return text.split(",") if text else []
