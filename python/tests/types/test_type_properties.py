"""Properties of the lattice over random types: spelling does not count, any text has an answer."""

from __future__ import annotations

import random

from hypothesis import example, given, settings
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


#: The classes of a change and of its way back. An integer and a decimal may hold parts of each
#: other only, so that both ways narrow.
INVERSES = (
    {"same"},
    {"widened", "narrowed"},
    {"widened_lossy", "narrowed"},
    {"narrowed"},
    {"changed"},
)
#: A struct whose fields go different ways is changed, and its way back narrows every field when
#: one of them narrows both ways.
MIXED_INVERSES = (*INVERSES, {"changed", "narrowed"})


@settings(deadline=None, max_examples=150)
@given(TYPES, TYPES)
@example(
    "MAP(VARCHAR, STRUCT(a INTEGER, b DECIMAL(10,2)))", "MAP(VARCHAR, STRUCT(a BIGINT, b INTEGER))"
)
def test_the_way_back_is_the_inverse(before: str, after: str) -> None:
    forth, back = classify(before, after), classify(after, before)
    fields: list[list[dict[str, str]]] = [forth["fields"], back["fields"]]  # type: ignore[list-item]
    assert {forth["class"], back["class"]} in (MIXED_INVERSES if fields[0] else INVERSES)
    assert [field["path"] for field in fields[0]] == [field["path"] for field in fields[1]]
    for one, other in zip(*fields, strict=True):
        assert {one["change"], other["change"]} in INVERSES


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
