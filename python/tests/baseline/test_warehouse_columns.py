"""Columns of the warehouse become facts, at the price of one query a schema."""

from __future__ import annotations

from typing import Any

from baseline.fake_warehouse import warehouse


def node(name: str, schema: str, alias: str | None = None) -> dict[str, Any]:
    return {
        "unique_id": f"model.shop.{name}",
        "database": "analytics",
        "schema": schema,
        "alias": alias or name,
        "checksum": {"name": "md5", "checksum": f"sum of {name}"},
    }


COLUMNS = {
    "staging": [["USERS", "ID", "NUMBER(38,0)"], ["USERS", "PHONE", "TEXT(16)"]],
    "marts": [
        ["orders", "id", "NUMBER(38,0)"],
        ["ORDERS", "other", "TEXT(1)"],
        ["not a model", "x", "DATE"],
    ],
}

INFERRED = {
    "checksum": "older",
    "evidence": "inferred",
    "complete": False,
    "reason": "a macro reads columns at run time",
    "columns": [{"name": "phone", "type": None, "identity": "9f2c", "from": [["source", "tel"]]}],
    "reads": [{"parent": "source", "column": "tel", "clause": "SELECT"}],
}


def column(name: str, kind: str, identity: str | None = None, *origin: list[str]) -> dict[str, Any]:
    return {"name": name, "type": kind, "identity": identity, "from": list(origin)}


def test_one_query_a_schema_and_names_as_the_warehouse_folded_them() -> None:
    place = warehouse(
        "snowflake", answer=lambda sql: COLUMNS["staging" if "'staging'" in sql else "marts"]
    )
    nodes = [
        node("users", "staging"),
        node("orders", "marts"),
        node("never_built", "marts"),
        node("loud", "marts", alias="ORDERS"),
    ]
    facts = place.call("_warehouse_facts", nodes, {"nodes": {"model.shop.users": INFERRED}})
    assert len(place.adapter.executed) == 2
    whole = {"complete": True, "reason": None, "evidence": "warehouse"}
    assert facts == {
        "model.shop.users": {
            **whole,
            "checksum": "sum of users",
            "columns": [
                column("ID", "NUMBER(38,0)"),
                column("PHONE", "TEXT(16)", "9f2c", ["source", "tel"]),
            ],
            "reads": INFERRED["reads"],
        },
        "model.shop.orders": {
            **whole,
            "checksum": "sum of orders",
            "columns": [column("id", "NUMBER(38,0)")],
        },
        "model.shop.loud": {
            **whole,
            "checksum": "sum of loud",
            "columns": [column("other", "TEXT(1)")],
        },
    }
