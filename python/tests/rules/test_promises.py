"""One list of promises builds interfaces and baselines, and says what is skipped as equal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from rules import cases, sides

from breaking_changes.macro_lists import promised_keys

PROMISES = cases.host().call("_promises")
KEYS = cases.host().call("_promised_keys")

#: What an interface holds beside the list: names, and what is computed from several keys.
DERIVED = {
    *("unique_id", "name", "resource_type", "path"),
    *("relation", "keeps_columns", "constraints", "rows"),
    *("columns", "complete", "incomplete_reason", "evidence"),
}

Keys = Mapping[str, Any]
INCREMENTAL = {"materialized": "incremental"}


def _config(**keys: Any) -> Keys:
    return {"config": keys}


def _days(column: str) -> Keys:
    return {"node": {"time_spine": {"standard_granularity_column": column}}}


#: Promised key to the kind of node, what it promises before and after, and the rules that fire.
FIRES: dict[str, tuple[str, Keys, Keys, set[str]]] = {
    "materialized": (
        "users",
        {"materialized": "view"},
        {"materialized": "table"},
        {"materialization_changed"},
    ),
    "access": ("users", {"access": "public"}, {"access": "private"}, {"model_access_narrowed"}),
    "group": (
        "users",
        {"access": "private", **_config(group="crm")},
        {"access": "private", **_config(group="sales")},
        {"group_changed"},
    ),
    "latest_version": ("users.v1", {"latest": 1}, {"latest": 2}, {"model_latest_version_changed"}),
    "latest_version_pointer": (
        "users.v1",
        {"latest": 1, **_config(latest_version_pointer={"enabled": True})},
        {"latest": 1, **_config(latest_version_pointer={"enabled": True, "alias": "people"})},
        {"latest_version_pointer_removed"},
    ),
    "overloads": (
        "function.net",
        {"node": {"overloads": [{"arguments": []}]}},
        {},
        {"function_arguments_changed"},
    ),
    "deprecation_date": (
        "users",
        {"deprecation": "2027-01-01"},
        {"deprecation": "2026-12-01"},
        {"deprecation_date_moved_earlier"},
    ),
    "unique_key": ("users", {"unique_key": "id"}, {"unique_key": "day"}, {"unique_key_changed"}),
    "contract": (
        "users",
        {"contract": True},
        {"contract": False},
        {"contract_enforcement_removed"},
    ),
    "grants": ("users", _config(grants={"select": ["bi"]}), {}, {"grant_removed"}),
    "strategy": (
        "snapshot.users",
        _config(strategy="check"),
        _config(strategy="timestamp"),
        {"snapshot_strategy_changed"},
    ),
    "check_cols": (
        "snapshot.users",
        _config(check_cols="all"),
        _config(check_cols=["id"]),
        {"snapshot_strategy_changed"},
    ),
    "updated_at": (
        "snapshot.users",
        _config(updated_at="a"),
        _config(updated_at="b"),
        {"snapshot_strategy_changed"},
    ),
    "hard_deletes": (
        "snapshot.users",
        {},
        _config(hard_deletes="invalidate"),
        {"snapshot_strategy_changed"},
    ),
    "valid_to_current": (
        "snapshot.users",
        {},
        _config(dbt_valid_to_current="'9999-12-31'"),
        {"snapshot_strategy_changed"},
    ),
    "snapshot_columns": (
        "snapshot.users",
        {},
        _config(snapshot_meta_column_names={"dbt_valid_to": "until"}),
        {"column_renamed"},
    ),
    "quote_columns": (
        "seed.users",
        {"columns": {"Id": "integer"}, **_config(quote_columns=True)},
        {"columns": {"Id": "integer"}, **_config(quote_columns=False)},
        {"column_identifier_case_changed"},
    ),
    "column_types": (
        "seed.users",
        _config(column_types={"id": "bigint"}),
        _config(column_types={"id": "integer"}),
        {"column_type_narrowed"},
    ),
    "incremental_strategy": (
        "users",
        {**INCREMENTAL, **_config(incremental_strategy="append")},
        {**INCREMENTAL, **_config(incremental_strategy="merge")},
        {"incremental_strategy_changed"},
    ),
    "partition_by": (
        "users",
        _config(partition_by={"field": "day"}),
        {},
        {"physical_layout_changed"},
    ),
    "cluster_by": ("users", _config(cluster_by="id"), {}, {"physical_layout_changed"}),
    "time_spine": ("users", _days("day"), {}, {"time_spine_removed"}),
    "arguments": (
        "function.net",
        {"node": {"arguments": [{"name": "price", "data_type": "double"}]}},
        {"node": {"arguments": []}},
        {"function_arguments_changed"},
    ),
    "function_type": (
        "function.net",
        _config(type="scalar"),
        _config(type="aggregate"),
        {"function_return_type_changed"},
    ),
    "returns": (
        "function.net",
        {"node": {"returns": {"data_type": "double"}}},
        {"node": {"returns": {"data_type": "varchar"}}},
        {"function_return_type_changed"},
    ),
    "freshness": (
        "source.raw.users",
        {"node": {"freshness": {"warn_after": {"count": 1, "period": "day"}}}},
        {},
        {"source_freshness_removed"},
    ),
}

#: Keys that no rule asks alone, and what they are for.
ALONE_NOTHING = {
    "on_schema_change": "with it a column that the SQL lost stays in the table",
    "version": "another version is another node",
    "renamed_from": "it pairs nodes, and there is no other node here",
}


def test_every_promise_can_fire() -> None:
    """A key whose rule stands in the list is compared by it, and the cases make each rule fire."""
    named = {key for key, promise in PROMISES.items() if promise.get("rule")}
    missing = set(PROMISES) - {*FIRES, *ALONE_NOTHING, *named}
    assert not missing, f"no row in FIRES, and no rule in macros/interface/_promises.sql: {missing}"
    assert {*FIRES, *ALONE_NOTHING} <= set(PROMISES)
    assert not FIRES.keys() & ALONE_NOTHING.keys()


def test_an_interface_holds_the_list_and_what_is_derived() -> None:
    side = sides.side({"users": {"columns": {"id": "integer"}}})
    interface = cases.host().call("_interface", side["nodes"]["model.shop.users"], None, "duckdb")
    assert set(interface) == {*PROMISES, *DERIVED}


def test_a_baseline_keeps_what_is_promised() -> None:
    kept = cases.host().call("_baseline_keys")
    assert {*KEYS["node"]} <= {*kept["node"], "checksum", "columns", "config", "contract"}
    assert {*KEYS["config"]} <= {*kept["config"], "contract"}


def test_the_helper_asks_for_the_list() -> None:
    assert promised_keys() == tuple(KEYS["node"])


def _found(name: str, before: Keys, after: Keys, keep: bool) -> set[str]:
    """The rules on one node at level strict, of sides as they are or as a baseline keeps them."""
    pair = [sides.side({name: keys}, "postgres") for keys in (before, after)]
    if keep:
        pair = [cases.host().call("_baseline_side", side) for side in pair]
    report = cases.host().call(
        "find_breaking_changes", *pair, None, None, cases.settings({"level": "strict"})
    )
    return {change["rule"] for change in report["changes"]}


@pytest.mark.parametrize("keep", [False, True], ids=["manifest", "baseline"])
@pytest.mark.parametrize("key", FIRES)
def test_a_difference_fires(key: str, keep: bool) -> None:
    name, before, after, rules = FIRES[key]
    assert _found(name, before, after, keep) == rules
    assert _found(name, before, before, keep) == set()
