"""What docs/intentional-changes.md shows is understood, and does what its text says."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from rules import cases, pages, sides

DOCUMENT = (pages.REPOSITORY / "docs" / "intentional-changes.md").read_text(encoding="utf-8")
CATALOGUE = cases.host().call("_catalogue")
EXAMPLES = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)]
VARS = [example["vars"] for example in EXAMPLES if "vars" in example]
MODELS = [model for example in EXAMPLES for model in example.get("models", [])]

READER: dict[str, Any] = {"mart": {"from": ["users"]}}
USERS: dict[str, Any] = {"contract": True, "columns": {"id": "integer", "phone": "varchar"}}


def shown(key: str) -> Any:
    """The value of a key that the examples show once, wherever it stands in them."""
    (value,) = [value for model in MODELS for value in _find(model, key)]
    return value


def _find(value: Any, key: str) -> list[Any]:
    if isinstance(value, list):
        return [found for item in value for found in _find(item, key)]
    if not isinstance(value, dict):
        return []
    own = [value[key]] if key in value else []
    return own + [found for item in value.values() for found in _find(item, key)]


def severities(before: Any, after: Any, as_of: str) -> dict[str, str]:
    """Rule to severity of what a change gives on a day."""
    case = cases.Case("", "", before, after, {}, "duckdb", [], {}, ())
    report = cases.report(case, {"as_of": as_of})
    return {change["rule"]: change["severity"] for change in report["changes"]}


def test_every_rule_that_is_named_is_one() -> None:
    assert set(re.findall(r"\(rules/(\w+)\.md\)", DOCUMENT)) <= set(CATALOGUE)
    assert {ack["rule"] for ack in shown("breaking_changes_ack")} <= set(CATALOGUE)


@pytest.mark.parametrize("variables", VARS, ids=lambda variables: next(iter(variables)))
def test_vars_are_accepted(variables: dict[str, Any]) -> None:
    given = {name.removeprefix("breaking_changes_"): value for name, value in variables.items()}
    cases.settings(given)


@pytest.mark.parametrize(("day", "severity"), [("2026-09-29", "error"), ("2026-09-30", "info")])
def test_sunset_of_a_column(day: str, severity: str) -> None:
    (meta,) = (
        c["config"]["meta"]
        for m in MODELS
        for c in m.get("columns", [])
        if c["name"] == "phone" and "config" in c
    )
    dated = {**USERS, "columns": {"id": "integer", "phone": {"type": "varchar", "meta": meta}}}
    after = {"users": {**USERS, "columns": {"id": "integer"}}, **READER}
    assert severities({"users": dated, **READER}, after, day) == {"column_removed": severity}


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-09-29", {"model_removed_before_deprecation_date": "error"}),
        ("2026-09-30", {"model_removed": "info"}),
    ],
)
def test_deprecation_date_of_a_model(day: str, found: dict[str, str]) -> None:
    (date,) = (str(model["deprecation_date"]) for model in MODELS if "deprecation_date" in model)
    before = {"users": {**USERS, "deprecation": date}, **READER}
    assert severities(before, {"mart": {"from": []}}, day) == found


def test_the_change_itself_cannot_announce() -> None:
    dated = {
        "id": "integer",
        "phone": {"type": "varchar", "meta": {"deprecation_date": "2026-01-01"}},
    }
    step = {"users": {**USERS, "columns": dated}, **READER}
    assert severities({"users": USERS, **READER}, step, cases.TODAY) == {}
    gone = {"users": {**USERS, "columns": {"id": "integer"}, "deprecation": "2026-01-01"}, **READER}
    assert severities({"users": USERS, **READER}, gone, cases.TODAY) == {"column_removed": "error"}


@pytest.mark.parametrize(("day", "agreed"), [("2026-12-31", True), ("2027-01-01", False)])
def test_acknowledgement(day: str, agreed: bool) -> None:
    meta = {"breaking_changes_ack": shown("breaking_changes_ack")}
    after = {"users": {**USERS, "columns": {"id": "integer"}, "meta": meta}, **READER}
    case = cases.Case("", "", {"users": USERS, **READER}, after, {}, "duckdb", [], {}, ())
    report = cases.report(case, {"as_of": day})
    (removed,) = (change for change in report["changes"] if change["rule"] == "column_removed")
    assert (removed["acknowledged"] is not None, report["result"] == "pass") == (agreed, agreed)


def test_tombstones() -> None:
    (given,) = (
        entry["breaking_changes_removed"] for entry in VARS if "breaking_changes_removed" in entry
    )
    before = {
        "users": {},
        "source.raw.users": {},
        "orders.v1": {"latest": 2},
        "orders.v2": {"latest": 2},
    }
    case = cases.Case("", "", before, {"orders.v2": {"latest": 2}}, {}, "duckdb", [], {}, ())
    report = cases.report(case, {"removed": given})
    assert {
        sides.short(change["node"]): (change["rule"], change["acknowledged"] is not None)
        for change in report["changes"]
    } == {
        "users": ("model_removed", True),
        "source.raw.users": ("source_removed", True),
        "orders.v1": ("model_version_removed", True),
    }
