"""dbt and the helper's own host run the same macros: every scenario gives the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from projects import SHOP, Project
from scenarios import Scenario, load_scenarios

from breaking_changes import cli
from breaking_changes.artifacts import load_target
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.lineage.walk.document import FILE_NAME, write

#: The others are compared as json, which the other formats are made from.
IN_EVERY_FORMAT = ("several_changes", "strict_shape", "harmless_new_column")


@pytest.fixture
def prior(scenario: Scenario, shop_state: Path, tmp_path: Path) -> Path:
    """The prior state of the scenario as a target directory."""
    if not scenario.prior_edits:
        return Path(shutil.copytree(shop_state, tmp_path / "prior"))
    project = scenario.apply_prior(Project.copy_of(SHOP, tmp_path / "prior_project"))
    project.dbt("compile").expect_success()
    return Path(shutil.copytree(project.target, tmp_path / "prior"))


@pytest.fixture
def current(scenario: Scenario, shop: Project, tmp_path: Path) -> Path:
    """The scenario's target directory as `dbt compile` leaves it."""
    scenario.apply(shop).dbt("compile").expect_success()
    return Path(shutil.copytree(shop.target, tmp_path / "current"))


@pytest.mark.parametrize("scenario", load_scenarios(), ids=lambda scenario: scenario.name)
def test_both_hosts_print_the_same(
    scenario: Scenario, shop: Project, prior: Path, current: Path
) -> None:
    sides = load_target(prior), load_target(current, shop.root)
    lineages = lineage_for_change(*sides, Cache.default(), Workers(1))
    for folder, document in zip((prior, shop.target), lineages, strict=True):
        write(document, folder / FILE_NAME)
    command = ["check", "--base", str(prior), "--current", str(current), "--path-prefix", ""]
    command += ["--project-dir", str(shop.root)]
    for name, value in scenario.arguments.items():
        command += [f"--{name.replace('_', '-')}", value]
    formats = ("json", "text", "github") if scenario.name in IN_EVERY_FORMAT else ("json",)
    for format_ in formats:
        # Each in a dbt run of its own: only then dbt writes down what is disabled.
        by_dbt = Project(shop.root).detect(prior, **{**scenario.arguments, "format": format_})
        by_helper = CliRunner().invoke(cli.main, [*command, "--format", format_])
        assert by_helper.stdout == "\n".join(by_dbt.printed) + "\n"
        assert (by_helper.exit_code, by_helper.stderr) == (by_dbt.exit_code, "")
