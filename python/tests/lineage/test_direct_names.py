"""Relations that SQL names without ref() or source(), by engine."""

from __future__ import annotations

from typing import Any

import pytest
from lineage_manifests import node

from breaking_changes.artifacts import Node
from breaking_changes.lineage.nodes.direct_names import Relations

USERS, ORDERS, HISTORY = "model.shop.users", "source.shop.raw.orders", "snapshot.shop.history"
NAMES = {USERS: "users", ORDERS: "orders", HISTORY: "history"}


def _node(unique_id: str, **more: Any) -> Node:
    return Node(unique_id, node(unique_id, **{"alias": unique_id.rsplit(".", 1)[-1], **more}))


def _nodes(*more: Node) -> dict[str, Node]:
    """users in dev.main, orders in dev.raw, history in dev.main, and an ephemeral model."""
    nodes = (
        _node(USERS),
        _node(ORDERS, schema="raw"),
        _node(HISTORY),
        _node("model.shop.part", config={"materialized": "ephemeral"}),
        *more,
    )
    return {one.unique_id: one for one in nodes}


# SQL, the nodes that it names; the consumer is model.shop.mart, whose only listed parent is history
DUCKDB: list[tuple[str, set[str]]] = [
    ("select * from main.users", {"users"}),
    ("select * from MAIN.Users", {"users"}),
    ('select * from "dev"."main"."users"', {"users"}),
    ('select * from dev . "main" . users', {"users"}),
    ("select * from dev.users", {"users"}),
    ("select * from users", {"users"}),
    ('select * from "users" as u join raw.orders o on true', {"users", "orders"}),
    ("select * from raw.orders, users u", {"users", "orders"}),
    ("select * from a, users as u, main.history", {"users"}),
    ("select * from a join users using (id)", {"users"}),
    ("select (select max(id) from users) from a", {"users"}),
    ("select * from query('select phone from users')", {"users"}),
    ("select * from query_table(['users', 'main.history', 'raw.orders'])", {"users", "orders"}),
    ("with users as (select * from users) select * from users", {"users"}),
    ("select * from other.main.users", set()),
    ("select * from other.users", set()),
    ("select * from orders", set()),
    ("select * from raw.users", set()),
    ("select * from main.users_old", set()),
    ("select * from domain.users", set()),
    ("select * from main.part", set()),
    ("select * from main.history", set()),
    ("select * from main.mart", set()),
    ("select * from users('x')", set()),
    ("select users.id from users_old", set()),
    ("with users as (select 1 as id) select * from users", set()),
    ("with a as (select 1), users (id) as materialized (select 1) select * from users", set()),
    ("with recursive users as (select 1 union select * from users) select * from users", set()),
    ("select 1 -- from main.users", set()),
    ("select 1 /* from main.users\n join users */", set()),
    ("select 'main.users' as came_from, ' from users '", set()),
]


@pytest.mark.parametrize(("sql", "expected"), DUCKDB, ids=[sql for sql, _ in DUCKDB])
def test_duckdb(sql: str, expected: set[str]) -> None:
    consumer = _node("model.shop.mart", parents=(HISTORY,))
    found = Relations(_nodes(consumer), {}, "duckdb").named_in(consumer, sql)
    assert {NAMES[unique_id] for unique_id in found.nodes} == expected
    assert found.unclear == {}
    assert found.blind is None


# dialect, SQL, the nodes that it names, those that it may name
ELSEWHERE: list[tuple[str, str, set[str], set[str]]] = [
    ("snowflake", "select * from main.users", {"users"}, set()),
    ("snowflake", "select * from users", set(), {"users"}),
    ("snowflake", "select * from table('main.users')", {"users"}, set()),
    ("snowflake", "select * from identifier('users')", set(), {"users"}),
    ("bigquery", "select * from `dev.main.users`", {"users"}, set()),
    ("bigquery", "select * from `dev`.raw.orders", {"orders"}, set()),
    ("bigquery", "select * from `other.main.users`", set(), set()),
    ("postgres", "select * from orders o, main.users", {"users"}, {"orders"}),
    (
        "postgres",
        "select * from dblink('c', 'select id from main.users') t(id int)",
        {"users"},
        set(),
    ),
    ("tsql", "select * from [dev].[main].[users]", {"users"}, set()),
]


@pytest.mark.parametrize(
    ("dialect", "sql", "expected", "unclear"), ELSEWHERE, ids=[sql for _, sql, _, _ in ELSEWHERE]
)
def test_elsewhere(dialect: str, sql: str, expected: set[str], unclear: set[str]) -> None:
    consumer = _node("model.shop.mart")
    found = Relations(_nodes(consumer), {}, dialect).named_in(consumer, sql)
    assert {NAMES[unique_id] for unique_id in found.nodes} == expected
    assert {NAMES[unique_id] for unique_id in found.unclear} == unclear
    assert (found.blind is None) == (not unclear)


def test_a_name_of_two_relations_is_not_guessed() -> None:
    twin = _node("source.shop.crm.users", database="crm")
    consumer = _node("model.shop.mart")
    found = Relations(_nodes(twin), {}, "duckdb").named_in(consumer, "select * from main.users")
    assert found.nodes == ()
    assert found.unclear == {USERS: "main.users", twin.unique_id: "main.users"}
    assert found.blind == (
        "It names main.users without ref, which may be a relation of this project or not."
    )


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_a_relation_that_is_a_source_as_well_is_the_node_that_builds_it(dialect: str) -> None:
    twin = _node("source.shop.crm.users")
    consumer = _node("model.shop.mart")
    found = Relations(_nodes(twin), {}, dialect).named_in(consumer, "select * from main.users")
    assert (found.nodes, found.unclear) == ((USERS,), {})


def test_a_relation_of_two_sources_is_the_first_of_them() -> None:
    crm, erp = (_node(f"source.shop.{name}.people", schema="raw") for name in ("crm", "erp"))
    consumer = _node("model.shop.mart")
    found = Relations(_nodes(crm, erp), {}, "duckdb").named_in(consumer, "from raw.people")
    assert (found.nodes, found.unclear) == ((crm.unique_id,), {})


def test_a_relation_that_two_nodes_build_is_not_guessed() -> None:
    twin = _node("seed.shop.users")
    consumer = _node("model.shop.mart")
    found = Relations(_nodes(twin), {}, "duckdb").named_in(consumer, "select * from main.users")
    assert found.nodes == ()
    assert found.unclear.keys() == {USERS, twin.unique_id}


def test_a_name_of_two_nodes_is_clear_when_dbt_lists_one_as_parent() -> None:
    twin = _node("source.shop.crm.users")
    consumer = _node("model.shop.mart", parents=(twin.unique_id,))
    found = Relations(_nodes(twin), {}, "duckdb").named_in(consumer, "select * from main.users")
    assert (found.nodes, found.unclear) == ((), {})


def test_the_names_of_the_prior_side_stand_for_the_same_nodes() -> None:
    before = _node(USERS, database="prod", schema="analytics")
    renamed = _node("model.shop.people", schema="main", alias="users")
    consumer = _node("model.shop.mart")
    relations = Relations(_nodes(), {USERS: before, renamed.unique_id: renamed}, "duckdb")
    found = relations.named_in(consumer, "select * from prod.analytics.users join main.users")
    assert found.nodes == (USERS,)
    assert found.unclear == {}


def test_a_python_model_names_relations_in_its_texts() -> None:
    consumer = _node("model.shop.mart", language="python")
    sql = "def model(dbt, session):\n    return session.sql('select * from main.users')"
    assert Relations(_nodes(), {}, "duckdb").named_in(consumer, sql).nodes == (USERS,)


#: What SQL calls a model that it refers to as well, and whether dbt would not have written that.
OTHERWISE = {
    "main.dim": True,
    "dim": True,
    "dim_v1": True,
    "main.dim_v1": False,
    '"dev"."main"."dim_v1"': False,
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_parent_by_another_name_than_dbt_renders(name: str) -> None:
    keys = {"version": 1, "latest_version": 1, "alias": "dim_v1", "name": "dim"}
    config = {"latest_version_pointer": {"enabled": True}}
    dim = _node("model.shop.dim.v1", **keys, config=config)
    consumer = _node("model.shop.mart", parents=(dim.unique_id,))
    found = Relations(_nodes(dim), {}, "duckdb").named_in(consumer, f"select * from {name}")
    assert found.nodes == ((dim.unique_id,) if OTHERWISE[name] else ())
    assert found.unclear == {}
