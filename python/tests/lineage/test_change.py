"""Which nodes a change reaches, and what no longer binds because of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lineage_manifests import node, target

from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import lineage_for_change

ROOT = "select 1 as id, 'x' as name, 'y' as phone"


def _model(name: str, sql: str, *parents: str, **config: Any) -> dict[str, Any]:
    """A model whose SQL names its parents in braces."""
    for parent in parents:
        sql = sql.replace(f"{{{parent}}}", f'"dev"."main"."{parent}"')
    ids = tuple(f"model.shop.{parent}" for parent in parents)
    return node(f"model.shop.{name}", sql, ids, config={"materialized": "view", **config})


#: stg hands its columns to star, which three read; apart reads nothing of it.
PROJECT = {
    "stg": _model("stg", ROOT),
    "star": _model("star", "select * from {stg}", "stg"),
    "by_phone": _model("by_phone", "select phone from {star} where id > 1", "star"),
    "by_name": _model("by_name", "select name from {star}", "star"),
    "late": _model("late", "select upper(name) as shout from {by_name}", "by_name"),
    "apart": _model("apart", "select 1 as id"),
}

DOCUMENTED = {"id": {"name": "id"}}

Change = Mapping[str, Mapping[str, Any] | None]


def _documents(
    change: Change, project: Mapping[str, Mapping[str, Any]] = PROJECT
) -> tuple[dict[str, Any], dict[str, Any]]:
    now = {**project, **change}
    prior, current = lineage_for_change(
        target(*project.values()),
        target(*(model for model in now.values() if model)),
        Cache(None),
        Workers(1),
    )
    return prior["nodes"], current["nodes"]


def _names(nodes: Mapping[str, Any]) -> set[str]:
    return {unique_id.rsplit(".", 1)[-1] for unique_id in nodes}


# what changes, the nodes of the current file
REACHED: list[tuple[str, Change, set[str]]] = [
    ("nothing", {}, set()),
    ("layout", {"stg": _model("stg", ROOT.replace(" as ", "\n  as "))}, {"stg"}),
    (
        "a dropped column stops where no column differs",
        {"stg": _model("stg", "select 1 as id, 'x' as name")},
        {"stg", "star", "by_phone", "by_name"},
    ),
    (
        "a type goes as far as the column goes",
        {"stg": _model("stg", ROOT.replace("'x'", "cast('x' as blob)"))},
        {"stg", "star", "by_phone", "by_name", "late"},
    ),
    (
        "another meaning goes as far as the column goes",
        {"stg": _model("stg", ROOT.replace("'x'", "'z'"))},
        {"stg", "star", "by_phone", "by_name", "late"},
    ),
    ("a new model", {"new": _model("new", "select id from {stg}", "stg")}, {"new"}),
    ("a leaf", {"late": _model("late", "select name from {by_name}", "by_name")}, {"late"}),
    (
        "documentation",
        {"apart": {**PROJECT["apart"], "columns": {"id": {"name": "id"}}}},
        {"apart"},
    ),
]


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in REACHED], ids=lambda x: "")
def test_a_change_reaches_who_can_notice_and_nobody_else(
    change: Change, expected: set[str]
) -> None:
    prior, current = _documents(change)
    assert _names(current) == expected
    assert _names(prior) == expected - {"new"}


def test_another_environment_is_no_change() -> None:
    moved = {
        name: {
            **model,
            "database": "prod",
            "relation_name": model["relation_name"].replace("dev", "prod"),
            "compiled_code": model["compiled_code"].replace('"dev"', '"prod"'),
        }
        for name, model in PROJECT.items()
    }
    assert _documents(moved) == ({}, {})


def test_another_run_of_dbt_is_no_change() -> None:
    again = {
        name: {**model, "created_at": 2.0, "compiled_path": f"elsewhere/{name}.sql"}
        for name, model in PROJECT.items()
    }
    assert _documents(again) == ({}, {})


def _unit_test(model: str, given: str, columns: dict[str, Any]) -> dict[str, Any]:
    return {
        "unique_id": f"unit_test.shop.{model}.one",
        "resource_type": "unit_test",
        "name": "one",
        "package_name": "shop",
        "depends_on": {"nodes": [f"model.shop.{model}"]},
        "given": [{"input": f"ref('{given}')", "rows": [columns]}],
        "expect": {"rows": [{"id": 1}]},
    }


# what changes beside a unit test of by_phone, the nodes of the current file
UNIT_TESTED: list[tuple[str, Change, set[str]]] = [
    ("nothing", {}, set()),
    (
        "what it does not read",
        {"late": _model("late", "select name from {by_name}", "by_name")},
        {"late"},
    ),
    ("its fixture", {"one": _unit_test("by_phone", "star", {"fax": 1})}, {"one"}),
    (
        "its input",
        {"stg": _model("stg", "select 1 as id, 'x' as name")},
        {"stg", "star", "by_phone", "by_name", "one"},
    ),
]


@pytest.mark.parametrize(
    ("change", "expected"), [row[1:] for row in UNIT_TESTED], ids=[row[0] for row in UNIT_TESTED]
)
def test_a_unit_test_is_reached_by_what_it_names(change: Change, expected: set[str]) -> None:
    project = {**PROJECT, "one": _unit_test("by_phone", "star", {"phone": "y"})}
    _, current = _documents(change, project)
    assert _names(current) == expected


def test_a_removed_node_is_in_the_prior_file_alone() -> None:
    prior, current = _documents({"late": None})
    assert (_names(prior), _names(current)) == ({"late"}, set())


def _misses(nodes: Mapping[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    return {
        unique_id.rsplit(".", 1)[-1]: [
            (miss["kind"], miss["parent"].rsplit(".", 1)[-1], miss["column"])
            for miss in entry["unbound"]
        ]
        for unique_id, entry in nodes.items()
        if entry["unbound"]
    }


def test_what_misses_is_chained_through_a_star() -> None:
    prior, current = _documents({"stg": _model("stg", "select 1 as id, 'x' as name")})
    assert _misses(prior) == {}
    assert _misses(current) == {"by_phone": [("missing", "star", "phone")]}


def test_consumers_of_a_broken_model_bind_against_what_it_was() -> None:
    project = {
        "stg": _model("stg", ROOT),
        "int": _model("int", "select * from {stg} where phone is not null", "stg"),
        "mart": _model("mart", "select phone from {int}", "int"),
    }
    _, current = _documents({"stg": _model("stg", "select 1 as id, 'x' as name")}, project)
    assert _misses(current) == {"int": [("missing", "stg", "phone")]}
    assert "model.shop.mart" in current


def test_what_did_not_bind_before_is_listed_on_both_sides() -> None:
    project = {**PROJECT, "odd": _model("odd", "select nothing from {stg}", "stg")}
    change = {"stg": _model("stg", "select 1 as id, 'x' as name")}
    prior, current = _documents(change, project)
    assert _misses(prior)["odd"] == _misses(current)["odd"] == [("missing", "stg", "nothing")]


DROPPED = {"stg": _model("stg", "select 1 as id, 'x' as name")}
ADDED = {"stg": _model("stg", f"{ROOT}, 1 as extra")}
RETYPED = {"stg": _model("stg", ROOT.replace("1 as id", "1::bigint as id"))}
NO_KEY = {"stg": _model("stg", "select 'x' as name, 'y' as phone")}
TEXT_KEY = {"stg": _model("stg", ROOT.replace("1 as id", "'1' as id"))}
DATES = {"stg": _model("stg", ROOT.replace("1 as id", "current_date as id"))}
KEYED = {"unique_key": "id"}
APPENDS = {"on_schema_change": "append_new_columns"}

# config of the table, change, its own misses, what its consumer of `phone` misses
TABLES: list[tuple[dict[str, Any], Change, list[Any], list[Any]]] = [
    ({}, DROPPED, [("table", "stg", "phone")], []),
    ({"on_schema_change": "ignore"}, ADDED, [], []),
    ({"on_schema_change": "ignore"}, RETYPED, [], []),
    (APPENDS, DROPPED, [], []),
    ({"on_schema_change": "sync_all_columns"}, DROPPED, [], [("missing", "table", "phone")]),
    ({"on_schema_change": "fail"}, DROPPED, [("table", "stg", "phone")], []),
    ({"on_schema_change": "fail"}, ADDED, [("table", "stg", "extra")], []),
    ({"on_schema_change": "fail"}, RETYPED, [("table", "stg", "id")], []),
    ({**APPENDS, **KEYED}, NO_KEY, [("table", "stg", "id")], []),
    ({**APPENDS, **KEYED, "incremental_strategy": "append"}, NO_KEY, [], []),
    ({**APPENDS, **KEYED}, RETYPED, [], []),
    ({**APPENDS, **KEYED}, TEXT_KEY, [("table", "stg", "id")], []),
    ({**APPENDS, **KEYED, "incremental_strategy": "merge"}, TEXT_KEY, [], []),
    ({**APPENDS}, TEXT_KEY, [], []),
    ({**APPENDS}, DATES, [("table", "stg", "id")], []),
]


@pytest.mark.parametrize(("config", "change", "own", "consumers"), TABLES)
def test_an_incremental_table_keeps_what_it_has(
    config: dict[str, Any], change: Change, own: list[Any], consumers: list[Any]
) -> None:
    project = {
        "stg": _model("stg", ROOT),
        "table": _model(
            "table", "select * from {stg}", "stg", materialized="incremental", **config
        ),
        "consumer": _model("consumer", "select phone from {table}", "table"),
    }
    misses = _misses(_documents(change, project)[1])
    assert misses.get("table", []) == own
    assert misses.get("consumer", []) == consumers


def test_a_snapshot_keeps_what_it_has() -> None:
    snapshot = node(
        "snapshot.shop.history",
        'select * from "dev"."main"."stg"',
        ("model.shop.stg",),
        config={"materialized": "snapshot", "unique_key": "id", "updated_at": "id"},
    )
    consumer = node(
        "model.shop.consumer",
        'select phone from "dev"."main"."history"',
        ("snapshot.shop.history",),
    )
    project = {"stg": _model("stg", ROOT), "history": snapshot, "consumer": consumer}
    _, current = _documents(DROPPED, project)
    assert _misses(current) == {}
    columns = current["snapshot.shop.history"]["columns"]
    assert [column["name"] for column in columns][:2] == ["id", "name"]
    kept: dict[str, Any] = {"name": "phone", "type": "VARCHAR", "identity": None, "from": []}
    assert columns[-1] == kept


def test_consumers_of_a_node_that_lost_a_test_are_in_the_file() -> None:
    test = node("test.shop.unique_stg_id", "select 1", ("model.shop.stg",))
    _, current = _documents({"test": None}, {**PROJECT, "test": test})
    assert _names(current) == {"star"}


DROPPED = {"stg": _model("stg", "select 1 as id, 'x' as name")}

# what a model reads of stg without ref, what it reads beyond depends_on, what it misses, why blind
DIRECT: list[tuple[str, list[str], list[str], str | None]] = [
    ("select phone from main.stg", ["stg"], ["phone"], None),
    ('select s.phone from "dev"."main"."stg" s', ["stg"], ["phone"], None),
    ("with stg as (select phone from stg) select * from stg", ["stg"], ["phone"], None),
    ("select phone from query('select * from main.stg')", ["stg"], ["phone"], None),
    ("select phone from query_table('stg')", ["stg"], ["phone"], None),
    ("select name from main.stg", ["stg"], [], None),
    ("select * from main.stg", ["stg"], [], None),
    (
        "select * from query('select phone from main.' || 'stg'), main.stg",
        ["stg"],
        [],
        "Cannot determine from the SQL what the function query reads.",
    ),
]


@pytest.mark.parametrize(("sql", "beyond", "misses", "blind"), DIRECT)
def test_consumers_that_dbt_does_not_list_are_reached(
    sql: str, beyond: list[str], misses: list[str], blind: str | None
) -> None:
    project = {**PROJECT, "direct": _model("direct", sql)}
    _, now = _documents(DROPPED, project)
    entry = now["model.shop.direct"]
    assert sorted(_names(dict.fromkeys(entry["reads_beyond"]))) == beyond
    assert [miss["column"] for miss in entry["unbound"]] == misses
    assert entry["blind"] == blind


def test_a_name_that_may_mean_a_changed_node_reaches_its_consumer() -> None:
    twin = node("source.shop.crm.stg", alias="stg", database="crm")
    project = {**PROJECT, "twin": twin, "direct": _model("direct", "select id from main.stg")}
    _, now = _documents(DROPPED, project)
    entry = now["model.shop.direct"]
    assert entry["reads_beyond"] == ["model.shop.stg", "source.shop.crm.stg"]
    assert entry["blind"].startswith("It names main.stg without ref")
    assert "model.shop.apart" not in now


def test_a_consumer_of_a_relation_that_went_away_is_reached() -> None:
    project = {"stg": PROJECT["stg"], "direct": _model("direct", "select id from main.stg")}
    _, now = _documents({"stg": None}, project)
    assert now["model.shop.direct"]["reads_beyond"] == ["model.shop.stg"]


def test_a_circle_of_names_is_cut_and_said() -> None:
    circle = {
        "one": _model("one", "select id, 1 as gone from main.two"),
        "two": _model("two", "select id, gone from main.one"),
        "three": _model("three", "select gone from {two}", "two"),
    }
    changed = {"one": _model("one", "select id from main.two")}
    _, now = _documents(changed, circle)
    blind = {name.rsplit(".", 1)[-1]: entry["blind"] for name, entry in now.items()}
    assert blind == {
        "one": None,
        "two": "It references one without ref(), and one reads it back (circular).",
        "three": None,
    }
    assert now["model.shop.two"]["reads_beyond"] == ["model.shop.one"]
    assert now["model.shop.one"]["reads_beyond"] == ["model.shop.two"]
