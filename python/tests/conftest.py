"""Fixtures that every test may use."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest
from projects import SHOP, Project, made_once

# dbt leaves large manifests in a process that runs it many times; looking through all of them at
# every small allocation would cost more than the tests.
gc.set_threshold(100_000, 50, 50)


SLOW = (
    "baseline/test_example.py",
    "baseline/test_runs.py",
    "baseline/test_save_and_load.py",
    "baseline/test_savers.py",
    "baseline/test_what_is_refused.py",
    "cli/test_packaging.py",
    "hostile/test_circles.py",
    "hostile/test_denial.py",
    "integration/test_base_ref_with_dbt.py",
    "integration/test_both_hosts.py",
    "integration/test_install.py",
    "integration/test_newer_dbt.py",
    "integration/test_package_bump.py",
    "integration/test_oracle.py",
    "judges/",
    "witness/",
    "worlds/",
)
"""What `make test` leaves to `make test-all`: long runs over what shorter tests cover in part."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of SLOW."""
    for item in items:
        place = item.path.relative_to(Path(__file__).parent).as_posix()
        if place.startswith(SLOW):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def shop_built(shared_folder: Path) -> Project:
    """The integration project, built, with its column lineage; for reading only."""

    def build(folder: Path) -> None:
        project = Project.copy_of(SHOP, folder)
        project.dbt("build").expect_success()
        project.lineage()

    return Project(made_once(shared_folder / "shop", build))


@pytest.fixture(scope="session")
def shop_state(shop_built: Project, shared_folder: Path) -> Path:
    """The prior state that ``--state`` names: the manifest of a build, and nothing else."""

    def keep(folder: Path) -> None:
        folder.mkdir()
        shutil.copy(shop_built.target / "manifest.json", folder)

    return made_once(shared_folder / "shop_state", keep)


@pytest.fixture(scope="session")
def shop_state_with_lineage(shop_built: Project, shared_folder: Path) -> Path:
    """The prior state with the column lineage beside its manifest."""

    def keep(folder: Path) -> None:
        folder.mkdir()
        for name in ("manifest.json", "column_lineage.json"):
            shutil.copy(shop_built.target / name, folder)

    return made_once(shared_folder / "shop_state_with_lineage", keep)


@pytest.fixture
def shop(shop_built: Project, tmp_path: Path) -> Project:
    """A fresh copy of the integration project, which dbt need not parse from scratch."""
    project = Project.copy_of(SHOP, tmp_path / "shop")
    project.target.mkdir()
    shutil.copy(shop_built.target / "partial_parse.msgpack", project.target)
    return project
