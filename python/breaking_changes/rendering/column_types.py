"""How adapters name and sort types (the Column class of each adapter)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
        bare_strings: Whether `data_type` leaves a string without a size as it is.
        class_name: The class that a printed column shows.
        has_fields: Whether a printed column shows the fields of a struct.
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
    class_name: str = "Column"
    has_fields: bool = False


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
        class_name="DuckDBColumn",
        has_fields=True,
    ),
    "postgres": Types(names=_POSTGRES_NAMES, bare_strings=True, class_name="PostgresColumn"),
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
