"""Every rule of the catalogue on small pairs of sides, with the complete report expected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rules import cases, sides

CASES = cases.load()
CATALOGUE: dict[str, Any] = cases.host().call("_catalogue")
SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "report.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def as_dbt_2(value: Any) -> Any:
    """dbt 2 leaves out every key that is null; empty ones are left out here as well."""
    if isinstance(value, dict):
        return {key: as_dbt_2(item) for key, item in value.items() if item not in (None, [], {})}
    return [as_dbt_2(item) for item in value] if isinstance(value, list) else value


def as_dbt_1_8(value: sides.Side) -> sides.Side:
    """Columns had no config before dbt 1.10."""
    for section in ("nodes", "sources"):
        for node in value[section].values():
            for column in node.get("columns", {}).values():
                del column["config"]
    return value


SHAPES: dict[str, Callable[[sides.Side], sides.Side]] = {
    "as dbt 1.11": lambda value: value,
    "as dbt 1.8": as_dbt_1_8,
    "as dbt 2": as_dbt_2,
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: cases.Case, shape: cases.Shape) -> None:
    report = cases.report(case, shape=shape)
    assert cases.compact(report) == case.expect
    assert cases.not_compared(report) == case.not_compared
    assert report["coverage"]["ignored"] == list(case.ignored)
    assert tuple(map(sides.short, report["coverage"]["needs_compile"])) == case.needs_compile
    assert [error.message for error in VALIDATOR.iter_errors(report)] == []
    counts = report["coverage"]
    assert len(counts["not_compared"]) == len({entry["node"] for entry in counts["not_compared"]})
    assert counts["changed"] >= counts["compared"] == sum(counts["by_evidence"].values())


def test_every_rule_fires_and_nearly_fires() -> None:
    fires = {finding["rule"] for case in CASES for finding in case.expect}
    near = {rule for case in CASES for rule in case.near}
    assert fires == set(CATALOGUE), (
        "tests/rules/cases: no case expects these, or no rule is called so"
    )
    assert near == set(CATALOGUE), "tests/rules/cases: no case has these in near"


NEAR = [(case, rule) for case in CASES for rule in case.near]

SWITCHED_OFF = {
    ("guarantees: tests removed, at the default level", "unique_test_removed"),
    ("policy: severity of a rule raised, another switched off", "model_access_narrowed"),
    ("policy: severity of a rule raised, another switched off", "column_added"),
    ("policy: acknowledgement findings have severities as well", "acknowledgement_without_reason"),
    ("types: type widened, at the default level", "column_type_widened"),
}
"""Where settings alone, and not the sides, keep a rule from firing."""


@pytest.mark.parametrize(("case", "rule"), NEAR, ids=[f"{case.id}: {rule}" for case, rule in NEAR])
def test_a_near_miss_misses(case: cases.Case, rule: str) -> None:
    """The sides differ, and with every rule switched on this one does not fire all the same."""
    assert case.before != case.after or case.settings
    assert rule not in _rules(cases.report(case))
    strictly = _rules(cases.report(case, {"level": "strict"}))
    assert (rule in strictly) == ((case.id, rule) in SWITCHED_OFF)


def _rules(report: cases.Report) -> set[str]:
    return {change["rule"] for change in report["changes"]}


def test_names_of_cases_differ() -> None:
    assert [name for name, count in Counter(case.id for case in CASES).items() if count > 1] == []


WAREHOUSE = {"columns": {"id": "INTEGER", "phone": "VARCHAR"}, "evidence": "warehouse"}
INFERRED = {"columns": {"id": ["INTEGER", "i", "source.raw.u:id"], "phone": "VARCHAR"}}


@pytest.mark.parametrize(
    ("changed", "rules", "count"),
    [
        ({"facts": INFERRED}, [], 0),
        ({"facts": INFERRED, "sql": "select 2"}, [], 1),
        ({"facts": {"columns": {"id": "INTEGER"}}}, ["column_removed"], 1),
        ({"facts": {"columns": {"id": "INTEGER", "phone": None}}}, [], 1),
        ({"facts": {**INFERRED, "incomplete": "the SQL cannot be read"}}, [], 1),
    ],
    ids=["the same", "other SQL", "a column less", "a type unknown", "not all columns"],
)
def test_other_evidence_alone_is_no_change(
    changed: dict[str, Any], rules: list[str], count: int
) -> None:
    before, after = ({"users": {"facts": WAREHOUSE} | keys} for keys in ({}, changed))
    report = cases.host().call(
        "find_breaking_changes",
        *(sides.side(before), sides.side(after), sides.facts(before), sides.facts(after)),
        cases.settings({}),
    )
    assert [change["rule"] for change in report["changes"]] == rules
    assert report["coverage"]["changed"] == count
