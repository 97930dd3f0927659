"""A dropped column breaks whoever names it, on every adapter, as its adapter renders relations.

The relation names are those that each adapter's `Relation.render` gives with its default quoting;
the further spellings are what people write by hand or what older versions of the adapter gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lineage_manifests import manifest, node

from breaking_changes.adapters import DIALECTS
from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.macro_host import MacroHost

USERS, MART = "model.shop.users", "model.shop.mart"
HOST = MacroHost()

# adapter, database, schema, how a relation is rendered
RENDERED: list[tuple[str, str | None, str, str]] = [
    ("athena", "awsdatacatalog", "main", '"awsdatacatalog"."main"."{}"'),
    ("bigquery", "acme-prod", "main", "`acme-prod`.`main`.`{}`"),
    ("clickhouse", None, "main", "`main`.`{}`"),
    ("databricks", "prod", "main", "`prod`.`main`.`{}`"),
    ("duckdb", "prod", "main", '"prod"."main"."{}"'),
    ("fabric", "prod", "main", '"prod"."main"."{}"'),
    ("postgres", "prod", "main", '"prod"."main"."{}"'),
    ("redshift", "prod", "main", '"prod"."main"."{}"'),
    ("snowflake", "PROD", "MAIN", "PROD.MAIN.{}"),
    ("spark", None, "main", "main.{}"),
    ("sqlserver", "prod", "main", '"prod"."main"."{}"'),
    ("trino", "prod", "main", '"prod"."main"."{}"'),
]
ALSO: list[tuple[str, str | None, str, str]] = [
    ("bigquery", "acme-prod", "main", "`acme-prod.main.{}`"),
    ("bigquery", "acme-prod", "main", "`acme-prod`.main.{}"),
    ("bigquery", "acme-prod", "main", "acme-prod.main.{}"),
    ("bigquery", "acme.com:prod", "main", "`acme.com:prod`.`main`.`{}`"),
    ("bigquery", "prod", "main", "`main.{}`"),
    ("databricks", None, "main", "`main`.`{}`"),
    ("databricks", "prod", "main", "prod.main.{}"),
    ("snowflake", "PROD", "MAIN", '"PROD"."MAIN".{}'),
    ("snowflake", "prod", "main", "prod.main.{}"),
    ("spark", None, "main", "`main`.`{}`"),
    ("sqlserver", "prod", "main", "[prod].[main].[{}]"),
    ("sqlserver", "prod", "main", "prod.main.{}"),
    ("fabric", "prod", "main", "[prod].[main].[{}]"),
    ("clickhouse", None, "main", "main.{}"),
    ("trino", "prod", "main", "prod.main.{}"),
]

# what reads the column, its SQL: {users} and {events} are relations as rendered
CONSUMERS: dict[str, str] = {
    "the column alone": "select phone from {users}",
    "under an alias": "select u.phone from {users} as u where u.id > 1",
    "under the relation's own name": "select users.phone from {users}",
    "under its whole name": "select {users}.phone from {users}",
    "in WHERE": "select id from {users} where phone is not null",
    "in a join": "select e.id from {events} e join {users} u on u.phone = e.phone",
    "after a CTE of the relation's name": (
        "with users as (select * from {users}) select users.phone from users"
    ),
    "through a star of a CTE": "with base as (select * from {users}) select phone from base",
    "in a subquery": "select id from {events} where phone in (select u.phone from {users} u)",
    "in a set operation": "select phone from {events} union all select phone from {users}",
    "grouped": "select phone, count(*) as n from {users} group by phone",
}


def _node(
    adapter: tuple[str, str | None, str, str], unique_id: str, sql: str, *parents: str, **more: Any
) -> dict[str, Any]:
    _, database, schema, relation = adapter
    name = unique_id.split(".")[2]
    return node(
        unique_id,
        sql,
        tuple(f"model.shop.{parent}" for parent in parents),
        **{
            "database": database,
            "schema": schema,
            "relation_name": relation.format(name),
            **more,
        },
    )


def _impact(adapter: str, before: list[Any], after: list[Any]) -> dict[str, str]:
    """The verdict on each consumer of users.phone, by its name."""
    sides = [manifest(*nodes, adapter_type=adapter) for nodes in (before, after)]
    prior, current = (Target(Manifest(side), Catalog({})) for side in sides)
    lineages = lineage_for_change(prior, current, Cache(None), Workers(1))
    report = HOST.call("find_breaking_changes", *sides, *lineages, None)
    (change,) = (
        one for one in report["changes"] if one["rule"] == "column_removed" and one["node"] == USERS
    )
    assert change["column"].lower() == "phone"
    return {one["node"].split(".")[2]: one["verdict"] for one in change["impact"]}


def _sides(
    adapter: tuple[str, str | None, str, str], *consumers: Mapping[str, Any]
) -> tuple[list[Any], list[Any]]:
    """Users with a phone and without, beside events, both followed by the consumers."""
    events = _node(adapter, "model.shop.events", "select 1 as id, '1' as phone")
    sides = []
    for columns in ("1 as id, '1' as phone", "1 as id"):
        checksum = {"name": "sha256", "checksum": str(len(columns)).zfill(64)}
        users = _node(adapter, USERS, f"select {columns}", checksum=checksum)
        sides.append([users, events, *consumers])
    return sides[0], sides[1]


@pytest.mark.parametrize("adapter", RENDERED + ALSO, ids=lambda one: f"{one[0]} {one[3]}")
def test_a_dropped_column_breaks_who_names_it(
    adapter: tuple[str, str | None, str, str],
) -> None:
    relations = {name: adapter[3].format(name) for name in ("users", "events")}
    marts = [
        _node(adapter, f"model.shop.{kind}", sql.format(**relations), "users", "events")
        for kind, sql in CONSUMERS.items()
    ]
    assert _impact(adapter[0], *_sides(adapter, *marts)) == dict.fromkeys(CONSUMERS, "breaks")


@pytest.mark.parametrize("adapter", RENDERED + ALSO, ids=lambda one: f"{one[0]} {one[3]}")
def test_who_names_another_column_is_not_affected(
    adapter: tuple[str, str | None, str, str],
) -> None:
    sql = "select id from {} where id > 1".format(adapter[3].format("users"))
    counted = "select count(*) as n from {}".format(adapter[3].format("users"))
    consumers = [
        _node(adapter, MART, sql, "users"),
        _node(adapter, "model.shop.counted", counted, "users"),
    ]
    assert _impact(adapter[0], *_sides(adapter, *consumers)) == {}


@pytest.mark.parametrize("adapter", RENDERED + ALSO, ids=lambda one: f"{one[0]} {one[3]}")
def test_every_kind_of_consumer_breaks(adapter: tuple[str, str | None, str, str]) -> None:
    users = adapter[3].format("users")
    ephemeral = f"select id, phone from {users}"
    cte = f" __dbt__cte__eph as (\n{ephemeral}\n)"
    consumers = [
        _node(
            adapter,
            "model.shop.eph",
            ephemeral,
            "users",
            config={"materialized": "ephemeral"},
            relation_name=None,
        ),
        _node(
            adapter,
            "model.shop.inlines",
            f"with{cte} select id from __dbt__cte__eph",
            "eph",
            extra_ctes=[{"id": "model.shop.eph", "sql": cte}],
        ),
        _node(
            adapter,
            "model.shop.hooked",
            "select 1 as id",
            "users",
            config={
                "materialized": "table",
                "post-hook": [{"sql": f"insert into audit select phone from {users}"}],
            },
        ),
        _node(
            adapter,
            "test.shop.not_null_users_phone.1",
            f"\n\n\nselect phone\nfrom {users}\nwhere phone is null\n\n\n",
            "users",
            column_name="phone",
            attached_node=USERS,
            test_metadata={"name": "not_null", "kwargs": {"column_name": "phone"}},
            relation_name=None,
        ),
        _node(adapter, "model.shop.star", f"select * from {users}", "users"),
        _node(adapter, "model.shop.late", f"select phone from {adapter[3].format('star')}", "star"),
    ]
    assert _impact(adapter[0], *_sides(adapter, *consumers)) == {
        "eph": "breaks",
        "inlines": "breaks",
        "hooked": "breaks",
        "not_null_users_phone": "breaks",
        "star": "changes",
        "late": "breaks",
    }


# SQL of a model that depends on users, in which users cannot be told from another relation
UNRECOGNISED: dict[str, tuple[str, str]] = {
    "a name that was rendered otherwise": ("duckdb", "select id from elsewhere.users"),
    "a name by its first part alone": ("snowflake", "select id from users"),
    "another project in BigQuery": ("bigquery", "select id from `acme.old.main.users`"),
    "a function of the engine": ("clickhouse", "select id from cluster('c', main.users)"),
    "a linked server": ("sqlserver", "select id from far.prod.other.users"),
}


@pytest.mark.parametrize("kind", UNRECOGNISED)
def test_a_parent_that_is_not_recognised_is_never_silently_unaffected(kind: str) -> None:
    name, sql = UNRECOGNISED[kind]
    adapter = next(one for one in RENDERED if one[0] == name)
    mart = _node(adapter, MART, sql, "users")
    assert _impact(name, *_sides(adapter, mart)) == {"mart": "unknown"}


def test_a_parent_that_only_a_comment_names_is_not_read() -> None:
    adapter = next(one for one in RENDERED if one[0] == "duckdb")
    sql = '-- depends_on: "prod"."main"."users"\nselect id from landing.rows'
    assert _impact("duckdb", *_sides(adapter, _node(adapter, MART, sql, "users"))) == {}


def test_every_adapter_has_its_cases() -> None:
    assert {one[0] for one in RENDERED} == set(DIALECTS)
