"""The YAML that acknowledges: as it is it silences nothing, with reasons everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from rules import cases, sides

CASES = cases.load()
ALWAYS = {id_ for id_, rule in cases.host().call("_catalogue").items() if rule["level"] == "always"}


def template(case: cases.Case) -> dict[str, Any]:
    """What the operation prints for a case, parsed."""
    after = sides.side(case.after, case.adapter_type)
    nodes = cases.host().call("_nodes_by_id", after)
    text = cases.host().call("_acknowledgement_yaml", cases.report(case), nodes, "prior")
    return yaml.safe_load(text) or {}


def pasted(case: cases.Case, reason: str) -> cases.Report:
    """The report after the template was pasted with this reason."""
    given = template(case)
    removed = given.pop("vars", {}).get("breaking_changes_removed", [])
    metas = dict(entry for section in given.items() for entry in _entries(*section))

    def paste(side: sides.Side) -> sides.Side:
        for section in ("nodes", *sides.SECTIONS.values()):
            for identifier, node in side[section].items():
                _extend(node, _with_reason(metas.get(_key(identifier, node), []), reason))
        return side

    known = case.settings.get("removed", [])
    settings = {**case.settings, "removed": [*known, *_with_reason(removed, reason)]}
    prior = sides.side(case.before, case.adapter_type)
    current = paste(sides.side(case.after, case.adapter_type))
    made: cases.Report = cases.host().call(
        "find_breaking_changes",
        *(prior, current, sides.facts(case.before), sides.facts(case.after)),
        cases.settings(settings),
    )
    return made


def _entries(section: str, entries: list[dict[str, Any]]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """((section, name, table or version), acknowledgements) of every entry."""
    for entry in entries:
        (inner,) = entry.get("tables") or entry.get("versions") or [entry]
        detail = inner.get("v", inner.get("name")) if inner is not entry else None
        yield (section, entry["name"], detail), inner["config"]["meta"]["breaking_changes_ack"]


def _key(identifier: str, node: dict[str, Any]) -> tuple[Any, ...]:
    section = node["resource_type"] + "s"
    if section == "sources":
        return section, node["source_name"], node["name"]
    return section, node["name"], node.get("version")


def _with_reason(entries: list[dict[str, Any]], reason: str) -> list[dict[str, Any]]:
    assert all(entry["reason"] == "" for entry in entries)
    return [{**entry, "reason": reason} for entry in entries]


def _extend(node: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    known = node["meta"].get("breaking_changes_ack", [])
    known = [known] if isinstance(known, dict) else known
    if entries:
        node["meta"] = {**node["meta"], "breaking_changes_ack": [*known, *entries]}
        node["config"]["meta"] = node["meta"]


def left(report: cases.Report) -> list[dict[str, Any]]:
    """What still needs somebody's agreement."""
    return [
        finding
        for finding in report["changes"]
        if not finding["acknowledged"]
        and finding["severity"] != "info"
        and finding["rule"] not in ALWAYS
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_pasted_with_reasons_it_acknowledges_everything(case: cases.Case) -> None:
    assert left(pasted(case, "agreed")) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_pasted_without_reasons_it_acknowledges_nothing(case: cases.Case) -> None:
    before = [finding["fingerprint"] for finding in left(cases.report(case))]
    assert [finding["fingerprint"] for finding in left(pasted(case, ""))] == before


def test_the_text_itself() -> None:
    # That the exposure lost the model follows from the removal, which covers it.
    (case,) = (case for case in CASES if case.name == "exposure lost what it reads")
    after = sides.side(case.after)
    nodes = cases.host().call("_nodes_by_id", after)
    text = cases.host().call("_acknowledgement_yaml", cases.report(case), nodes, "prod-state")
    assert text == (
        "# Findings of severity error and warn, compared with prod-state\n"
        "# Write into each reason why the change is agreed to: an empty one does not count.\n"
        "# Add expires: 2026-12-31, say, to agree until that day only.\n"
        "# Where a node has breaking_changes_ack already, add to its list.\n"
        "vars:  # in dbt_project.yml\n"
        "  breaking_changes_removed:\n"
        '    - {node: "model.shop.users", rule: model_removed, reason: ""}'
    )


def test_the_file_that_describes_the_node_is_named() -> None:
    node = {"name": "users", "patch_path": "shop://models/users.yml", "resource_type": "model"}
    lines = cases.host().call("_node_yaml", node, [])
    assert lines[:2] == ["  # models/users.yml", '  - name: "users"']


def test_nothing_to_acknowledge() -> None:
    (case,) = (case for case in CASES if case.name == "model added")
    text = cases.host().call("_acknowledgement_yaml", cases.report(case), {}, "prod-state")
    assert text == "# Nothing to acknowledge, compared with prod-state"
