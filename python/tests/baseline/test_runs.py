"""What runs save and are compared with, through the hooks of a project."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from baseline.gate_project import DETECT, DETECT_COLUMNS, SAVE, SAVE_COLUMNS, GateProject
from projects import Outcome

# What the SQL of an adapter has no part in is tested on one.
ON_DUCKDB = pytest.mark.parametrize("gate", ["duckdb"], indirect=True)

BUILT = {
    "seed.deploy_gate.raw_customers",
    "seed.deploy_gate.raw_orders",
    "model.deploy_gate.stg_customers",
    "model.deploy_gate.stg_orders",
    "model.deploy_gate.customer_orders",
}


def said(outcome: Outcome) -> list[str]:
    """What the package said, with any baseline as <id>."""
    return [
        re.sub(r"\d{8}T\d+Z-\w+", "<id>", line)
        for line in outcome.messages
        if line.startswith("dbt_breaking_changes: ")
    ]


def sql_of(baseline: dict[str, Any]) -> dict[str, str]:
    """Which SQL each saved node stands for."""
    nodes = baseline["side"]["nodes"]
    return {unique_id: node["checksum"]["checksum"] for unique_id, node in nodes.items()}


def drop_phone(gate: GateProject) -> None:
    gate.edit("models/staging/stg_customers.sql", "    email,\n    phone\n", "    email\n")


def test_a_whole_run_saves_everything(gate: GateProject) -> None:
    gate.hooks(end=[SAVE])
    outcome = gate.dbt("build").expect_success()
    assert said(outcome) == ["dbt_breaking_changes: saved baseline <id>: 5 built by this run"]
    assert set(gate.load()["side"]["nodes"]) == BUILT


def test_nodes_that_were_not_built_keep_their_last_saved_interface(gate: GateProject) -> None:
    gate.hooks(end=[SAVE_COLUMNS])
    gate.dbt("build").expect_success()
    before = gate.load()
    drop_phone(gate)
    gate.edit("models/staging/stg_orders.sql", "customer_id,", "customer_id, 1 as extra,")
    outcome = gate.dbt("run", "-s", "stg_orders").expect_success()
    assert said(outcome) == [
        "dbt_breaking_changes: saved baseline <id>: 1 built by this run,"
        " 4 not built and kept as saved in <id>, columns of 5 read from the warehouse"
    ]
    after = gate.load()
    unique_id = "model.deploy_gate.stg_orders"
    changed = {key for key, sql in sql_of(after).items() if sql != sql_of(before)[key]}
    assert changed == {unique_id}
    columns = after["lineage"]["nodes"].pop(unique_id)["columns"]
    assert [column["name"] for column in columns] == [
        "order_id",
        "customer_id",
        "extra",
        "ordered_on",
        "amount",
    ]
    before["lineage"]["nodes"].pop(unique_id)
    assert after["lineage"] == before["lineage"]


@ON_DUCKDB
def test_a_failed_run_saves_what_it_built(gate: GateProject) -> None:
    gate.hooks(end=[SAVE])
    gate.dbt("build").expect_success()
    before = gate.load()
    gate.edit("models/staging/stg_customers.sql", "email,", "email, no_such_column,")
    gate.edit("models/staging/stg_orders.sql", "customer_id,", "customer_id, 1 as extra,")
    outcome = gate.dbt("run")
    assert outcome.exit_code == 1
    assert said(outcome) == [
        "dbt_breaking_changes: saved baseline <id>: 1 built by this run,"
        " 4 not built and kept as saved in <id>"
    ]
    changed = {key for key, sql in sql_of(gate.load()).items() if sql != sql_of(before)[key]}
    assert changed == {"model.deploy_gate.stg_orders"}


@ON_DUCKDB
def test_what_was_never_built_is_left_out(gate: GateProject) -> None:
    gate.hooks(end=[SAVE])
    outcome = gate.dbt("build", "-s", "raw_orders", "stg_orders").expect_success()
    assert said(outcome) == [
        "dbt_breaking_changes: saved baseline <id>: 2 built by this run,"
        " 3 neither built nor saved before, so left out"
    ]
    assert set(gate.load()["side"]["nodes"]) == {
        "seed.deploy_gate.raw_orders",
        "model.deploy_gate.stg_orders",
    }


@ON_DUCKDB
def test_a_run_that_built_nothing_saves_nothing(gate: GateProject) -> None:
    gate.hooks(end=[SAVE])
    outcome = gate.dbt("test").expect_success()
    assert said(outcome) == []
    gate.write("tests/some_test.sql", "select 1 as one where 1 = 0")
    outcome = gate.dbt("test").expect_success()
    assert said(outcome) == [
        "dbt_breaking_changes: this run built nothing; the baseline stays as it is"
    ]
    assert gate.load() is None


@ON_DUCKDB
def test_a_deleted_model_is_gone_from_the_next_save(gate: GateProject) -> None:
    gate.hooks(end=[SAVE])
    gate.dbt("build").expect_success()
    gate.delete("models/marts/customer_orders.sql")
    gate.delete("models/marts/_marts.yml")
    gate.dbt("run").expect_success()
    assert set(gate.load()["side"]["nodes"]) == BUILT - {"model.deploy_gate.customer_orders"}


@ON_DUCKDB
def test_saving_before_anything_is_built_is_refused(gate: GateProject) -> None:
    gate.hooks(start=[SAVE])
    outcome = gate.dbt("build")
    assert outcome.exit_code == 2
    assert "only known in on-run-end" in outcome.errors[-1]


TYPES = {
    "duckdb": {"amount": "DECIMAL(10,2)", "email": "VARCHAR", "orders": "BIGINT"},
    "postgres": {"amount": "numeric(10,2)", "email": "text", "orders": "bigint"},
}


def test_columns_come_from_the_warehouse(gate: GateProject) -> None:
    gate.hooks(end=[SAVE_COLUMNS])
    gate.dbt("build").expect_success()
    facts = gate.load()["lineage"]["nodes"]
    types = TYPES["postgres" if gate.server else "duckdb"]
    assert set(facts) == BUILT
    for fact in facts.values():
        assert (fact["evidence"], fact["complete"]) == ("warehouse", True)
    orders = {
        column["name"]: column["type"]
        for column in facts["model.deploy_gate.customer_orders"]["columns"]
    }
    assert list(orders) == [
        "customer_id",
        "customer_name",
        "email",
        "phone",
        "orders",
        "revenue",
    ]
    assert (orders["email"], orders["orders"]) == (types["email"], types["orders"])
    amount = facts["model.deploy_gate.stg_orders"]["columns"][3]
    assert (amount["name"], amount["type"]) == ("amount", types["amount"])


def test_the_first_run_passes_and_the_next_is_stopped_before_it_builds(gate: GateProject) -> None:
    gate.hooks(start=[DETECT.replace("()", "(fail_on='warn')")], end=[SAVE_COLUMNS])
    first = gate.dbt("build").expect_success()
    assert "nothing was compared" in said(first)[0]
    gate.dbt("build").expect_success()
    gate.delete("models/marts/customer_orders.sql")
    gate.delete("models/marts/_marts.yml")
    saved = gate.saved_ids()
    stopped = gate.dbt("build")
    assert stopped.exit_code == 2
    assert stopped.statuses == {}
    assert any("model_removed" in line for line in stopped.printed)
    assert gate.saved_ids() == saved


def test_what_was_really_built_is_compared(gate: GateProject) -> None:
    """Nothing is documented and no SQL is analysed; the warehouse itself proves the change."""
    gate.hooks(end=[DETECT_COLUMNS, SAVE_COLUMNS])
    gate.dbt("build").expect_success()
    gate.dbt("build").expect_success()
    saved = gate.saved_ids()
    assert len(saved) == 2
    drop_phone(gate)
    gate.edit("models/staging/stg_orders.sql", "ordered_on as date", "ordered_on as varchar")
    json_report = ("--vars", json.dumps({"breaking_changes_format": "json"}))
    failed = gate.dbt("build", *json_report)
    assert failed.exit_code == 2
    assert sorted(
        (change["rule"], change["node"].split(".")[-1], change["column"], change["evidence"])
        for change in failed.report["changes"]
    ) == [
        ("column_removed", "customer_orders", "phone", "warehouse"),
        ("column_removed", "stg_customers", "phone", "warehouse"),
        ("column_type_changed", "stg_orders", "ordered_on", "warehouse"),
    ]
    # This run built whatever reads them: no model is unknown, and none broke.
    entries = [entry for change in failed.report["changes"] for entry in change["impact"]]
    assert {(entry["verdict"], entry["detail"]) for entry in entries} == {
        ("changes", "this run built it, so it does not break"),
        ("unknown", "what it queries outside dbt is not known"),
    }
    assert gate.saved_ids() == saved


@ON_DUCKDB
def test_older_saves_can_be_compared_with(gate: GateProject) -> None:
    gate.hooks(end=[SAVE_COLUMNS])
    gate.dbt("build").expect_success()
    drop_phone(gate)
    gate.dbt("build").expect_success()
    newest, older = gate.saved_ids()
    for prior, columns in (
        (f"baseline:{older}", {("customer_orders", "phone"), ("stg_customers", "phone")}),
        (f"baseline:{newest}", set()),
        ("baseline:latest", set()),
    ):
        outcome = gate.operation(
            "detect_breaking_changes",
            prior=prior,
            current="warehouse",
            format="json",
            fail_on="never",
        ).expect_success()
        assert {
            (change["node"].split(".")[-1], change["column"])
            for change in outcome.report["changes"]
            if change["rule"] == "column_removed"
        } == columns
    refused = gate.operation("detect_breaking_changes", prior="baseline:yesterday")
    assert refused.exit_code == 1
    assert "there is no complete baseline yesterday" in refused.errors[0]
    assert f"Saved are: {newest}, {older}." in refused.errors[0]
