"""Snapshots whose config asks for other meta columns than their existing table has."""

from __future__ import annotations

from typing import Any

import pytest
from lineage_manifests import node, target

from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.macro_host import MacroHost

HOST = MacroHost()
USERS = node("model.shop.users", "select 1 as id, 'x' as name")
READS = 'select id, dbt_valid_to from "dev"."main"."history"'
STILL = "its config names {}, which the existing table does not have"


def _history(**config: Any) -> dict[str, Any]:
    given = {"materialized": "snapshot", "strategy": "check", "check_cols": ["name"], **config}
    sql = 'select * from "dev"."main"."users"'
    parents = ("model.shop.users",)
    return node("snapshot.shop.history", sql, parents, config={"unique_key": "id", **given})


def _found(before: dict[str, Any], after: dict[str, Any], reads: str) -> dict[str, dict[str, Any]]:
    """Rule and column to each consumer's verdict and detail, and how to mend it."""
    consumer = node("model.shop.reads", reads, ("snapshot.shop.history",))
    sides = target(USERS, before, consumer), target(USERS, after, consumer)
    lineages = lineage_for_change(*sides, Cache(None), Workers(1))
    report = HOST.call(
        "find_breaking_changes",
        *(side.manifest.raw for side in sides),
        *lineages,
        HOST.call("_settings", {"as_of": "2026-06-15"}),
    )
    return {
        " ".join(filter(None, (change["rule"], change["column"]))): {
            "fix": change["fix"],
            **{entry["node"].split(".")[2]: entry["verdict"] for entry in change["impact"]},
            **{
                entry["node"].split(".")[2] + " detail": entry["detail"]
                for entry in change["impact"]
                if entry["node"].startswith("snapshot")
            },
        }
        for change in report["changes"]
    }


#: Config before and after, the finding, the column that the table lacks.
REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "valid_to is called otherwise": (
        {},
        {"snapshot_meta_column_names": {"dbt_valid_to": "until"}},
        "column_renamed dbt_valid_to",
        "until",
    ),
    "deletions are recorded": (
        {},
        {"hard_deletes": "new_record"},
        "column_added dbt_is_deleted",
        "dbt_is_deleted",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_without_the_meta_column_is_refused(case: str) -> None:
    before, after, finding, column = REFUSED[case]
    found = _found(_history(**before), _history(**after), READS)
    broken = {key: each for key, each in found.items() if each.get("history") == "breaks"}
    assert broken.keys() == {finding}
    assert broken[finding]["history detail"] == STILL.format(column)
    assert broken[finding]["fix"].endswith(
        "For history: rename or add the column in its table before the next run."
    )


#: Config before and after of what an existing table takes.
TAKEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the same names written down": (
        {},
        {"snapshot_meta_column_names": {"dbt_valid_to": "dbt_valid_to", "dbt_scd_id": None}},
    ),
    "deletions are no longer recorded": (
        {"hard_deletes": "new_record"},
        {"hard_deletes": "ignore"},
    ),
    "another spelling": (
        {"snapshot_meta_column_names": {"dbt_valid_to": "until"}},
        {"snapshot_meta_column_names": {"dbt_valid_to": "UNTIL"}},
    ),
}


@pytest.mark.parametrize("case", TAKEN)
def test_a_table_with_the_meta_columns_is_taken(case: str) -> None:
    before, after = TAKEN[case]
    found = _found(_history(**before), _history(**after), "select id from dev.main.history")
    assert [key for key, each in found.items() if "breaks" in each.values()] == []
