"""Compiled SQL of two environments becomes the same text."""

from __future__ import annotations

from typing import Any

import pytest
from lineage_manifests import node

from breaking_changes.artifacts import Node
from breaking_changes.lineage.nodes.relation_names import (
    normalise,
    same_but_for_names,
    without_ephemeral_ctes,
)

USERS = "model.shop.users"


def _node(unique_id: str, **more: Any) -> Node:
    return Node(unique_id, node(unique_id, **more))


# dialect, the parent's relation as rendered, SQL, SQL after
CASES = [
    (
        "duckdb",
        '"prod"."main"."users"',
        'select users.id from "prod"."main"."users"',
        'select users.id from "model:shop:users"."users"',
    ),
    (
        "snowflake",
        "PROD.MAIN.users",
        "select u.id, 'prod.main.users' from PROD.MAIN.users u join PROD.MAIN.users_old o",
        "select u.id, 'prod.main.users' from \"model:shop:users\".users u "
        "join PROD.MAIN.users_old o",
    ),
    (
        "bigquery",
        "`prod`.`main`.`users`",
        "select `users`.id from `prod`.`main`.`users`",
        "select `users`.id from `model:shop:users`.`users`",
    ),
    (
        "tsql",
        '"prod"."main"."users"',
        'select id from "prod"."main"."users"',
        'select id from [model:shop:users]."users"',
    ),
    (
        "spark",
        "main.users",
        "select id from main.users where domain.users = 1",
        "select id from `model:shop:users`.users where domain.users = 1",
    ),
    (
        "duckdb",
        "read_csv('data/users.csv')",
        "select id from read_csv('data/users.csv')",
        'select id from "model:shop:users"."users"',
    ),
]


@pytest.mark.parametrize(("dialect", "relation", "sql", "expected"), CASES)
def test_relations_become_tokens(dialect: str, relation: str, sql: str, expected: str) -> None:
    parent = _node(USERS, relation_name=relation)
    found = normalise(_node("model.shop.mart"), sql, [parent], dialect)
    assert found.sql == expected
    assert found.names[("model:shop:users", "users")] == USERS


def test_names_written_by_hand_find_their_node_with_and_without_the_database() -> None:
    found = normalise(_node("model.shop.mart"), "select 1", [_node(USERS)], "duckdb")
    assert found.names == {
        ("dev", "main", "users"): USERS,
        ("main", "users"): USERS,
        ("model:shop:users", "users"): USERS,
        ("dev", "main", "mart"): "model.shop.mart",
        ("main", "mart"): "model.shop.mart",
        ("model:shop:mart", "mart"): "model.shop.mart",
    }


def test_a_deferred_parent_is_the_same_node() -> None:
    deferred = {
        "database": "prod",
        "schema": "main",
        "alias": "users",
        "relation_name": '"prod"."main"."users"',
    }
    parent = _node(USERS, defer_relation=deferred)
    sql = 'select * from "prod"."main"."users"'
    found = normalise(_node("model.shop.mart"), sql, [parent], "duckdb")
    assert found.sql == 'select * from "model:shop:users"."users"'
    assert found.names[("prod", "main", "users")] == USERS


def test_this_is_the_node_itself() -> None:
    sql = 'select max(id) from "dev"."main"."mart"'
    found = normalise(_node("model.shop.mart"), sql, [], "duckdb")
    assert found.sql == 'select max(id) from "model:shop:mart"."mart"'
    assert found.reads_itself


EPHEMERAL = " __dbt__cte__recent as (\nselect id from users\n)"
SECOND = " __dbt__cte__late as (\nselect id from __dbt__cte__recent\n)"

# injected CTEs, compiled SQL, SQL as written
INJECTED = [
    (
        [EPHEMERAL],
        f"\nwith{EPHEMERAL} select id from __dbt__cte__recent",
        "\n\n\n select id from __dbt__cte__recent",
    ),
    (
        [EPHEMERAL, SECOND],
        f"with {EPHEMERAL}, {SECOND}, e as (select 1) select * from e",
        "with \n\n\n\n e as (select 1) select * from e",
    ),
    (
        [EPHEMERAL],
        f"with recursive{EPHEMERAL}, e as (select 1) select * from e",
        "with recursive\n\n e as (select 1) select * from e",
    ),
    ([EPHEMERAL], "select id from elsewhere", "select id from elsewhere"),
]


@pytest.mark.parametrize(("ctes", "compiled", "expected"), INJECTED)
def test_ctes_of_ephemeral_models_are_taken_out_line_by_line(
    ctes: list[str], compiled: str, expected: str
) -> None:
    mart = _node("model.shop.mart", extra_ctes=[{"id": "x", "sql": sql} for sql in ctes])
    found = without_ephemeral_ctes(mart, compiled)
    assert found == expected
    assert found.count("\n") == compiled.count("\n")


def test_an_ephemeral_parent_is_found_by_its_cte() -> None:
    parent = _node("model.shop.Recent", config={"materialized": "ephemeral"}, relation_name=None)
    found = normalise(_node("model.shop.mart"), "select 1", [parent], "duckdb")
    assert found.names[("__dbt__cte__recent",)] == "model.shop.Recent"


def test_a_name_that_cannot_stand_in_the_sql_does_not_count() -> None:
    mart, parent = _node("model.shop.mart"), _node("model.shop.odd", alias='od"d')
    found = normalise(
        mart, 'select 1 from main.users, main."od""d"', [_node(USERS), parent], "tsql"
    )
    assert [name for name, _ in found.named()] == [("main", "users"), ("main", 'od"d')]


def _mart(sql: str, database: str, **more: Any) -> Node:
    relation = f'"{database}"."main"."mart"'
    return _node("model.shop.mart", compiled_code=sql, relation_name=relation, **more)


def _users(relation: str, **more: Any) -> Node:
    return _node(USERS, relation_name=relation, **more)


SELECT = 'select id from "{}"."main"."users"'
PROD, DEV = (f'"{name}"."main"."users"' for name in ("prod", "dev"))

# what differs, the model and its parent before, the same now, whether they surely are the same
PAIRS = [
    ("nothing", (SELECT.format("dev"), DEV), (SELECT.format("dev"), DEV), True),
    ("the environment", (SELECT.format("prod"), PROD), (SELECT.format("dev"), DEV), True),
    ("the SQL", (SELECT.format("dev"), DEV), (SELECT.format("dev") + " ", DEV), False),
    ("both", (SELECT.format("prod"), PROD), (SELECT.format("dev") + " ", DEV), False),
    ("what the name means", (SELECT.format("dev"), PROD), (SELECT.format("dev"), DEV), False),
    (
        "the relation's own name, by which SQL may qualify",
        (SELECT.format("dev"), DEV),
        ('select id from "dev"."main"."people"', '"dev"."main"."people"'),
        False,
    ),
    (
        "names that need no quotes",
        ("select id from prod.users, prod.users_old", "prod.users"),
        ("select id from dev.users, prod.users_old", "dev.users"),
        True,
    ),
]


@pytest.mark.parametrize(
    ("before", "now", "expected"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS]
)
def test_sql_of_two_environments_is_the_same(
    before: tuple[str, str], now: tuple[str, str], expected: bool
) -> None:
    was, node = _mart(before[0], "prod"), _mart(now[0], "dev")
    parents = _users(before[1]), _users(now[1])
    assert same_but_for_names(was, node, [parents, (was, node)]) == expected
    if expected:
        old = normalise(was, before[0], [parents[0]], "duckdb")
        assert old.sql == normalise(node, now[0], [parents[1]], "duckdb").sql


def test_sql_that_names_more_than_relations_needs_a_closer_look() -> None:
    was, node = _mart(SELECT.format("prod"), "prod"), _mart(SELECT.format("dev"), "dev")
    deferred = _users(DEV, defer_relation={"relation_name": PROD})
    assert not same_but_for_names(was, node, [(_users(PROD), deferred), (was, node)])
