"""Each scenario of the integration project gives exactly the findings that it names."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from named_breaks import undecided, unnamed
from projects import REPOSITORY, SHOP, Outcome, Project
from scenarios import Findings, Scenario, found, load_scenarios

SCENARIOS = pytest.mark.parametrize("scenario", load_scenarios(), ids=lambda each: each.name)


@cache
def schema() -> jsonschema.Draft202012Validator:
    text = (REPOSITORY / "docs" / "report.schema.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


def check(outcome: Outcome, expected: Findings) -> None:
    schema().validate(outcome.report)
    assert found(outcome.report) == expected
    assert outcome.exit_code == (1 if outcome.report["summary"]["errors"] else 0)


@pytest.fixture
def own_prior(scenario: Scenario, tmp_path: Path) -> Project | None:
    """The scenario's own prior state; mostly none, as that is the project as it is."""
    if not scenario.prior_edits:
        return None
    return scenario.apply_prior(Project.copy_of(SHOP, tmp_path / "prior"))


def lineage_of(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "column_lineage.json").read_text())
    return document


@SCENARIOS
def test_findings(
    scenario: Scenario, shop: Project, shop_state: Path, own_prior: Project | None, tmp_path: Path
) -> None:
    if own_prior:
        own_prior.parse().expect_success()
        shop_state = Path(shutil.copytree(own_prior.target, tmp_path / "state"))
    check(scenario.apply(shop).detect(shop_state, **scenario.arguments), scenario.findings)


@SCENARIOS
def test_findings_with_lineage(
    scenario: Scenario,
    shop: Project,
    shop_state_with_lineage: Path,
    own_prior: Project | None,
    tmp_path: Path,
) -> None:
    if own_prior:
        own_prior.dbt("compile").expect_success()
        own_prior.lineage()
        shop_state_with_lineage = Path(shutil.copytree(own_prior.target, tmp_path / "state"))
    scenario.apply(shop).dbt("compile").expect_success()
    shop.lineage()
    facts = [lineage_of(folder) for folder in (shop_state_with_lineage, shop.target)]
    outcome = shop.detect(shop_state_with_lineage, **scenario.arguments)
    check(outcome, scenario.with_lineage)
    assert unnamed(outcome.report, *facts) == []
    assert undecided(outcome.report, *facts) == []


@pytest.mark.parametrize("level", ["relation", "query", "typed", "strict"])
def test_nothing_against_itself(
    level: str, shop: Project, shop_state: Path, shop_state_with_lineage: Path
) -> None:
    # The operation writes the manifest anew, without the compiled SQL that lineage needs.
    shop.dbt("compile").expect_success()
    shop.lineage()
    for state in (shop_state_with_lineage, shop_state):
        outcome = shop.detect(state, level=level).expect_success()
        assert found(outcome.report) == {}
        assert outcome.report["coverage"]["changed"] == 0
        (shop.target / "column_lineage.json").unlink(missing_ok=True)


@SCENARIOS
def test_what_is_expected_to_break_is_what_the_database_refuses(scenario: Scenario) -> None:
    verdicts: dict[str, set[str]] = {"breaks": set(), "unknown": set()}
    for finding in scenario.with_lineage.values():
        for verdict in verdicts:
            verdicts[verdict].update(finding["impact"].get(verdict, []))
    built = {node for node in verdicts["breaks"] if node not in NOT_BUILT}
    assert built - set(scenario.fails) == set()
    assert set(scenario.fails) - verdicts["breaks"] - verdicts["unknown"] == set()


#: Nodes that dbt does not build by themselves, so that no build can refuse them.
NOT_BUILT = {
    *("int_order_items_priced", "int_refunds_per_order", "semantic_model.orders"),
    *("metric.average_order_value", "metric.revenue", "saved_query.revenue_by_delivery"),
}
