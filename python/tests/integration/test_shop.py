"""The integration project itself: it holds what the scenarios need, and it builds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from projects import Project

AT_LEAST = {
    "model": 25,
    "seed": 4,
    "snapshot": 2,
    "test": 25,
    "source": 9,
    "exposure": 2,
    "semantic_model": 1,
    "metric": 3,
    "saved_query": 1,
    "function": 2,
    "unit_test": 1,
    "group": 2,
}


def test_every_kind_of_resource_is_there(shop_state: Path) -> None:
    manifest = json.loads((shop_state / "manifest.json").read_text())
    counts = Counter(
        unique_id.split(".")[0]
        for section in (
            *("nodes", "sources", "exposures", "metrics"),
            *("semantic_models", "saved_queries", "functions", "unit_tests", "groups"),
        )
        for unique_id in manifest[section]
        if ".shop." in unique_id
    )
    assert {kind: counts[kind] for kind in AT_LEAST if counts[kind] < AT_LEAST[kind]} == {}
    assert "model.shop.rpt_legacy_revenue" in manifest["disabled"]


@pytest.mark.parametrize(
    ("what", "holds"),
    [
        ("ephemeral", lambda node: node["config"]["materialized"] == "ephemeral"),
        ("incremental", lambda node: node["config"]["materialized"] == "incremental"),
        ("python", lambda node: node["language"] == "python"),
        ("versioned", lambda node: node["version"] is not None),
        ("contracted", lambda node: node["config"]["contract"]["enforced"]),
        ("private", lambda node: node["access"] == "private"),
        ("public", lambda node: node["access"] == "public"),
        ("undocumented", lambda node: not node["columns"]),
        ("partly documented", lambda node: 0 < len(node["columns"]) < 4),
    ],
)
def test_every_kind_of_model_is_there(
    shop_state: Path, what: str, holds: Callable[[dict[str, Any]], bool]
) -> None:
    nodes = json.loads((shop_state / "manifest.json").read_text())["nodes"]
    assert [n for n in nodes.values() if n["resource_type"] == "model" and holds(n)], what


def test_a_second_build_passes_too(shop: Project) -> None:
    shop.dbt("build").expect_success()
    outcome = shop.dbt("build").expect_success()
    assert set(outcome.statuses.values()) == {"success", "pass", "no-op"}
