"""Any change of any node of any case is reported or named as not compared, never passed over."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from rules import cases, sides

Nodes = dict[str, Any]

#: (case, node), each kind of node once: what a node is like does not depend on its neighbours.
#: What reads others and is read by nobody.
NO_PROMISE = ("unit_test", "test", "operation")

#: What has neither SQL nor columns of its own.
METADATA = ("exposure", "metric", "semantic_model", "saved_query")

PLACES = list(
    {
        str(spec): (case, name)
        for case in cases.load()
        for name, spec in case.before.items()
        if not (spec or {}).get("disabled") and name.split(".")[0] not in NO_PROMISE
    }.values()
)
BUILT = [
    (case, name)
    for case, name in PLACES
    if name.split(".")[0] not in ("source", "function", *METADATA)
]


def named(place: tuple[cases.Case, str]) -> str:
    return f"{place[0].id} / {place[1]}"


def seen(case: cases.Case, name: str, after: Nodes) -> tuple[set[str], bool]:
    """The rules found on the node at level strict, and whether coverage names it."""
    report = cases.compare(case, case.before, after, {"level": "strict"})
    package = (case.before[name] or {}).get("package", sides.PROJECT)
    node = sides.short(sides.unique_id(name, package))
    found = {finding["rule"] for finding in cases.compact(report) if finding["node"] == node}
    return found, node in cases.not_compared(report)


def changed(case: cases.Case, name: str, **keys: Any) -> Nodes:
    return {**case.before, name: {**(case.before[name] or {}), **keys}}


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_a_node_that_goes_is_reported(place: tuple[cases.Case, str]) -> None:
    case, name = place
    found, _ = seen(case, name, {key: spec for key, spec in case.before.items() if key != name})
    assert found & {
        *("model_removed", "model_version_removed", "model_removed_before_deprecation_date"),
        *("seed_removed", "snapshot_removed", "source_removed", "function_removed"),
        *("exposure_removed", "metric_removed", "semantic_model_removed", "saved_query_removed"),
    }


@pytest.mark.parametrize("place", BUILT, ids=named)
def test_new_sql_is_compared_or_named(place: tuple[cases.Case, str]) -> None:
    case, name = place
    spec = case.before[name] or {}
    _, uncompared = seen(case, name, changed(case, name, sql="select 'something else'"))
    facts = spec.get("facts")
    contracted = bool(spec.get("contract") and spec.get("columns"))
    complete = contracted or (facts is not None and "incomplete" not in facts)
    assert uncompared == (not complete)


def columns(spec: Mapping[str, Any]) -> Iterator[tuple[str, Nodes]]:
    """Each column that the node has for certain, with the keys of the node without it."""
    declared = dict(spec.get("columns") or {})
    inferred = dict((spec.get("facts") or {}).get("columns") or {})
    if "incomplete" in (spec.get("facts") or {}):
        inferred = {}
    for column in {**(declared if spec.get("contract") else {}), **inferred}:
        keys = copy.deepcopy(dict(spec))
        (keys.get("columns") or {}).pop(column, None)
        if inferred:
            keys["facts"]["columns"].pop(column, None)
        yield column, keys


@pytest.mark.parametrize("place", BUILT, ids=named)
def test_a_column_that_goes_is_reported(place: tuple[cases.Case, str]) -> None:
    case, name = place
    for column, keys in columns(case.before[name] or {}):
        found, uncompared = seen(case, name, changed(case, name, **keys))
        assert found & {"column_removed", "column_undeclared"} or uncompared, column


@pytest.mark.parametrize("place", BUILT, ids=named)
def test_a_column_of_another_type_is_reported(place: tuple[cases.Case, str]) -> None:
    case, name = place
    spec = case.before[name] or {}
    for column in (spec.get("columns") or {}) if spec.get("contract") else {}:
        detail = spec["columns"][column]
        other = {**(detail if isinstance(detail, dict) else {}), "type": "interval"}
        found, uncompared = seen(
            case, name, changed(case, name, columns={**spec["columns"], column: other})
        )
        assert "column_type_changed" in found or uncompared, column


@pytest.mark.parametrize("place", BUILT, ids=named)
def test_an_inferred_column_of_another_type_is_reported(place: tuple[cases.Case, str]) -> None:
    case, name = place
    spec = case.before[name] or {}
    facts = spec.get("facts") or {}
    for column, given in (facts.get("columns") or {}).items():
        known = given if isinstance(given, list) else [given, None]
        contracted = spec.get("contract") and column in (spec.get("columns") or {})
        if contracted or known[0] is None:
            continue
        other = {**facts["columns"], column: ["INTERVAL", *known[1:]]}
        found, uncompared = seen(case, name, changed(case, name, facts={**facts, "columns": other}))
        assert "column_type_changed" in found or uncompared, column
