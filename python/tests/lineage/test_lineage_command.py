"""The command that writes column_lineage.json, on the shop."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from lineage_manifests import manifest, node
from projects import REPOSITORY, Project

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.cli import main
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers, workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.lineage.walk.document import document
from breaking_changes.lineage.walk.side import Side

SCHEMA = json.loads((REPOSITORY / "docs" / "column_lineage.schema.json").read_text())


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def target_dir(shop_built: Project, tmp_path: Path) -> Path:
    """A copy of the shop's target directory, away from its project."""
    folder = tmp_path / "target"
    folder.mkdir()
    shutil.copy(shop_built.target / "manifest.json", folder)
    return folder


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["lineage", *map(str, arguments)])


def _written(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "column_lineage.json").read_text())
    jsonschema.validate(found, SCHEMA)
    return found


def test_the_shop_is_written_as_the_schema_says(target_dir: Path, shop_built: Project) -> None:
    result = _run("--target-dir", target_dir, "--project-dir", shop_built.root)
    assert (result.exit_code, result.stdout) == (0, "")
    summary = result.stderr.strip()
    assert summary.startswith(f"{target_dir / 'column_lineage.json'}: ")
    assert "\n" not in summary
    written = _written(target_dir)
    unknown = {name for name, entry in written["nodes"].items() if not entry["complete"]}
    sources = {name for name in written["nodes"] if name.startswith("source.")}
    assert unknown == {"model.shop.rpt_channel_mix", *sources}
    assert all(not entry["unbound"] for entry in written["nodes"].values())


def test_two_runs_and_two_processes_write_the_same(target_dir: Path, shop_built: Project) -> None:
    texts = set()
    for arguments in ([], [], ["--no-cache"]):
        assert _run("--target-dir", target_dir, *arguments).exit_code == 0
        texts.add((target_dir / "column_lineage.json").read_text())
    assert len(texts) == 1


def test_many_statements_are_analysed_by_several_processes_alike() -> None:
    nodes = [node(f"model.shop.m{number}", f"select {number} as id") for number in range(200)]
    side = Target(Manifest(manifest(*nodes)), Catalog({}))
    changed = Target(Manifest(manifest()), Catalog({}))
    with workers(2) as pool:
        one = lineage_for_change(side, changed, Cache(None), pool)
    assert one == lineage_for_change(side, changed, Cache(None), Workers(1))
    assert len(one[0]["nodes"]) == 200


def test_a_file_of_an_earlier_run_is_replaced_and_nothing_else_is_left(target_dir: Path) -> None:
    (target_dir / "column_lineage.json").write_text("old")
    assert _run("--target-dir", target_dir).exit_code == 0
    assert {path.name for path in target_dir.iterdir()} == {"manifest.json", "column_lineage.json"}


JUNK: list[Any] = [None, [], {}, "", 0, True, "x", ["a"], {"a": 1}, [None], {"a": None}]


def test_a_damaged_manifest_never_ends_in_a_traceback(target_dir: Path) -> None:
    written = json.loads((target_dir / "manifest.json").read_text())
    written["macros"] = {}
    chance = random.Random(11)
    analyses = Analyses(Cache(None), Workers(1))
    for number in range(150):
        damaged = dict(written)
        section = chance.choice(["nodes", "nodes", "sources", "unit_tests"])
        unique_id = chance.choice(list(written[section]))
        raw = dict(written[section][unique_id])
        raw[chance.choice(list(raw))] = chance.choice(JUNK)
        damaged[section] = {**written[section], unique_id: raw}
        side = Side(Target(Manifest(damaged), Catalog({})), analyses)
        # The node and who reads it meet the damage; all the others only now and then.
        near = [one for one, other in side.nodes.items() if unique_id in (one, *other.parents)]
        side.find(near if number % 15 else side.nodes)
        jsonschema.validate(document(side, [unique_id] if unique_id in side.nodes else []), SCHEMA)


REFUSED = {
    "no manifest": (None, "manifest.json does not exist. `dbt compile` writes it"),
    "another adapter": (
        manifest(adapter_type="oracle"),
        "column lineage is not available for adapter 'oracle'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_one_line(case: str, tmp_path: Path) -> None:
    content, message = REFUSED[case]
    if content is not None:
        (tmp_path / "manifest.json").write_text(json.dumps(content))
    result = _run("--target-dir", tmp_path)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.strip().count("\n") == 0
    assert not (tmp_path / "column_lineage.json").exists()
