"""The published schema is itself valid, and strict."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from render import samples

from breaking_changes.macro_host import MacroHost

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "report.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CATALOGUE = MacroHost().call("_catalogue")


def test_the_schema_names_the_rules_of_the_catalogue() -> None:
    assert sorted(SCHEMA["$defs"]["rule"]["enum"]) == sorted(CATALOGUE)


def test_the_schema_names_the_severities_of_the_catalogue() -> None:
    used = {rule["severity"] for rule in CATALOGUE.values()}
    assert used <= set(SCHEMA["$defs"]["change"]["properties"]["severity"]["enum"])


def test_the_schema_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [samples.SMALL, samples.EMPTY, samples.HOSTILE, samples.big(8)])
def test_accepts(report: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(report)) == []


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (["format_version"], 2),
        (["result"], "ok"),
        (["extra"], 1),
        (["summary", "errors"], -1),
        (["coverage", "by_evidence", "guessed"], 1),
        (["changes", 0, "rule"], "column_dropped"),
        (["changes", 0, "severity"], "warning"),
        (["changes", 0, "line"], 0),
        (["changes", 0, "fingerprint"], "3F2A"),
        (["changes", 0, "acknowledged"], {"reason": "x"}),
        (["changes", 0, "impact", 0, "verdict"], "broken"),
        (["changes", 0, "impact", 0, "note"], "x"),
    ],
)
def test_refuses(where: list[Any], value: Any) -> None:
    report = copy.deepcopy(samples.SMALL)
    target = report
    for key in where[:-1]:
        target = target[key]
    target[where[-1]] = value
    assert list(VALIDATOR.iter_errors(report))
