"""What is said of small changes without a warehouse, beside what dbt and DuckDB do with them.

All cases of `cases.yml` are one project, which is built, changed and built again, so that the
second build finds every table there; a third one builds all of them anew.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import Project, made_once

from breaking_changes.comparison import compare

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yml").read_text(encoding="utf-8")
)
_KEYS = {
    *("before", "after", "findings", "verdicts", "details", "not_compared", "compiled_verdicts"),
    *("breaks", "breaks_full_refresh"),
}

#: The tables that no seed makes: `sources.yml` of a case names them.
_TABLES = {
    "untouched_raw": "1 as va",
    "inlined_raw": "1 as vb",
    "typeless_raw": "1 as id, timestamp '2025-01-01' as ts",
    "documented_raw": "1 as id, 2.5::double as cost, 3 as d, 4 as ghost",
}
_PROJECT = {
    "name": "worlds",
    "version": "1.0",
    "profile": "worlds",
    "on-run-start": [
        f"create table if not exists main.{name} as select {columns}"
        for name, columns in _TABLES.items()
    ],
}
_PROFILE = {
    "worlds": {
        "target": "dev",
        "outputs": {"dev": {"type": "duckdb", "path": "target/worlds.duckdb", "threads": 1}},
    }
}

#: The artifacts of either side: what dbt only parsed holds no SQL of its own.
SIDES = {
    "parsed": ("parsed_before", "parsed_after"),
    "compiled before": ("compiled_before", "parsed_after"),
    "compiled after": ("parsed_before", "compiled_after"),
    "compiled": ("compiled_before", "compiled_after"),
}


@dataclass(frozen=True)
class Built:
    """The artifacts of the project in both states, and what dbt could not build of the second."""

    folder: Path
    failed: frozenset[str]
    failed_full_refresh: frozenset[str]


def _write(project: Project, files: Mapping[str, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            project.delete(path)
        else:
            project.write(path, text)


def _keep(project: Project, folder: Path, name: str) -> None:
    (folder / name).mkdir()
    for file in ("manifest.json", "catalog.json"):
        if (project.target / file).is_file():
            shutil.move(project.target / file, folder / name)


def _failed(project: Project, *args: str) -> str:
    # The manifest of an earlier command keeps the SQL that its ephemeral models had.
    statuses = Project(project.root).dbt("build", *args).statuses
    return "\n".join(sorted(name for name, status in statuses.items() if status == "error"))


def _make(folder: Path) -> None:
    project = Project(folder / "project")
    project.write("dbt_project.yml", yaml.safe_dump(_PROJECT))
    project.write("profiles.yml", yaml.safe_dump(_PROFILE))
    for case in CASES.values():
        _write(project, case["before"])
    project.parse().expect_success()
    _keep(project, folder, "parsed_before")
    project.dbt("build").expect_success()
    _keep(project, folder, "compiled_before")
    project.dbt("docs", "generate").expect_success()
    _keep(project, folder, "catalogued_before")
    for case in CASES.values():
        _write(project, case["after"])
    project.parse().expect_success()
    _keep(project, folder, "parsed_after")
    project.dbt("compile").expect_success()
    _keep(project, folder, "compiled_after")
    (folder / "failed").write_text(_failed(project))
    (folder / "failed_full_refresh").write_text(_failed(project, "--full-refresh"))


@pytest.fixture(scope="session")
def built(shared_folder: Path) -> Built:
    """The project in both states."""
    folder = made_once(shared_folder / "worlds", _make)
    failed, anew = (
        frozenset((folder / name).read_text().splitlines())
        for name in ("failed", "failed_full_refresh")
    )
    return Built(folder, failed, anew)


@pytest.fixture(scope="session", params=SIDES)
def report(request: pytest.FixtureRequest, built: Built) -> tuple[str, Mapping[str, Any]]:
    """What the helper says, from one kind of artifacts."""
    before, after = (built.folder / name for name in SIDES[request.param])
    arguments = {"level": "query", "fail_on": "never"}
    project = built.folder / "project"
    return request.param, compare(before, after, arguments, {}, project).report


def _short(unique_id: str) -> str:
    return unique_id.split(".")[2]


def _prefix(case: Mapping[str, Any]) -> str:
    """What the names of a case's models begin with."""
    path = next(path for path in case["before"] if path.startswith("models/"))
    return Path(path).name.partition("_")[0] + "_"


def _of_case(case: Mapping[str, Any], unique_ids: frozenset[str]) -> list[str]:
    return sorted(name for one in unique_ids if (name := _short(one)).startswith(_prefix(case)))


@pytest.mark.parametrize(
    ("one", "other"), list(itertools.permutations(("parsed", "compiled", "catalogued"), 2))
)
def test_what_one_side_alone_knows_is_no_change(one: str, other: str, built: Built) -> None:
    before, after = (built.folder / f"{name}_before" for name in (one, other))
    arguments = {"level": "strict", "fail_on": "never"}
    said = compare(before, after, arguments, {}, built.folder / "project").report
    assert said["changes"] == []
    assert (said["coverage"]["changed"], said["coverage"]["not_compared"]) == (0, [])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_dbt_refuses_is_what_the_case_says(case: Mapping[str, Any], built: Built) -> None:
    assert not set(case) - _KEYS
    assert _of_case(case, built.failed) == case.get("breaks", [])
    anew = case.get("breaks_full_refresh", case.get("breaks", []))
    if "details" not in case:
        assert _of_case(case, built.failed_full_refresh) == anew


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_said_is_what_the_case_says(
    case: Mapping[str, Any], report: tuple[str, Mapping[str, Any]]
) -> None:
    sides, said = report
    changes = [one for one in said["changes"] if _short(one["node"]).startswith(_prefix(case))]
    findings = sorted([one["rule"], _short(one["node"]), one["column"]] for one in changes)
    assert findings == sorted(case["findings"])
    rank = ["adapted", "changes", "unknown", "breaks"]
    verdicts: dict[str, str] = {}
    details: dict[str, str] = {}
    for entry in (entry for change in changes for entry in change["impact"]):
        name = _short(entry["node"])
        if name not in verdicts or rank.index(entry["verdict"]) > rank.index(verdicts[name]):
            verdicts[name], details[name] = entry["verdict"], entry["detail"]
    expected = case["verdicts"]
    if sides != "parsed":
        expected = case.get("compiled_verdicts", expected)
    assert verdicts == expected
    for name, detail in case.get("details", {}).items():
        assert detail in details[name]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_not_compared_is_what_the_case_says(
    case: Mapping[str, Any], report: tuple[str, Mapping[str, Any]]
) -> None:
    _, said = report
    found = {
        _short(one["node"]): one["reason"]
        for one in said["coverage"]["not_compared"]
        if _short(one["node"]).startswith(_prefix(case))
    }
    expected = case.get("not_compared", {})
    assert found.keys() == expected.keys(), found
    for name, reason in expected.items():
        assert reason in found[name]
