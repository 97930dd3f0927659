"""Each scenario of the integration project gives exactly the findings that it names."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from projects import REPOSITORY, SHOP, Project
from scenarios import Scenario, found, load_scenarios


@cache
def schema() -> jsonschema.Draft202012Validator:
    text = (REPOSITORY / "docs" / "report.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.fixture
def state(scenario: Scenario, shop_state: Path, tmp_path: Path) -> Path:
    """The prior state of the scenario, which mostly is that of the project as it is."""
    if not scenario.prior_edits:
        return shop_state
    prior = scenario.apply_prior(Project.copy_of(SHOP, tmp_path / "prior"))
    prior.parse().expect_success()
    return Path(shutil.copytree(prior.target, tmp_path / "state"))


@pytest.mark.parametrize("scenario", load_scenarios(), ids=lambda scenario: scenario.name)
def test_findings(scenario: Scenario, shop: Project, state: Path) -> None:
    scenario.apply(shop).parse().expect_success()
    outcome = shop.detect(state, **scenario.arguments)
    schema().validate(outcome.report)
    assert found(outcome.report) == scenario.findings
    assert outcome.exit_code == (1 if outcome.report["summary"]["errors"] else 0)


@pytest.mark.parametrize("level", ["relation", "query", "typed", "strict"])
def test_nothing_against_itself(level: str, shop: Project, shop_state: Path) -> None:
    shop.parse().expect_success()
    outcome = shop.detect(shop_state, level=level).expect_success()
    assert found(outcome.report) == {}
    assert outcome.report["coverage"]["changed"] == 0
