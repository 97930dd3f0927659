"""What is saved comes back, and only whole saves do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from baseline.gate_project import GateProject

from breaking_changes.macro_host import MacroHost
from breaking_changes.macro_lists import sections

#: What a baseline keeps of a manifest.
SECTIONS = [section for section in sections() if section != "unit_tests"]


@pytest.fixture(scope="module")
def macros() -> MacroHost:
    return MacroHost()


def test_a_load_gives_the_saved_project(gate: GateProject, macros: MacroHost) -> None:
    gate.dbt("build").expect_success()
    gate.operation("save_baseline", git_commit="c0ffee").expect_success()
    loaded = gate.load()
    expected = macros.call("_baseline_side", gate.manifest)
    assert {key: loaded["side"][key] for key in SECTIONS} == {
        key: expected[key] for key in SECTIONS
    }
    header = loaded["header"]
    assert (header["project"], header["target"]) == ("deploy_gate", "local")
    assert (header["git_commit"], header["format_version"]) == ("c0ffee", 1)
    assert header["invocation_id"].startswith(header["baseline_id"].rpartition("-")[2])
    rows = gate.query(
        f"select section, unique_id, project, target, invocation_id, git_commit from {gate.table}"
    )
    common = ("deploy_gate", "local", header["invocation_id"], "c0ffee")
    assert sorted(rows) == sorted(
        [("header", header["baseline_id"], *common)]
        + [(key, unique_id, *common) for key in SECTIONS for unique_id in expected[key]]
    )


HOSTILE = [
    "it's",
    'say "please"',
    "back\\slash",
    "\\'",
    "100%",
    "%s %(x)s",
    "{{ ref('x') }}",
    "{% raw %}",
    "{# x #}",
    "emoji 😀 ä",
    "select",
    "MiXeD",
    "mixed",
    "semi;colon -- comment /* */",
    "$$ $1 :x ?",
    "new\nline",
    "nul\\u0000",
    "null",
    "",
]


def test_hostile_texts_survive(gate: GateProject) -> None:
    side: dict[str, Any] = {"metadata": {"adapter_type": "any", "note": HOSTILE}}
    side.update({section: {} for section in [*SECTIONS, "unit_tests"]})
    for name in HOSTILE:
        side["nodes"][f"model.shop.{name}"] = {
            "name": name,
            "columns": {name: {"name": name, "data_type": name}},
            "meta": {name: HOSTILE},
        }
    side["sources"]["source.shop.long"] = {"description": "".join(HOSTILE) * 7000}
    assert len(side["sources"]["source.shop.long"]["description"]) > 1_000_000
    outcome = gate.operation("round_trip", side=json.dumps(side)).expect_success()
    loaded = json.loads(outcome.printed[0])["side"]
    assert loaded == side


# Two names that differ in case alone would be one column to DuckDB.
SELECT_DOCUMENTED = """
select
    {% for column in model.columns.values() %}
        1 as "{{ column.name | replace('"', '""') }}"{{ "," if not loop.last }}
    {% endfor %}
"""
NAMES = [name for name in HOSTILE if name not in ("mixed", "new\nline", "")]


def test_a_project_of_hostile_names_is_saved(gate: GateProject, macros: MacroHost) -> None:
    templates = [name.replace("{", "{{ '{' }}") for name in NAMES]  # dbt renders YAML
    gate.write("models/odd.sql", SELECT_DOCUMENTED)
    model = {
        "name": "odd",
        "description": "long " * 210_000,
        "config": {"alias": "ODD select's", "meta": {"say": templates}},
        "columns": [{"name": text, "quote": True, "meta": {"say": text}} for text in templates],
    }
    gate.write("models/odd.yml", json.dumps({"models": [model]}, ensure_ascii=False))
    gate.dbt("build", "-s", "odd").expect_success()
    gate.operation("save_baseline", columns="warehouse").expect_success()
    loaded = gate.load()
    expected = macros.call("_baseline_side", gate.manifest)["nodes"]["model.deploy_gate.odd"]
    assert loaded["side"]["nodes"]["model.deploy_gate.odd"] == expected
    assert len(expected["description"]) > 1_000_000
    assert expected["meta"] == {"say": NAMES}
    facts = loaded["lineage"]["nodes"]["model.deploy_gate.odd"]
    assert [column["name"] for column in facts["columns"]] == NAMES


@pytest.mark.parametrize("lost", ["header", "nodes"])
def test_an_interrupted_save_is_never_read(gate: GateProject, lost: str) -> None:
    gate.operation("save_baseline").expect_success()
    gate.operation("save_baseline").expect_success()
    newest, older = gate.saved_ids()
    gate.query(f"delete from {gate.table} where baseline_id = '{newest}' and section = '{lost}'")
    assert gate.load()["header"]["baseline_id"] == older
    listed = gate.operation("list_baselines").expect_success()
    assert [line.split()[0] for line in listed.printed[1:]] == [newest, older]
    assert "interrupted" in listed.printed[1]
    refused = gate.operation("load_baseline", name=newest)
    assert refused.exit_code == 1
    assert f"there is no complete baseline {newest}" in refused.errors[0]
    assert f"Saved are: {older}." in refused.errors[0]


def test_old_saves_are_deleted_and_left_behind_rows_after_a_day(gate: GateProject) -> None:
    gate.operation("save_baseline").expect_success()
    (first,) = gate.saved_ids()
    for old in ("20200101T000000000000Z-dead", "29990101T000000000000Z-busy"):
        gate.query(
            f"insert into {gate.table} (baseline_id, project, target, section)"
            f" values ('{old}', 'deploy_gate', 'local', 'nodes')"
        )
    keep_two = ("--vars", json.dumps({"breaking_changes_baseline_keep": 2}))
    for _ in range(2):
        gate.dbt("run-operation", "save_baseline", *keep_two).expect_success()
    saved = gate.saved_ids()
    assert len(saved) == 2 and first not in saved
    ids = {row[0] for row in gate.query(f"select distinct baseline_id from {gate.table}")}
    assert ids == {*saved, "29990101T000000000000Z-busy"}


@pytest.mark.parametrize("gate", ["duckdb"], indirect=True)
def test_nothing_saved_yet(gate: GateProject) -> None:
    assert gate.load() is None
    listed = gate.operation("list_baselines").expect_success()
    assert "Save one with: dbt run-operation save_baseline" in listed.printed[0]
