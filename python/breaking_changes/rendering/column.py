"""Columns as macros see them (dbt/adapters/base/column.py and its adapters')."""

from __future__ import annotations

import re
from typing import Any

from breaking_changes.rendering.column_types import TYPES, Types
from breaking_changes.rendering.outcome import NotRendered


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

    @property
    def fields(self) -> list[Column]:
        """DuckDB's: the fields of a struct."""
        inner = self.dtype.strip()[len("struct") :].strip() if self.is_struct() else ""
        pairs = [field.split(" ", 1) for field in _at_commas(inner[1:-1])]
        return [type(self)(pair[0], pair[-1]) for pair in pairs]

    def flatten(self) -> list[Column]:
        """DuckDB's: the fields of a struct with dotted names, whatever their depth."""
        if not self.is_struct():
            return [self]
        return [
            type(self)(f"{self.column}.{inner.column}", inner.dtype)
            for one in self.fields
            for inner in one.flatten()
        ]

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
        names = ("column", "dtype", "char_size", "numeric_precision", "numeric_scale")
        members = [f"{name}={getattr(self, name)!r}" for name in names]
        members += [f"fields={self.fields!r}"] if self.types.has_fields else []
        return f"{self.types.class_name}({', '.join(members)})"


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


def _at_commas(text: str) -> list[str]:
    """The parts of a text between commas that stand in no parentheses."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _sizes(text: str | None) -> list[str]:
    return text.split(",") if text else []
