"""A value of a type that dbt never writes is refused, with the key and the node that has it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from cli.states import AFTER, BEFORE, STG, write
from click.testing import CliRunner

from breaking_changes import cli
from breaking_changes.artifacts import shape
from breaking_changes.artifacts.shape import wrong_type

VALUES: dict[type, Any] = {dict: {"a": 1}, list: [1], str: "x", bool: True, int: 7, float: 1.5}


def _cases() -> list[tuple[str, dict[str, Any]]]:
    """Every key of every table with a value of every type that it must not have."""
    found = []
    tables = (
        ("", shape._NODE),
        (".config", shape._CONFIG),
        (".depends_on", shape._DEPENDS_ON),
        (".columns.id", shape._COLUMN),
    )
    for inside, table in tables:
        for key, wanted in table.items():
            for kind, value in VALUES.items():
                if kind not in wanted:
                    raw: dict[str, Any] = copy.deepcopy(AFTER)
                    node = raw["nodes"][STG]
                    node["columns"] = {"id": {"name": "id"}}
                    holder = node
                    for step in inside.split(".")[1:]:
                        holder = holder[step]
                    holder[key] = value
                    found.append((f"nodes.{STG}{inside}.{key}", raw))
    return found


def test_every_key_with_every_other_type() -> None:
    cases = _cases()
    assert len(cases) > 200
    for place, raw in cases:
        said = wrong_type(raw)
        assert said is not None and said.startswith(f"{place} is "), (place, said)


def test_what_dbt_writes_is_fine() -> None:
    assert wrong_type(BEFORE) is None
    assert (
        wrong_type({"nodes": {}, "sources": None, "unit_tests": {"u": {"checksum": "x"}}}) is None
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": 7}, f"nodes.{STG}.name is a number where dbt writes text"),
        ({"name": None}, f"nodes.{STG} has no name"),
        ({"tags": "x"}, f"nodes.{STG}.tags is text where dbt writes a list"),
        ({"config": []}, f"nodes.{STG}.config is a list where dbt writes an object"),
        ({"columns": {"a": 1}}, f"nodes.{STG}.columns.a is a number where dbt writes an object"),
        (
            {"depends_on": {"nodes": [{}]}},
            f"nodes.{STG}.depends_on.nodes is an object where dbt writes text",
        ),
    ],
)
@pytest.mark.parametrize("side", ["before", "after"])
def test_check_says_which_key_of_which_node(
    change: dict[str, Any], said: str, side: str, tmp_path: Path
) -> None:
    states = {"before": copy.deepcopy(BEFORE), "after": copy.deepcopy(AFTER)}
    states[side]["nodes"][STG].update(change)
    folders = {name: write(tmp_path / name, state) for name, state in states.items()}
    arguments = ["check", "--base", str(folders["before"]), "--current", str(folders["after"])]
    result = CliRunner().invoke(cli.main, arguments)
    file = folders[side] / "manifest.json"
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {file}: {said}.")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("content", ['{"a":' * 100_000, "[" * 100_000])
def test_deep_json_is_one_line(content: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(content)
    result = CliRunner().invoke(cli.main, ["lineage", "--target-dir", str(tmp_path)])
    assert result.exit_code == 2
    assert "manifest.json is nested too deeply to be read" in result.stderr
    assert json.dumps(result.stderr).count("\\n") == 1
