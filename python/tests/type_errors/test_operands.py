"""The classes of types agree with the families that the macros give them."""

from __future__ import annotations

import pytest
from type_grid import ADAPTERS, host, types_of

from breaking_changes.adapters import DIALECTS
from breaking_changes.binder.type_errors.operands import class_of, reads_as

FAMILIES = {
    "bigint": "integer",
    "hugeint": "integer",
    "unsigned": "integer",
    "timetz": "time",
    "jsonb": "json",
}
SNOWFLAKE = {"INTEGER": ("decimal", "integer")}
"""Every number of Snowflake is a NUMBER; its operators make no difference between the two."""


@pytest.mark.parametrize("adapter", [name for name in ADAPTERS if name != "generic"])
def test_classes_agree_with_families(adapter: str) -> None:
    differing = {}
    for text in types_of(adapter):
        family = host().call("_type_family", text, adapter)
        for name in class_of(text, DIALECTS.get(adapter, adapter)):
            if FAMILIES.get(name, name) != family:
                differing[text] = (family, name)
    assert differing == (SNOWFLAKE if adapter == "snowflake" else {})


@pytest.mark.parametrize("adapter", ["duckdb", "postgres"])
def test_only_types_without_operators_of_interest_have_no_class(adapter: str) -> None:
    without = {text for text in types_of(adapter) if not class_of(text, adapter)}
    assert (
        without
        == {
            "duckdb": {
                "BIGNUM",
                "BIT",
                "GEOMETRY",
                "TIMESTAMP_S",
                "TIMESTAMP_MS",
                "TIMESTAMP_NS",
                "UNION(a INTEGER, b VARCHAR)",
                '"NULL"',
            },
            "postgres": {"citext", "money", "inet", "mood"},
        }[adapter]
    )


@pytest.mark.parametrize(
    "text, name, dialect, reads",
    [
        ("1", "integer", "postgres", True),
        (" -12 ", "integer", "postgres", True),
        ("1.5", "integer", "postgres", False),
        ("1.5", "integer", "duckdb", True),
        ("a", "integer", "duckdb", False),
        ("", "integer", "duckdb", False),
        ("1e3", "float", "postgres", True),
        ("nan", "float", "duckdb", True),
        ("x1", "decimal", "duckdb", False),
        ("yes", "boolean", "postgres", True),
        ("shipped", "boolean", "duckdb", False),
        ("2024-01-01", "date", "duckdb", True),
        ("today", "date", "postgres", True),
        ("open", "date", "postgres", False),
        ("00000000-0000-0000-0000-000000000001", "uuid", "duckdb", True),
        ("x", "uuid", "postgres", False),
        ("anything", "string", "postgres", True),
        ("anything", "json", "postgres", True),
    ],
)
def test_text_literals(text: str, name: str, dialect: str, reads: bool) -> None:
    assert reads_as(text, name, dialect) is reads
