"""DuckDB has the last word on what a scenario breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle import freeze_views, refused
from projects import Project, made_once
from scenarios import Scenario, load_scenarios, short

SCENARIOS = [scenario for scenario in load_scenarios() if scenario.touches_sql]


@pytest.fixture(scope="session")
def frozen_database(shop_built: Project, shared_folder: Path) -> Path:
    def freeze(folder: Path) -> None:
        folder.mkdir()
        freeze_views(shop_built.database, folder / "shop.duckdb")

    return made_once(shared_folder / "shop_frozen", freeze) / "shop.duckdb"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_database_refuses_what_the_scenario_says(
    scenario: Scenario, shop: Project, frozen_database: Path
) -> None:
    failed = refused(scenario.apply(shop), frozen_database)
    assert sorted(map(short, failed)) == sorted(scenario.fails)
