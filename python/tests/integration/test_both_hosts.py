"""dbt and the helper's own host run the same macros: every scenario gives the same bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import unquote

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
from breaking_changes.macro_host import MacroHost
from breaking_changes.places import Places
from breaking_changes.project import Project as HelperProject

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
    by_dbt = Project(shop.root).detect(prior, **{**scenario.arguments, "format": "json"})
    by_helper = CliRunner().invoke(cli.main, [*command, "--format", "json"])
    # The lines of entries in YAML are the helper's own: the macros read no files.
    manifest = json.loads((current / "manifest.json").read_text())
    nodes = {
        unique_id: node
        for section in MacroHost().call("_sections")
        for unique_id, node in manifest.get(section, {}).items()
    }
    places = Places.of(HelperProject.at(shop.root), "")
    expected = json.dumps(places.with_entries(by_dbt.report, nodes))
    assert by_helper.stdout == expected + "\n"
    assert (by_helper.exit_code, by_helper.stderr) == (by_dbt.exit_code, "")
    for format_ in ("text", "github") if scenario.name in IN_EVERY_FORMAT else ():
        # Each in a dbt run of its own: only then dbt writes down what is disabled.
        printed = Project(shop.root).detect(prior, **{**scenario.arguments, "format": format_})
        rendered = MacroHost().call("_render", by_dbt.report, format_, str(prior))
        assert "\n".join(printed.printed) == rendered
    sarif = json.loads(CliRunner().invoke(cli.main, [*command, "--format", "sarif"]).stdout)
    for result in sarif["runs"][0]["results"]:
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            text = (shop.root / unquote(place["artifactLocation"]["uri"])).read_text()
            line = place.get("region", {}).get("startLine", 1)
            assert line <= max(text.count("\n"), 1), place
