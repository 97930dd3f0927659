"""Complete results of _classify_type_change: nested fields, kinds, reasons."""

from __future__ import annotations

import pytest
from type_grid import host

Field = tuple[str, str, str | None, str | None]

# adapter, before, after: class, kind, fields as (path, change, before, after)
NESTED: list[tuple[str, str, str, str, str | None, list[Field]]] = [
    ("duckdb", "STRUCT(a INT)", "STRUCT(a INT)[]", "changed", None, []),
    ("duckdb", "STRUCT(a INT)", "STRUCT(a INTEGER)", "same", None, []),
    (
        "duckdb",
        "STRUCT(a INT, b VARCHAR)",
        "STRUCT(a INT, b VARCHAR, c DATE)",
        "widened",
        None,
        [("c", "added", None, "DATE")],
    ),
    (
        "duckdb",
        "STRUCT(a INT, b VARCHAR)",
        "STRUCT(b VARCHAR)",
        "changed",
        None,
        [("a", "removed", "INT", None)],
    ),
    (
        "duckdb",
        "STRUCT(a BIGINT, b VARCHAR)",
        "STRUCT(a INT, b VARCHAR, c DECIMAL(10,2)[])",
        "changed",
        None,
        [("a", "narrowed", "BIGINT", "INT"), ("c", "added", None, "DECIMAL(10, 2)[]")],
    ),
    (
        "duckdb",
        "STRUCT(a BIGINT, b INT)",
        "STRUCT(a DOUBLE, b BIGINT)",
        "widened_lossy",
        None,
        [("a", "widened_lossy", "BIGINT", "DOUBLE"), ("b", "widened", "INT", "BIGINT")],
    ),
    (
        "duckdb",
        "STRUCT(items STRUCT(sku INT, at TIMESTAMP WITH TIME ZONE)[])[]",
        "STRUCT(items STRUCT(sku INT, at TIMESTAMP)[])[]",
        "changed",
        "timezone",
        [("items.at", "changed", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP")],
    ),
    (
        "duckdb",
        "MAP(VARCHAR, STRUCT(a INT, tags VARCHAR[]))",
        "MAP(VARCHAR, STRUCT(a INT, tags INT[]))",
        "changed",
        None,
        [("tags", "changed", "VARCHAR[]", "INT[]")],
    ),
    (
        "duckdb",
        'STRUCT("order id" INT, "say ""hi""" INT)',
        'STRUCT("order id" BIGINT, "say ""hi""" INT)',
        "widened",
        None,
        [("order id", "widened", "INT", "BIGINT")],
    ),
    ("duckdb", "STRUCT(a INT, b INT)", "STRUCT(b INT, a INT)", "changed", "order", []),
    (
        "duckdb",
        "UNION(a INT, b VARCHAR)",
        "UNION(a INT, b VARCHAR, c DATE)",
        "widened",
        None,
        [("c", "added", None, "DATE")],
    ),
    ("duckdb", "ENUM('a', 'c')", "ENUM('a', 'b', 'c')", "widened", None, []),
    ("duckdb", "ENUM('a', 'b')", "ENUM('b', 'a', 'c')", "changed", None, []),
    ("duckdb", "ENUM('a', 'b')", "ENUM('A', 'b')", "changed", None, []),
    ("duckdb", "INT[3]", "BIGINT[]", "widened", None, []),
    ("duckdb", "INT[3]", "INT[4]", "changed", None, []),
    ("duckdb", "BIGINT[3]", "INT[]", "changed", None, []),
    (
        "bigquery",
        "ARRAY<STRUCT<a INT64, b ARRAY<STRUCT<c STRING, d DATE>>>>",
        "ARRAY<STRUCT<a NUMERIC, b ARRAY<STRUCT<c BYTES, d DATE>>>>",
        "changed",
        None,
        [("a", "widened", "INT64", "NUMERIC"), ("b.c", "changed", "STRING", "BYTES")],
    ),
    (
        "bigquery",
        "STRUCT<a STRING(10)>",
        "STRUCT<a STRING(5)>",
        "narrowed",
        "length",
        [("a", "narrowed", "STRING(10)", "STRING(5)")],
    ),
    (
        "bigquery",
        "STRUCT<INT64, STRING>",
        "STRUCT<INT64, DATE>",
        "changed",
        None,
        [("2", "changed", "STRING", "DATE")],
    ),
    (
        "databricks",
        "struct<a:int,b:struct<c:string>>",
        "struct<a:int,b:struct<c:string,d:map<string,int>>>",
        "widened",
        None,
        [("b.d", "added", None, "map<string, int>")],
    ),
    (
        "trino",
        "row(a double precision, timestamp(3) with time zone)",
        "row(a double, timestamp(6) with time zone)",
        "widened",
        None,
        [("2", "widened", "timestamp(3) with time zone", "timestamp(6) with time zone")],
    ),
    (
        "snowflake",
        "OBJECT(a NUMBER, b VARCHAR)",
        "OBJECT(A NUMBER, b VARCHAR)",
        "changed",
        None,
        [("a", "removed", "NUMBER", None), ("A", "added", None, "NUMBER")],
    ),
    (
        "postgres",
        "varchar(10)[]",
        "character varying(20)[]",
        "widened",
        "length",
        [],
    ),
]

# adapter, before, after: reason
UNKNOWN: list[tuple[str | None, str | None, str | None, str]] = [
    ("duckdb", None, "INT", "the prior type is not known"),
    ("duckdb", "INT", "", "the current type is not known"),
    ("duckdb", None, None, "the prior type is not known"),
    ("duckdb", "INT", "STRUCT(a INT", "the current type STRUCT(a INT cannot be read"),
    ("duckdb", "INT", "mood", "what the type mood holds is not known"),
    ("duckdb", "mood", "feeling", "what the type mood holds is not known"),
    ("duckdb", "DECIMAL(a,b)", "INT", "what the type decimal(a,b) holds is not known"),
    ("duckdb", "MAP(INT)", "INT", "what the type map holds is not known"),
    ("duckdb", "STRUCT(a mood)", "STRUCT(a INT)", "what the type mood holds is not known"),
    ("postgres", "ARRAY", "integer[]", "what the type array holds is not known"),
    ("bigquery", "RECORD", "STRUCT<a INT64>", "what the type struct holds is not known"),
    ("oracle", "decimal", "decimal(10,2)", "the default parameters of decimal are not known"),
    ("oracle", "int", "decimal", "the default parameters of decimal are not known"),
    ("oracle", "Int32", "Int64", "what the type int32 holds is not known"),
    (None, "varchar", "varchar(10)", "the default parameters of varchar are not known"),
]


@pytest.mark.parametrize("adapter, before, after, name, kind, fields", NESTED)
def test_nested(
    adapter: str, before: str, after: str, name: str, kind: str | None, fields: list[Field]
) -> None:
    keys = ("path", "change", "before", "after")
    assert host().call("_classify_type_change", before, after, adapter) == {
        "class": name,
        "kind": kind,
        "fields": [dict(zip(keys, field, strict=True)) for field in fields],
        "reason": None,
    }


@pytest.mark.parametrize("adapter, before, after, reason", UNKNOWN)
def test_unknown(adapter: str | None, before: str | None, after: str | None, reason: str) -> None:
    change = host().call("_classify_type_change", before, after, adapter)
    assert (change["class"], change["kind"], change["reason"]) == ("unknown", None, reason)


@pytest.mark.parametrize("text", ["mood", "STRUCT(a INT", "Nullable(Int32)"])
def test_the_same_text_is_the_same_type(text: str) -> None:
    assert host().call("_classify_type_change", text, text, "postgres")["class"] == "same"


def test_a_certain_change_beats_an_unknown_one() -> None:
    change = host().call(
        "_classify_type_change", "STRUCT(a mood, b INT)", "STRUCT(a INT)", "duckdb"
    )
    assert change["class"] == "changed"
    assert [(field["path"], field["change"]) for field in change["fields"]] == [
        ("a", "unknown"),
        ("b", "removed"),
    ]
