"""Synonyms, default parameters and families, per adapter."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from type_grid import cell, host

# adapter: groups of spellings of one type.
SYNONYMS = {
    "duckdb": [
        ["INTEGER", "int", "INT4", "int32", "signed", "integral"],
        ["BIGINT", "int8", "long", "int64"],
        ["SMALLINT", "int2", "short"],
        ["TINYINT", "int1"],
        ["HUGEINT", "int128"],
        ["FLOAT", "real", "float4", "float(24)"],
        ["DOUBLE", "float8", "double precision", "float(53)"],
        ["DECIMAL", "numeric", "dec", "decimal(18,3)", "DECIMAL(18, 3)"],
        ["DECIMAL(5)", "decimal(5,0)"],
        ["VARCHAR", "text", "string", "char(3)", "bpchar", "character varying(10)", "varchar(10)"],
        ["BLOB", "bytea", "binary", "varbinary"],
        ["BOOLEAN", "bool", "logical"],
        [
            *("TIMESTAMP", "datetime", "timestamp without time zone", "timestamp_us"),
            *("timestamp(4)", "timestamp(5)", "timestamp(6)"),
        ],
        ["TIMESTAMP_S", "timestamp(0)"],
        ["TIMESTAMP_MS", "timestamp(1)", "timestamp(2)", "timestamp(3)"],
        ["TIMESTAMP_NS", "timestamp(7)", "timestamp(8)", "timestamp(9)"],
        ["TIMESTAMPTZ", "timestamp with time zone"],
        ["TIMETZ", "time with time zone"],
        ["UUID", "guid"],
        ["BIT", "bitstring"],
        ["BIGNUM", "varint"],
        ["INT[]", "integer array", "INTEGER []"],
        ["INT[3]", "integer array[3]"],
        ["STRUCT(a INT)", 'row("a" integer)', "STRUCT(A int4)"],
    ],
    "postgres": [
        ["integer", "int", "int4", "serial"],
        ["bigint", "int8"],
        ["numeric", "decimal"],
        ["numeric(5)", "numeric(5, 0)"],
        ["double precision", "float8", "float", "float(25)"],
        ["real", "float4", "float(24)"],
        ["text", "varchar", "character varying", "bpchar"],
        ["varchar(5)", "character varying(5)"],
        ["char", "character", "character(1)"],
        ["time", "time without time zone", "time(6)"],
        ["timetz", "time with time zone", "timetz(6)"],
        ["timestamp", "timestamp without time zone", "timestamp(6)"],
        ["timestamptz", "timestamp with time zone", "timestamp(6) with time zone"],
        ["int[]", "integer array", "int4[3]"],
        ["boolean", "bool"],
    ],
    "redshift": [
        ["varchar", "varchar(256)", "text", "nvarchar", "character varying"],
        ["varchar(max)", "varchar(65535)", "character varying(max)"],
        ["char", "char(1)", "character", "nchar"],
        ["char(max)", "char(4096)"],
        ["bpchar", "char(256)"],
        ["decimal", "numeric", "numeric(18,0)"],
        ["double precision", "float", "float8"],
        ["varbyte", "varbinary(64000)", "varbinary", "binary varying"],
        ["timestamptz", "timestamp with time zone"],
    ],
    "snowflake": [
        [
            *("NUMBER", "NUMBER(38,0)", "decimal", "dec", "numeric"),
            *("int", "integer", "bigint", "smallint", "tinyint", "byteint"),
        ],
        ["FLOAT", "double", "real", "float8", "double precision"],
        [
            *("VARCHAR", "VARCHAR(16777216)", "string", "text"),
            *("nvarchar", "nvarchar2", "char varying", "nchar varying"),
        ],
        ["CHAR", "VARCHAR(1)", "character", "nchar"],
        ["TIME", "TIME(9)"],
        [
            *("TIMESTAMP_NTZ(9)", "timestamp", "datetime", "timestamp_ntz", "timestampntz"),
            "timestamp without time zone",
        ],
        ["TIMESTAMP_LTZ(9)", "timestamp_ltz", "timestampltz", "timestamp with local time zone"],
        ["TIMESTAMP_TZ(9)", "timestamp_tz", "timestamptz", "timestamp with time zone"],
        ["BINARY", "varbinary", "varbinary(8388608)"],
        ["ARRAY", "ARRAY(VARIANT)"],
        ["ARRAY(NUMBER)", "ARRAY(INT NOT NULL)"],
        ["OBJECT(a INT)", "OBJECT(a NUMBER NOT NULL)"],
    ],
    "bigquery": [
        ["INT64", "integer", "bigint", "smallint", "byteint"],
        ["NUMERIC", "decimal", "numeric(38,9)"],
        ["BIGNUMERIC", "bigdecimal", "bignumeric(76,38)"],
        ["FLOAT64", "FLOAT"],
        ["BOOL", "boolean"],
        ["STRUCT<a INT64>", "RECORD<a INTEGER>", "STRUCT<A int64 NOT NULL>"],
        ["ARRAY<STRUCT<a INT64>>", "array< struct< a integer > >"],
    ],
    "databricks": [
        ["INT", "integer"],
        ["BIGINT", "long"],
        ["TINYINT", "byte"],
        ["DECIMAL", "numeric", "dec", "numeric(10,0)", "dec(10)"],
        ["CHAR(1)", "char", "character"],
        ["FLOAT", "real"],
        ["TIMESTAMP", "timestamp_ltz"],
        ["STRUCT<a: INT>", "struct<a:int>", "struct<`a` int comment 'of a'>"],
    ],
    "trino": [
        ["integer", "int"],
        ["decimal", "decimal(38,0)", "decimal(38)"],
        ["real", "float"],
        ["varchar", "string"],
        ["char", "char(1)"],
        ["time", "time(3)"],
        ["time with time zone", "time(3) with time zone"],
        ["timestamp", "timestamp(3)", "timestamp without time zone"],
        ["timestamp with time zone", "timestamp(3) with time zone"],
        ["row(a integer)", "struct<a:int>"],
        ["array(integer)", "array<int>"],
    ],
    "clickhouse": [
        ["Int32", "INT", "Nullable(Int32)", "LowCardinality(Int32)"],
        ["UInt64", "BIGINT UNSIGNED", "SimpleAggregateFunction(sum, UInt64)"],
        ["Decimal(9, 2)", "Decimal32(2)", "numeric(9,2)"],
        ["Decimal", "Decimal(10, 0)", "dec", "numeric", "fixed"],
        ["String", "VARCHAR(10)", "text", "LowCardinality(Nullable(String))"],
        ["FixedString(5)", "BINARY(5)"],
        ["DateTime", "TIMESTAMP", "DateTime32", "DateTime('UTC')"],
        ["Time64", "Time64(3)"],
        ["DateTime64", "DateTime64(3)", "DateTime64(3, 'Europe/Berlin')"],
        ["Array(Int64)", "Array(Nullable(Int64))"],
        ["Nested(a Int64)", "Array(Tuple(a Int64))"],
        ["Tuple(a Int64, b String)", "Tuple(a BIGINT, `b` Nullable(String))"],
    ],
    "sqlserver": [
        ["int", "integer"],
        ["decimal", "numeric", "dec", "numeric(18, 0)"],
        ["money", "decimal(19,4)"],
        ["smallmoney", "decimal(10,4)"],
        ["float", "float(53)", "double precision"],
        ["real", "float(24)"],
        ["varchar(max)", "text", "character varying(max)", "char varying(max)"],
        ["nvarchar(max)", "ntext"],
        ["nvarchar(128)", "sysname"],
        ["varbinary(max)", "image"],
        ["datetime2", "datetime2(7)"],
        ["datetimeoffset", "datetimeoffset(7)"],
        ["time", "time(7)"],
        ["rowversion", "timestamp"],
    ],
    "generic": [
        ["int", "INTEGER"],
        ["decimal(10)", "numeric(10,0)"],
        ["varchar(5)", "character varying(5)"],
    ],
}

# adapter: names whose parameter the engine gives and nobody can write.
FIXED = {
    "bigquery": {"time", "datetime", "timestamp"},
    "clickhouse": {"time"},
    "databricks": {"timestamp_ntz"},
    "duckdb": {"time", "time_ns", "timestamptz_ns"},
    "sqlserver": {"datetime", "smalldatetime"},
    "redshift": {
        *("time", "time without time zone", "timetz", "time with time zone"),
        *("timestamp", "timestamp without time zone"),
    },
}

# adapter: type to family.
FAMILIES = {
    "duckdb": {
        "UHUGEINT": "integer",
        "DECIMAL(10,2)": "decimal",
        "REAL": "float",
        "TEXT": "string",
        "BOOL": "boolean",
        "DATE": "date",
        "TIME": "time",
        "TIME WITH TIME ZONE": "time",
        "DATETIME": "timestamp",
        "TIMESTAMP_NS": "timestamp",
        "TIMESTAMPTZ": "timestamptz",
        "INTERVAL": "interval",
        "BLOB": "binary",
        "JSON": "json",
        "UUID": "uuid",
        "INT[]": "array",
        "STRUCT(a INT)[]": "array",
        "STRUCT(a INT)": "struct",
        "MAP(INT, INT)": "map",
        "ENUM('a')": "enum",
        '"NULL"': "null",
        "UNION(a INT)": "other",
        "BIT": "other",
        "nonsense": "other",
        "STRUCT(": "other",
        "": "other",
    },
    "postgres": {"jsonb": "json", "money": "other", "interval day to second": "interval"},
    "redshift": {"super": "json", "varbyte": "binary"},
    "snowflake": {
        "INT": "decimal",
        "VARIANT": "json",
        "OBJECT": "json",
        "ARRAY": "array",
        "OBJECT(a INT)": "struct",
        "TIMESTAMP_LTZ": "timestamptz",
        "TIMESTAMP": "timestamp",
    },
    "bigquery": {"DATETIME": "timestamp", "TIMESTAMP": "timestamptz", "BIGNUMERIC": "decimal"},
    "databricks": {"TIMESTAMP": "timestamptz", "TIMESTAMP_NTZ": "timestamp", "VOID": "null"},
    "trino": {"row(a int)": "struct", "unknown": "null", "ipaddress": "other"},
    "clickhouse": {
        "UInt256": "integer",
        "DateTime64(3)": "timestamp",
        "Date32": "date",
        "Nullable(Nothing)": "null",
        "Tuple(Int64, String)": "struct",
        "Enum16('a' = 1)": "enum",
        "AggregateFunction(sum, UInt64)": "other",
        "JSON": "json",
    },
    "sqlserver": {
        "bit": "boolean",
        "timestamp": "other",
        "datetime": "timestamp",
        "datetimeoffset(7)": "timestamptz",
        "uniqueidentifier": "uuid",
        "sql_variant": "other",
    },
    "generic": {"datetime2": "other", "integer": "integer"},
}


@pytest.mark.parametrize(
    "adapter, group",
    [(adapter, group) for adapter, groups in SYNONYMS.items() for group in groups],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_synonyms_are_the_same(adapter: str, group: list[str]) -> None:
    pairs = [(one, other) for one in group for other in group]
    assert {pair: cell(*pair, adapter) for pair in pairs} == dict.fromkeys(pairs, "=")


@pytest.mark.parametrize("adapter", SYNONYMS)
def test_every_name_with_a_default_stands_in_a_group(adapter: str) -> None:
    names = host().call("_type_dialect", adapter)["names"]
    with_default = {name for name, (_, *default) in names.items() if default}
    grouped = {one.lower() for group in SYNONYMS[adapter] for one in group}
    assert with_default - grouped == FIXED.get(adapter, set())


@pytest.mark.parametrize("adapter", SYNONYMS)
def test_groups_differ(adapter: str) -> None:
    heads = [group[0] for group in SYNONYMS[adapter]]
    pairs = [(one, other) for one in heads for other in heads if one != other]
    assert [pair for pair in pairs if cell(*pair, adapter) == "="] == []


@pytest.mark.parametrize("adapter", FAMILIES)
def test_families(adapter: str) -> None:
    found = {name: host().call("_type_family", name, adapter) for name in FAMILIES[adapter]}
    assert found == FAMILIES[adapter]


@pytest.mark.parametrize(
    "adapter, table",
    [
        ("spark", "databricks"),
        ("athena", "trino"),
        ("fabric", "sqlserver"),
        ("oracle", "generic"),
        (None, "generic"),
    ],
)
def test_adapters_share_tables(adapter: str | None, table: str) -> None:
    names = [host().call("_type_dialect", name)["names"] for name in (adapter, table)]
    assert names[0] == names[1]


def test_duckdb_describes_each_group_as_one_type() -> None:
    for group in SYNONYMS["duckdb"]:
        columns = ", ".join(f"c{position} {name}" for position, name in enumerate(group))
        duckdb.execute(f"CREATE OR REPLACE TEMP TABLE synonyms ({columns})")
        rows = duckdb.execute("DESCRIBE synonyms").fetchall()
        described = {row[1].lower() for row in rows}
        assert len(described) == 1, group


def test_every_name_of_duckdb_is_known() -> None:
    """The table of names covers what the engine itself lists."""
    listed = {row[0] for row in duckdb.execute("SELECT type_name FROM duckdb_types()").fetchall()}
    known = host().call("_type_dialect", "duckdb")["names"]
    nested = {"tuple": "has no spelling as a column type", "type": "is no type of a column"}
    assert {name.lower() for name in listed} - set(known) == set(nested) | {"null", "interval"}


def test_every_name_of_clickhouse_is_known() -> None:
    """The table of names covers what ClickHouse lists, and an alias is what it stands for there."""
    file = Path(__file__).parent / "clickhouse_type_families.txt"
    listed = [line.partition("\t") for line in file.read_text().splitlines()[1:]]
    names = host().call("_type_dialect", "clickhouse")
    assert len(listed) > 100
    kept = {*names["names"], *names["wrappers"], *names["precisions"]}
    unknown = [name for name, *_ in listed if name.lower() not in kept]
    assert [name for name in unknown if not name.startswith("Interval")] == []
    given = {"FixedString": "(5)", "Enum": "('a' = 1)"}
    aliases = [(name, alias, given.get(alias, "")) for name, _, alias in listed if alias]
    assert {
        (name, alias): cell(name + parameters, alias + parameters, "clickhouse")
        for name, alias, parameters in aliases
    } == {(name, alias): "=" for name, alias, _ in aliases}
