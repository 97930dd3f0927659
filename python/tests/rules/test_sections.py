"""Nothing that a manifest holds is ignored in silence: sections, resource types and keys."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest
from dbt.artifacts import resources
from dbt.artifacts.resources.types import NodeType
from dbt.artifacts.resources.v1.function import Function
from dbt.artifacts.schemas.manifest import WritableManifest
from rules import cases, pages, sides

from breaking_changes.artifacts import Manifest
from breaking_changes.macro_lists import sections

KEYS = pages.manifest_keys()

#: The classes whose fields are the keys of entries, as dbt-core 1.10 and later name them.
NAMES = (
    *("Model", "Seed", "Snapshot", "SourceDefinition", "Exposure", "Metric", "SemanticModel"),
    *("SavedQuery", "Analysis", "HookNode", "GenericTest", "SingularTest", "UnitTestDefinition"),
)
ENTRIES = [*(getattr(resources, name) for name in NAMES), Function]

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


def _listed(part: str) -> set[str]:
    return {key for listed in KEYS[part].values() for key in listed}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.__name__)
def test_every_key_of_an_entry_is_in_the_table(entry: Any) -> None:
    fields = {field.name: field for field in dataclasses.fields(entry)}
    assert set(fields) <= _listed("entries"), "docs/manifest.yml"
    config = fields["config"].default_factory
    if dataclasses.is_dataclass(config):
        assert {field.name for field in dataclasses.fields(config)} <= _listed("config")


VERSIONS = json.loads((Path(__file__).parent / "manifest_keys.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_key_of_every_version_is_in_the_table(version: str) -> None:
    """The keys are those of dbt's own schemas (manifest_keys.py)."""
    keys = VERSIONS[version]
    assert len(keys["sections"]) > 15 and len(keys["entries"]) > 80 and len(keys["config"]) > 40
    assert set(keys["sections"]) <= set(KNOWN)
    assert set(keys["entries"]) <= _listed("entries")
    # A hook is spelled with a hyphen in what dbt writes.
    assert {key.replace("-", "_") for key in keys["config"]} <= _listed("config")


def test_what_is_compared_is_a_promise() -> None:
    """The table and the list of promises do not contradict each other."""
    promised = cases.host().call("_promised_keys")
    for part, keys in (("entries", promised["node"]), ("config", promised["config"])):
        assert set(keys) <= {*KEYS[part]["compared"], "quoting"}, part


def test_every_rule_that_the_table_names_is_one() -> None:
    catalogue = cases.host().call("_catalogue")
    named = {
        word
        for part in KEYS.values()
        for text in part["compared"].values()
        for word in re.findall(r"\b[a-z]+_[a-z_]+\b", text)
    }
    others = {"renamed_from", "breaking_changes_ack", "deprecation_date", "breaking_changes_ignore"}
    assert named - others <= set(catalogue)
