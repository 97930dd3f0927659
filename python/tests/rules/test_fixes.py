"""What a finding advises fits the host that says it and the table that refuses the change."""

from __future__ import annotations

from typing import Any

import pytest
from rules import cases, sides

FACTS = {"columns": {"id": "INTEGER"}, "incomplete": "it cannot be read"}
DOCUMENTED = {"id": "integer", "phone": "varchar"}
TABLE = {"materialized": "incremental", "on_schema_change": "fail"}
REBUILD = (
    " For totals: set on_schema_change to append_new_columns or sync_all_columns, "
    "or run it once with --full-refresh."
)


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of a change at level strict."""
    report = cases.host().call(
        "find_breaking_changes",
        *(sides.side(before), sides.side(after), sides.facts(before), sides.facts(after)),
        cases.settings({"level": "strict"}),
    )
    found: list[dict[str, Any]] = report["changes"]
    return found


@pytest.mark.parametrize(
    ("facts", "advice"),
    [
        ({}, "with the helper's column lineage."),
        ({"facts": FACTS}, "with a catalog.json of both sides (dbt docs generate)."),
    ],
    ids=["without column lineage", "with it"],
)
def test_the_helper_does_not_advise_to_use_the_helper(facts: dict[str, Any], advice: str) -> None:
    before = {"users": {"columns": DOCUMENTED, **facts}}
    after = {"users": {"columns": {"id": "integer"}, **facts}}
    (finding,) = changes(before, after)
    assert finding["rule"] == "column_undeclared"
    assert finding["fix"].endswith(advice)


@pytest.mark.parametrize(
    ("kind", "materialized", "advice"),
    [("table", "incremental", REBUILD), ("contract", "incremental", ""), ("table", "table", "")],
)
def test_an_incremental_table_that_refuses_a_column_can_be_altered_or_rebuilt(
    kind: str, materialized: str, advice: str
) -> None:
    before = {"totals": {"config": {"materialized": materialized}, "facts": {"columns": {}}}}
    facts = {
        "columns": {"extra": "INTEGER"},
        "unbound": [f"{kind} totals:extra SELECT"],
    }
    after = {"totals": {**before["totals"], "sql": "select 2", "facts": facts}}
    (finding,) = changes(before, after)
    assert finding["rule"] == "column_added"
    assert finding["impact"][0]["verdict"] == "breaks"
    assert finding["fix"] == cases.host().call("_catalogue")["column_added"]["fix"] + advice


OF_CONTRACT = "Alter the SELECT to give the columns of the contract, or alter the contract."
OF_TABLE = "Alter the SELECT to give the columns of the existing table, or alter that table."
OF_KEY = "Alter the SELECT to give the unique_key, or choose another unique_key."


@pytest.mark.parametrize(
    ("kind", "detail", "materialized", "advice"),
    [
        ("contract", "its SQL gives extra, which its contract does not have", "table", OF_CONTRACT),
        ("contract", "its SQL gives extra, which its contract does not have", "view", OF_CONTRACT),
        ("table", "its SQL gives extra, which it has not", "incremental", OF_TABLE + REBUILD),
        ("table", "its SQL does not give extra, which is its unique_key", "incremental", OF_KEY),
        ("missing", None, "table", "Correct the reference, or bring back what it refers to."),
    ],
)
def test_what_refuses_the_select_of_a_new_model_can_be_altered(
    kind: str, detail: str | None, materialized: str, advice: str
) -> None:
    facts = {"columns": {"id": "INTEGER"}}
    users = {"users": {"facts": facts}}
    after: dict[str, Any] = {
        **users,
        "totals": {
            "config": {"materialized": materialized},
            "from": ["users"],
            "facts": {**facts, "unbound": [f"{kind} users:extra SELECT"]},
        },
    }
    document = sides.facts(after)
    assert document is not None
    document["nodes"]["model.shop.totals"]["unbound"][0]["detail"] = detail
    report = cases.host().call(
        "find_breaking_changes",
        *(sides.side(users), sides.side(after), sides.facts(users), document),
        cases.settings({"level": "relation"}),
    )
    (finding,) = report["changes"]
    assert (finding["rule"], finding["fix"]) == ("model_does_not_bind", advice)


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("semantic_model.users", "model users"),
        ("source.crm.users", "users"),
        ("seed.people", "users"),
    ],
)
def test_a_name_that_is_not_unique_has_its_type(other: str, name: str) -> None:
    before: dict[str, Any] = {"users": {"contract": True, "columns": DOCUMENTED}, other: {}}
    after = {**before, "users": {"contract": True, "columns": {"id": "integer"}}}
    assert [one["message"] for one in changes(before, after)] == [f"{name}.phone was removed"]
