"""What a baseline leaves out is nothing that a comparison needs."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import yaml
from projects import REPOSITORY

from breaking_changes.macro_host import MacroHost


def _damaged(manifest: dict[str, Any]) -> dict[str, Any]:
    """The project after a change of nearly everything that a rule looks at."""
    current = copy.deepcopy(manifest)
    for position, (unique_id, node) in enumerate(list(current["nodes"].items())):
        kind = node["resource_type"]
        if position % 9 == 0 or (kind == "test" and position % 2):
            del current["nodes"][unique_id]
            continue
        for column in list(node["columns"])[:1]:
            del node["columns"][column]
        for column in node["columns"].values():
            column["data_type"] = "some_other_type"
            column["constraints"] = []
        node["checksum"] = {"name": "sha256", "checksum": "other"}
        if kind != "test":
            node["config"].update({"schema": "elsewhere", "materialized": "ephemeral"})
            node["config"].update({"contract": {"enforced": False}, "access": "private"})
            node.update({"access": "private", "constraints": [], "latest_version": 9})
            node["config"]["unique_key"] = "another_key"
        else:
            node["config"]["where"] = "1 = 0"
    for section in ("sources", "exposures", "metrics"):
        del current[section][min(current[section])]
    for source in current["sources"].values():
        source["identifier"] = "elsewhere"
        for column in list(source["columns"])[:1]:
            del source["columns"][column]
    return current


def test_a_cut_side_gives_the_same_report(shop_state: Path) -> None:
    macros = MacroHost()
    manifest = json.loads((shop_state / "manifest.json").read_text(encoding="utf-8"))
    current = _damaged(manifest)
    settings = macros.call("_settings", {"level": "strict", "as_of": "2026-01-01"})

    def report(prior: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = macros.call("find_breaking_changes", prior, now, settings=settings)
        return found

    whole = report(manifest, current)
    cut_prior = json.loads(json.dumps(macros.call("_baseline_side", manifest)))
    cut_current = macros.call("_baseline_side", current, with_code=True)
    assert len({change["rule"] for change in whole["changes"]}) >= 6
    assert report(cut_prior, cut_current) == whole
    assert report(cut_prior, macros.call("_baseline_side", manifest))["changes"] == []


def test_the_version_that_is_saved_is_the_package_s() -> None:
    project = yaml.safe_load((REPOSITORY / "dbt_project.yml").read_text(encoding="utf-8"))
    assert MacroHost().call("_package_version") == project["version"]
