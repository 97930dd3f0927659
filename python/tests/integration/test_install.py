"""The package in somebody else's project, installed with `dbt deps` and called as a hook there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from projects import PACKAGE, REPOSITORY

TAG = "v0.0.1-test"
FILES = {
    "dbt_project.yml": """\
name: bakery
version: "1.0.0"
profile: bakery
flags:
  send_anonymous_usage_stats: false
on-run-start: "{{ dbt_breaking_changes.detect_breaking_changes() }}"
""",
    "profiles.yml": """\
bakery:
  target: dev
  outputs:
    dev: {type: duckdb, path: bakery.duckdb}
""",
    "models/breads.sql": "select 1 as id, 'rye' as flour\n",
    "models/rye_breads.sql": "select id from {{ ref('breads') }} where flour = 'rye'\n",
    "models/models.yml": """\
models:
  - name: breads
    config: {contract: {enforced: true}}
    columns:
      - {name: id, data_type: integer}
      - {name: flour, data_type: varchar}
""",
}


@dataclass(frozen=True)
class Bakery:
    """A second project, run as its users run it: the dbt command in its folder."""

    root: Path

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name("dbt"), "--no-use-colors", *arguments],
            cwd=self.root,
            check=False,
            capture_output=True,
            text=True,
        )

    def need(self, *arguments: str) -> str:
        done = self.dbt(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def columns(self, relation: str) -> list[str]:
        with duckdb.connect(str(self.root / "bakery.duckdb"), read_only=True) as database:
            return [row[0] for row in database.execute(f"describe {relation}").fetchall()]

    def drop_flour(self) -> None:
        (self.root / "models/breads.sql").write_text("select 1 as id\n")
        properties = (self.root / "models/models.yml").read_text().splitlines()[:-1]
        (self.root / "models/models.yml").write_text("\n".join(properties) + "\n")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with what a user gets of this package, at a tag."""
    folder = tmp_path_factory.mktemp("package") / PACKAGE
    folder.mkdir()
    for name in ("dbt_project.yml", "packages.yml"):
        shutil.copy(REPOSITORY / name, folder)
    shutil.copytree(REPOSITORY / "macros", folder / "macros")
    author = {
        f"GIT_{role}_{field}": value
        for role in ("AUTHOR", "COMMITTER")
        for field, value in (("NAME", "Test"), ("EMAIL", "test@example.com"))
    }
    for command in ("init", "add .", "commit -m package", f"tag {TAG}"):
        subprocess.run(
            ["git", *command.split()],
            cwd=folder,
            check=True,
            capture_output=True,
            env={**os.environ, **author},
        )
    return folder


@pytest.fixture(params=["git", "local"])
def bakery(request: pytest.FixtureRequest, package: Path, tmp_path: Path) -> Bakery:
    """The second project with the package installed, and no prior state yet."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    entry = {
        "git": {"git": package.as_uri(), "revision": TAG},
        "local": {"local": os.path.relpath(package, tmp_path)},
    }[request.param]
    (tmp_path / "packages.yml").write_text(json.dumps({"packages": [entry]}))
    bakery = Bakery(tmp_path)
    bakery.need("deps")
    return bakery


def test_a_second_project_is_stopped_before_anything_is_built(bakery: Bakery) -> None:
    first = bakery.need("build")
    assert first.count("nothing was compared") == 1
    assert "--state" in first
    shutil.copytree(bakery.root / "target", bakery.root / "prior")
    assert "breaking changes: nothing breaks" in bakery.need("build", "--state", "prior")

    bakery.drop_flour()
    stopped = bakery.dbt("build", "--state", "prior")
    assert stopped.returncode == 2
    assert "column_removed: breads.flour was removed" in stopped.stdout
    assert "Traceback" not in stopped.stdout + stopped.stderr
    assert "OK created" not in stopped.stdout
    assert bakery.columns("breads") == ["id", "flour"]

    listed = bakery.need("--quiet", "ls", "--resource-type", "model", "--state", "prior")
    assert listed.split() == ["bakery.breads", "bakery.rye_breads"]
