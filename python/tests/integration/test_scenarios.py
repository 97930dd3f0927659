"""Each scenario of the integration project gives exactly the findings that it names."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from projects import REPOSITORY, Project
from scenarios import Scenario, found, load_scenarios


@cache
def schema() -> jsonschema.Draft202012Validator:
    text = (REPOSITORY / "docs" / "report.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.mark.parametrize("scenario", load_scenarios(), ids=lambda scenario: scenario.name)
def test_findings(scenario: Scenario, shop: Project, shop_state: Path) -> None:
    scenario.apply(shop).parse().expect_success()
    outcome = shop.detect(shop_state, **scenario.arguments)
    schema().validate(outcome.report)
    assert found(outcome.report) == scenario.findings
    assert outcome.exit_code == (1 if outcome.report["summary"]["errors"] else 0)


@pytest.mark.parametrize("level", ["relation", "query", "typed", "strict"])
def test_nothing_against_itself(level: str, shop: Project, shop_state: Path) -> None:
    shop.parse().expect_success()
    outcome = shop.detect(shop_state, level=level).expect_success()
    assert found(outcome.report) == {}
    assert outcome.report["coverage"]["changed"] == 0
