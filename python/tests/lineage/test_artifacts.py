"""What of a target directory is read, and what is said when it cannot be."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from lineage_manifests import manifest, node

from breaking_changes.adapters import dialect_of
from breaking_changes.artifacts import Manifest, Node, load_target
from breaking_changes.artifacts.seed_file import SeedFile, read_seed
from breaking_changes.errors import UserError


def _version(version: str, dbt: str = "1.7.4") -> dict[str, Any]:
    return {"metadata": {"dbt_schema_version": version, "dbt_version": dbt}, "nodes": {}}


REFUSED = {
    "no file": (None, "does not exist. `dbt compile` writes it"),
    "not json": ("{", "is not valid JSON"),
    "empty": ("", "is not valid JSON"),
    "a list": ("[]", "holds no JSON object"),
    "another json": ('{"a": 1}', "should be a dbt manifest but is not one"),
    "run results": (
        json.dumps(_version("https://schemas.getdbt.com/dbt/run-results/v6.json")),
        "should be a dbt manifest but is a dbt run-results file",
    ),
    "too old": (
        json.dumps(_version("https://schemas.getdbt.com/dbt/manifest/v11.json")),
        "was written by dbt 1.7.4 (manifest v11). Write it again with dbt 1.8 or later.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_manifest_is_refused_with_advice(case: str, tmp_path: Path) -> None:
    content, message = REFUSED[case]
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(UserError) as refusal:
        load_target(tmp_path)
    assert str(tmp_path / "manifest.json") in str(refusal.value)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("version", ["v12", "v13", "v20"])
def test_versions_of_dbt_1_8_and_later_are_read(version: str, tmp_path: Path) -> None:
    written = _version(f"https://schemas.getdbt.com/dbt/manifest/{version}.json", "1.8.0")
    (tmp_path / "manifest.json").write_text(json.dumps(written))
    assert load_target(tmp_path).manifest.nodes == {}


def test_keys_that_are_missing_null_or_unknown_do_no_harm() -> None:
    raw = {
        "nodes": {"model.shop.a": {"columns": None, "config": None, "new_key": 1, "alias": None}},
        "sources": None,
    }
    found = Manifest(raw).nodes["model.shop.a"]
    assert (found.resource_type, found.name, found.identifier) == ("model", "a", "a")
    assert (found.columns, found.config, found.parents, found.compiled_code) == ({}, {}, (), None)
    assert (found.contract, found.checksum, found.materialized) == (False, None, "")


def test_the_project_is_found_above_the_target_directory(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "manifest.json").write_text(json.dumps(manifest()))
    assert load_target(target).project_dir is None
    (tmp_path / "dbt_project.yml").write_text("name: shop")
    assert load_target(target).project_dir == tmp_path


CSV = '\ufeffid,name\r\n1,a\r\n\r\n2,"b\nc"\r\n'


def _seed(checksum: str, **config: str) -> Node:
    raw = node(
        "seed.shop.users",
        original_file_path="seeds/users.csv",
        checksum={"name": "sha256", "checksum": checksum},
        config=config,
    )
    return Node(raw["unique_id"], raw)


def _write(folder: Path, text: str) -> str:
    (folder / "seeds").mkdir()
    path = folder / "seeds" / "users.csv"
    path.write_text(text, encoding="utf-8", newline="")
    # As dbt takes it (dbt/parser/read_files.py): of the text as it is, without outer whitespace.
    return hashlib.sha256(text.strip().encode()).hexdigest()


def test_a_seed_is_read_with_its_values(tmp_path: Path) -> None:
    digest = _write(tmp_path, CSV)
    expected = SeedFile((("id", ("1", "2")), ("name", ("a", "b\nc"))))
    assert read_seed(_seed(digest), tmp_path) == expected


def test_a_seed_with_another_delimiter(tmp_path: Path) -> None:
    digest = _write(tmp_path, "id;name\n1;a,b\n")
    expected = SeedFile((("id", ("1",)), ("name", ("a,b",))))
    assert read_seed(_seed(digest, delimiter=";"), tmp_path) == expected


def test_a_seed_that_was_edited_since_is_not_the_one_of_the_manifest(tmp_path: Path) -> None:
    _write(tmp_path, CSV)
    assert read_seed(_seed("1" * 64), tmp_path) is None


def test_a_dialect_is_known_or_said_not_to_be() -> None:
    assert dialect_of("sqlserver") == "tsql"
    with pytest.raises(UserError, match=r"not available for adapter 'oracle'.* duckdb, fabric"):
        dialect_of("oracle")
    with pytest.raises(UserError, match="a manifest without an adapter_type"):
        dialect_of("")
