"""The view that dbt 1.12 keeps on the latest version of a model: what breaks, and what is said.

dbt 1.11 makes no such view; `test_newer_dbt.py` runs these with dbt 1.12.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from dbt.version import __version__ as dbt_version
from projects import PACKAGE, REPOSITORY, Project

from breaking_changes.comparison import compare
from breaking_changes.lineage.walk.document import FILE_NAME

pytestmark = pytest.mark.skipif(
    tuple(map(int, dbt_version.split(".")[:2])) < (1, 12),
    reason="dbt makes no view on the latest version of a model before 1.12",
)

PROJECT = {
    "name": "pointers",
    "version": "1.0",
    "profile": "pointers",
    "models": {"+materialized": "table"},
}
OUTPUT = {"type": "duckdb", "path": "target/pointers.duckdb", "threads": 1}
PROFILE = {"pointers": {"target": "dev", "outputs": {"dev": OUTPUT}}}

#: Models that name the view in SQL are built after it by a comment, as dbt's manual says.
AFTER = "-- depends_on: {{ ref('dim') }}\n"
CONSUMERS = {
    "names": "select id, phone from {{ target.schema }}.dim",
    "names_id": "select id from main.dim",
    "by_ref": "select id, phone from {{ ref('dim') }}",
    "pinned": "select id, phone from {{ ref('dim', v=1) }}",
}
FULL, CUT = "select 1 as id, 'x' as phone", "select 1 as id"


def _dim(latest: int, *versions: int, enabled: bool = True) -> str:
    model = {
        "name": "dim",
        "latest_version": latest,
        "config": {"latest_version_pointer": {"enabled": enabled}},
        "versions": [{"v": number} for number in versions],
    }
    return yaml.safe_dump({"models": [model]})


@dataclass(frozen=True)
class Change:
    """What the model becomes, what dbt cannot build then, and the findings with their verdicts."""

    files: dict[str, str]
    fails: set[str]
    findings: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)


CHANGES = {
    "a new latest version without the column": Change(
        {"models/dim.yml": _dim(2, 1, 2), "models/dim_v2.sql": CUT},
        {"names", "by_ref"},
        {
            ("model_latest_version_changed", "dim.v1"): {
                "names": "breaks",
                "names_id": "changes",
                "by_ref": "breaks",
            }
        },
    ),
    "the column goes": Change(
        {"models/dim_v1.sql": CUT},
        {"names", "by_ref", "pinned"},
        {
            ("column_removed", "dim.v1"): {
                "names": "breaks",
                "by_ref": "breaks",
                "pinned": "breaks",
            }
        },
    ),
    "the view is switched off and stays where it is": Change(
        {"models/dim.yml": _dim(1, 1, enabled=False)},
        set(),
        {
            ("latest_version_pointer_removed", "dim.v1"): {
                "names": "unknown",
                "names_id": "unknown",
            }
        },
    ),
    "the model is described otherwise": Change(
        {"models/other.yml": yaml.safe_dump({"models": [{"name": "names", "description": "x"}]})},
        set(),
    ),
}


def _short(unique_id: str) -> str:
    return unique_id.removeprefix("model.pointers.")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The project as it was, built."""
    made = Project(tmp_path / "project")
    made.write("dbt_project.yml", yaml.safe_dump(PROJECT))
    made.write("profiles.yml", yaml.safe_dump(PROFILE))
    made.write("packages.yml", yaml.safe_dump({"packages": [{"local": str(REPOSITORY)}]}))
    (made.root / "dbt_packages").mkdir()
    (made.root / "dbt_packages" / PACKAGE).symlink_to(REPOSITORY, target_is_directory=True)
    made.write("models/dim.yml", _dim(1, 1))
    made.write("models/dim_v1.sql", FULL)
    for name, sql in CONSUMERS.items():
        made.write(f"models/{name}.sql", (AFTER if "main" in sql or "target" in sql else "") + sql)
    made.dbt("build").expect_success()
    return made


@pytest.mark.parametrize("name", CHANGES)
def test_what_breaks_is_what_dbt_cannot_build(name: str, project: Project, tmp_path: Path) -> None:
    change = CHANGES[name]
    project.lineage()
    prior = Path(shutil.copytree(project.target, tmp_path / "prior"))
    for path, text in change.files.items():
        project.write(path, text)
    project.dbt("compile").expect_success()
    current = Path(shutil.copytree(project.target, tmp_path / "current"))
    (current / FILE_NAME).unlink()
    project.lineage()
    by_dbt = project.detect(prior, level="query").report
    by_helper = compare(prior, current, {"level": "query"}, {}, project.root).report
    for report in (by_dbt, by_helper):
        assert change.findings == {
            (one["rule"], _short(one["node"])): {
                _short(entry["node"]): entry["verdict"] for entry in one["impact"]
            }
            for one in report["changes"]
            if _short(one["node"]).startswith("dim")
        }
    built = project.dbt("build").statuses
    assert {_short(node) for node, status in built.items() if status == "error"} == change.fails
