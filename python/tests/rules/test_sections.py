"""Nothing that a manifest holds is ignored in silence: sections, resource types and keys."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pytest
from dbt.artifacts.resources.types import NodeType
from dbt.artifacts.schemas.manifest import WritableManifest
from rules import cases, sides

from breaking_changes.artifacts import Manifest
from breaking_changes.macro_lists import sections

KNOWN = cases.host().call("_manifest_sections")


def _coverage(prior: sides.Side, current: sides.Side) -> dict[str, str]:
    report = cases.host().call(
        "find_breaking_changes", prior, current, None, None, cases.settings({})
    )
    return {entry["node"]: entry["reason"] for entry in report["coverage"]["not_compared"]}


def test_every_section_that_dbt_writes_is_known() -> None:
    assert {field.name for field in dataclasses.fields(WritableManifest)} <= set(KNOWN)


def test_every_resource_type_is_compared_or_a_consumer() -> None:
    known = cases.host().call("_resource_types")
    others = {
        # Not in the sections that hold nodes, or no part of a manifest's promises.
        *("macro", "doc", "group", "operation", "sql_operation", "sql operation", "fixture", "rpc"),
    }
    assert {str(kind.value) for kind in NodeType} <= {*known, *others}


UNKNOWN = [
    ({}, {"widgets": {"a": {}, "b": {}}}, "2 entries of a section that is not known here"),
    ({"widgets": {"a": 1}}, {}, "1 entries of a section that is not known here"),
    ({"widgets": {"a": 1}}, {"widgets": {"a": 1}}, None),
    ({"widgets": {}}, {"widgets": None}, None),
]


@pytest.mark.parametrize(("before", "after", "reason"), UNKNOWN)
def test_a_section_that_nothing_knows_is_named(
    before: dict[str, Any], after: dict[str, Any], reason: str | None
) -> None:
    side = sides.side({"users": {}})
    found = _coverage({**side, **before}, {**side, **after})
    assert found == ({"widgets": reason} if reason else {})


def test_a_resource_type_that_nothing_knows_is_named() -> None:
    prior = sides.side({"users": {}})
    prior["nodes"]["widget.shop.w"] = {"unique_id": "widget.shop.w", "resource_type": "widget"}
    current = copy.deepcopy(prior)
    assert _coverage(prior, current) == {}
    current["nodes"]["widget.shop.w"]["size"] = 2
    assert _coverage(prior, current) == {
        "widget.shop.w": "its resource type is not known here: widget"
    }


def test_the_helper_reads_the_same_sections() -> None:
    assert set(sections()) == {section for section, how in KNOWN.items() if how == "compared"}
    entries = {section: {f"{section}.x": {"resource_type": "x"}} for section in sections()}
    assert set(Manifest({"metadata": {}, **entries}).nodes) == {f"{name}.x" for name in sections()}
