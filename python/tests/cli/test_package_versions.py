"""Packages: which versions a side has, what a bump changes, and who can no longer install it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from lineage_manifests import manifest, node
from projects import REPOSITORY

from breaking_changes.artifacts.package_files import packages_of
from breaking_changes.cli import main
from breaking_changes.macro_host import MacroHost

LOCK = """\
packages:
  - name: dbt_utils
    package: dbt-labs/dbt_utils
    version: 1.3.0
  - package: calogica/dbt_expectations
    version: 0.10.4
  - git: https://example.com/crm.git
    name: crm
    revision: 8f1a
sha1_hash: 5ae1
"""


def _project(folder: Path, version: str, requires: str, crm: str) -> None:
    """A project `shop` with the package `crm` installed."""
    settings = {"": ("shop", version, requires), "dbt_packages/crm": ("crm", crm, "")}
    for place, (name, its_version, its_range) in settings.items():
        (folder / place).mkdir(parents=True, exist_ok=True)
        text = f"name: '{name}'\nversion: '{its_version}'\n"
        text += f"require-dbt-version: {its_range}\n" if its_range else ""
        (folder / place / "dbt_project.yml").write_text(text)
    (folder / "package-lock.yml").write_text(LOCK)


def test_versions_are_read_from_the_projects_files(tmp_path: Path) -> None:
    _project(tmp_path, "1.0.0", '[">=1.8.0", "<2.0.0"]', "2.1.0")
    assert packages_of(tmp_path) == {
        "shop": {"version": "1.0.0", "requires_dbt": ">=1.8.0,<2.0.0"},
        "crm": {"version": "2.1.0", "requires_dbt": None},
        "dbt_utils": {"version": "1.3.0", "requires_dbt": None},
        "dbt_expectations": {"version": "0.10.4", "requires_dbt": None},
    }
    assert packages_of(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize("written", ['">=1.8.0"', "'>=1.8.0'", '[">=1.8.0"]', '\n  - ">=1.8.0"'])
def test_a_required_version_is_read_however_it_is_written(written: str, tmp_path: Path) -> None:
    _project(tmp_path, "1", written, "1")
    assert packages_of(tmp_path)["shop"]["requires_dbt"] == ">=1.8.0"


RANGES = [
    (">=1.8.0,<2.0.0", ">=1.8.0,<2.0.0", False),
    (">=1.8.0,<2.0.0", ">=1.10.0,<2.0.0", True),
    (">=1.8.0,<2.0.0", ">=1.8,<3.0.0", False),
    (">=1.8.0,<3.0.0", ">=1.8.0,<2.0.0", True),
    (">=1.8.0", ">1.8.0", True),
    ("<=1.9.0", "<1.9.0", True),
    (None, ">=1.0.0", True),
    (">=1.0.0", None, False),
    (">=1.0.0", "==1.9.0", True),
    ("1.9.0", "=1.9.0", False),
]


@pytest.mark.parametrize(("before", "after", "narrowed"), RANGES)
def test_a_range_that_leaves_out_versions_is_narrowed(
    before: str | None, after: str | None, narrowed: bool
) -> None:
    assert MacroHost().call("_narrowed", before, after) == narrowed


def _target(project: Path, sql: str) -> None:
    """The artifacts of a package's model and of the project's own consumer of it."""
    contacts = node("model.crm.contacts", sql, package_name="crm")
    text = 'select id, email from "dev"."main"."contacts"'
    people = node("model.shop.people", text, ("model.crm.contacts",))
    (project / "target").mkdir()
    made = json.dumps(manifest(contacts, people))
    (project / "target" / "manifest.json").write_text(made)


def _check(before: Path, after: Path, format_: str) -> str:
    arguments = ["check", "--base", str(before / "target"), "--current", str(after / "target")]
    result = CliRunner().invoke(main, [*arguments, "--format", format_])
    assert result.exit_code == 1, result.output
    return result.stdout


@pytest.fixture
def bumped(tmp_path: Path) -> tuple[Path, Path]:
    """A project before and after its package was bumped, and its own range narrowed."""
    before, after = tmp_path / "before", tmp_path / "after"
    _project(before, "1.0.0", "'>=1.8.0'", "2.1.0")
    _project(after, "1.0.0", "'>=1.10.0'", "3.0.0")
    _target(before, "select 1 as id, 'x' as email")
    _target(after, "select 1 as id")
    return before, after


def test_a_bump_is_compared_and_grouped_under_the_package(bumped: tuple[Path, Path]) -> None:
    report: dict[str, Any] = json.loads(_check(*bumped, "json"))
    schema = json.loads((REPOSITORY / "docs" / "report.schema.json").read_text())
    Draft202012Validator(schema).validate(report)
    same = {"required_dbt_before": None, "required_dbt": None, "narrowed": False}
    assert report["coverage"]["packages"] == [
        {"name": "crm", "before": "2.1.0", "after": "3.0.0", **same, "findings": 1},
        {
            "name": "shop",
            "before": "1.0.0",
            "after": "1.0.0",
            "required_dbt_before": ">=1.8.0",
            "required_dbt": ">=1.10.0",
            "narrowed": True,
            "findings": 0,
        },
    ]
    text = _check(*bumped, "text")
    assert "\npackage crm:\nerror   column_removed: contacts.email was removed\n" in text
    assert "\npackage crm: 2.1.0 to 3.0.0, 1 finding\n" in text
    said = " ".join(text.split())
    assert "package shop: requires dbt >=1.10.0 now, before >=1.8.0: not every" in said


def _finding(severity: str, path: str) -> dict[str, Any]:
    keys = ("column", "before", "after", "line", "caused_by", "acknowledged")
    return {
        **dict.fromkeys(keys),
        **{"fingerprint": path, "severity": severity, "path": path, "impact": []},
    }


#: The severities of findings by their files' folders, and the order in which they are shown.
ORDERS = [
    (
        ["info own", "error own", "warn crm", "error crm"],
        ["error own", "info own", "error crm", "warn crm"],
    ),
    (["warn own", "warn erp", "error crm"], ["error crm", "warn own", "warn erp"]),
    (["warn own", "info crm", "error own"], ["error own", "warn own", "info crm"]),
]


@pytest.mark.parametrize(("found", "shown"), ORDERS)
def test_the_findings_of_a_package_stand_together(found: list[str], shown: list[str]) -> None:
    paths = {"own": "models/own.sql"}
    changes = [
        {**_finding(severity, paths.get(place, f"dbt_packages/{place}/{severity}.sql"))}
        for severity, place in map(str.split, found)
    ]
    for number, change in enumerate(changes):
        change["fingerprint"] = str(number)
    groups = MacroHost().call("_groups", {"changes": changes})
    assert [found[int(group["cause"]["fingerprint"])] for group in groups] == shown


#: The package-lock.yml kept with the prior artifacts, and that of the project: what is said of it.
KEPT = [
    (None, LOCK, None),
    (LOCK, LOCK, None),
    (LOCK, None, None),
    (LOCK, LOCK.replace("1.3.0", "1.4.0"), [("dbt_utils", "1.3.0", "1.4.0")]),
]


@pytest.mark.parametrize(("kept", "now", "said"), KEPT)
def test_a_base_inside_the_project_has_no_project_files_of_its_own(
    kept: str | None, now: str | None, said: list[tuple[str, str, str]] | None, tmp_path: Path
) -> None:
    """The files above it are those of today: only a kept lock file says what was pinned."""
    _project(tmp_path, "2.0.0", "'>=1.10.0'", "3.0.0")
    _target(tmp_path, "select 1 as id, 'x' as email")
    prior = (tmp_path / "target").rename(tmp_path / "prior")
    _target(tmp_path, "select 1 as id")
    (tmp_path / "package-lock.yml").unlink()
    for folder, lock in ((prior, kept), (tmp_path, now)):
        if lock is not None:
            (folder / "package-lock.yml").write_text(lock)
    arguments = ["check", "--base", str(prior), "--current", str(tmp_path / "target")]
    result = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert result.exit_code == 1, result.output
    packages = json.loads(result.stdout)["coverage"].get("packages")
    found = packages and [(one["name"], one["before"], one["after"]) for one in packages]
    assert found == said
