"""Properties of the lattice over random types: spelling does not count, any text has an answer."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from type_grid import CLASSES, KINDS, host

SCALARS = ["INTEGER", "BIGINT", "DOUBLE", "DECIMAL(10,2)", "VARCHAR", "DATE", "TIMESTAMP", "UUID"]
ADAPTERS = ["duckdb", "postgres", "snowflake", "bigquery", "databricks", "trino", "sqlserver", None]
FAMILIES = {
    *("integer", "decimal", "float", "string", "boolean", "binary", "json", "uuid"),
    *("date", "time", "timestamp", "timestamptz", "interval"),
    *("array", "struct", "map", "enum", "null", "other"),
}


def _nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        children.map(lambda item: f"{item}[]"),
        st.tuples(children, children).map(lambda pair: f"STRUCT(a {pair[0]}, b {pair[1]})"),
        children.map(lambda value: f"MAP(VARCHAR, {value})"),
    )


TYPES = st.recursive(st.sampled_from(SCALARS), _nested, max_leaves=5)


def respelled(text: str, seed: int) -> str:
    """The same type with other case and spaces, and no quotes to mind."""
    chosen = random.Random(seed)
    out = ""
    for character in text:
        out += chosen.choice([character.lower(), character.upper()])
        if character in "(),[] ":
            out += " " * chosen.randrange(3)
    return out


def classify(before: str, after: str, adapter: str | None = "duckdb") -> dict[str, object]:
    change: dict[str, object] = host().call("_classify_type_change", before, after, adapter)
    return change


@settings(deadline=None, max_examples=150)
@given(TYPES, st.integers(0, 1000))
def test_spelling_does_not_count(text: str, seed: int) -> None:
    same: dict[str, object] = {"class": "same", "kind": None, "fields": [], "reason": None}
    assert classify(text, respelled(text, seed)) == same


@settings(deadline=None, max_examples=150)
@given(TYPES, TYPES)
def test_the_way_back_is_the_inverse(before: str, after: str) -> None:
    forth, back = classify(before, after), classify(after, before)
    pair = {forth["class"], back["class"]}
    # No two of these scalars hold parts of each other, but structs may mix both directions.
    assert pair in (
        {"same"},
        {"widened", "narrowed"},
        {"widened_lossy", "narrowed"},
        {"narrowed"},
        {"changed"},
    )
    changes = [
        [(field["path"], field["change"]) for field in change["fields"]]  # type: ignore[attr-defined]
        for change in (forth, back)
    ]
    assert [path for path, _ in changes[0]] == [path for path, _ in changes[1]]


@settings(deadline=None, max_examples=300)
@given(
    st.text(alphabet="INTarySTRUCT(),<>[]:;'\"` 0129_é\n", max_size=30),
    st.text(max_size=20),
    st.sampled_from(ADAPTERS),
)
def test_any_text_has_an_answer(before: str, after: str, adapter: str | None) -> None:
    change = classify(before, after, adapter)
    assert change["class"] in CLASSES
    assert change["kind"] in KINDS
    assert (change["reason"] is not None) == (change["class"] == "unknown")
    assert host().call("_type_family", before, adapter) in FAMILIES
