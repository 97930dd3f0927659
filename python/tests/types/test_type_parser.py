"""What the parser makes of a type's spelling, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from type_grid import host


def shape(node: dict[str, Any]) -> Any:
    """A parsed type as nested tuples: words, arguments, array sizes; a plain name as text."""
    words = " ".join(node["words"])
    if node["name_words"]:
        count = node["name_words"]
        words = f"{' '.join(node['words'][:count])}: {' '.join(node['words'][count:])}"
    arguments = [shape(argument) for argument in node["args"]]
    return (words, arguments, node["sizes"]) if arguments or node["sizes"] else words


READABLE: dict[str, Any] = {
    "INTEGER": "INTEGER",
    "  double \n precision ": "double precision",
    "DECIMAL( 10 ,2 )": ("DECIMAL", ["10", "2"], []),
    "numeric(5,-2)": ("numeric", ["5", "-2"], []),
    "varchar(max)": ("varchar", ["max"], []),
    "timestamp(3) with time zone": ("timestamp with time zone", ["3"], []),
    "INTEGER[]": ("INTEGER", [], [""]),
    "INT [3] []": ("INT", [], ["3", ""]),
    "DECIMAL(10,2)[]": ("DECIMAL", ["10", "2"], [""]),
    "integer ARRAY[4]": ("integer ARRAY", [], ["4"]),
    "ARRAY<INT64>": ("ARRAY", ["INT64"], []),
    "array(array(bigint))": ("array", [("array", ["bigint"], [])], []),
    "ARRAY<ARRAY<INT64>>": ("ARRAY", [("ARRAY", ["INT64"], [])], []),
    "ENUM('a, b', 'it''s', ')')": ("ENUM", ["'a, b'", "'it''s'", "')'"], []),
    'STRUCT("order id" INT, b VARCHAR(3))[]': (
        "STRUCT",
        ['"order id" INT', ("b VARCHAR", ["3"], [])],
        [""],
    ),
    "struct<a:int,b:array<string>>": ("struct", ["a: int", ("b: array", ["string"], [])], []),
    "struct<`a:b`: int>": ("struct", ["`a:b`: int"], []),
    "ROW(a row(b integer), c double precision)": (
        "ROW",
        [("a row", ["b integer"], []), "c double precision"],
        [],
    ),
    "MAP(VARCHAR, STRUCT(a INT)[])": (
        "MAP",
        ["VARCHAR", ("STRUCT", ["a INT"], [""])],
        [],
    ),
    "UNION(num INT, str VARCHAR)": ("UNION", ["num INT", "str VARCHAR"], []),
    "größe": "größe",
    '"public"."mood"': '"public" . "mood"',
}
UNREADABLE = [
    "",
    "()",
    "[]",
    "INT)",
    "STRUCT(a INT",
    "STRUCT(a INT>",
    "ARRAY<INT64",
    "ARRAY<>",
    "DECIMAL(10,)",
    "DECIMAL(,2)",
    "INT[a]",
    "INT[1,2]",
    "INT[",
    "INT]",
    "a: int",
    "struct<a:>",
    "struct<a::int>",
    "struct<:int>",
    "INT, INT",
    "ENUM('a",
    'STRUCT("a INT)',
]


@pytest.mark.parametrize("text", READABLE)
def test_readable(text: str) -> None:
    assert shape(host().call("_parse_type", text)) == READABLE[text]


@pytest.mark.parametrize("text", UNREADABLE)
def test_unreadable(text: str) -> None:
    assert host().call("_parse_type", text) is None


@pytest.mark.parametrize("depth, name", [(15, "widened"), (20, "widened"), (21, "unknown")])
def test_depth(depth: int, name: str) -> None:
    """BigQuery nests 15 levels; what is deeper than 20 is not read rather than recursed into."""
    text = "STRUCT(a " * depth + "INT" + ")" * depth
    change = host().call("_classify_type_change", text, text.replace("INT", "BIGINT"), "duckdb")
    assert change["class"] == name
