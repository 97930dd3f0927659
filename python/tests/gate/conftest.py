"""Fixtures of the gate's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import Project, made_once

FILES = {
    "dbt_project.yml": """
name: tiny
version: "1.0.0"
profile: tiny
flags:
  send_anonymous_usage_stats: false
models:
  +materialized: table
""",
    "profiles.yml": """
tiny:
  target: dev
  outputs:
    dev: {type: duckdb, path: target/shop.duckdb}
""",
    "models/people.sql": "select 1 as id, 'x' as phone\n",
    "models/callers.sql": "select id\nfrom {{ ref('people') }}\nwhere phone is not null\n",
    "models/models.yml": """
models:
  - name: people
    config: {contract: {enforced: true}, access: public}
    columns:
      - {name: id, data_type: integer}
      - {name: phone, data_type: varchar}
""",
}


@pytest.fixture(scope="session")
def tiny_source(shared_folder: Path) -> Path:
    """A project of two models that runs fast, with its prior state in the folder ``prior``."""

    def make(folder: Path) -> None:
        for path, text in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        work = Project.copy_of(folder, folder.with_name("tiny_work"))
        work.parse().expect_success()
        (folder / "prior").mkdir()
        shutil.copy(work.target / "manifest.json", folder / "prior")

    return made_once(shared_folder / "tiny", make)


@pytest.fixture
def tiny(tiny_source: Path, tmp_path: Path) -> Project:
    """A fresh copy of the small project."""
    return Project.copy_of(tiny_source, tmp_path / "tiny")


@pytest.fixture
def tiny_without_phone(tiny: Project) -> Project:
    """The small project after its contracted column phone was dropped."""
    tiny.write("models/people.sql", "select 1 as id\n")
    tiny.edit("models/models.yml", "      - {name: phone, data_type: varchar}\n", "")
    return tiny


@pytest.fixture(scope="session")
def parsed_tiny(tiny_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project, parsed once: for tests that change none of its files."""
    project = Project.copy_of(tiny_source, tmp_path_factory.mktemp("parsed") / "tiny")
    project.parse().expect_success()
    return project
