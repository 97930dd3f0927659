"""Nodes that read one another in a circle, which dbt never writes, or in a very long chain."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from cli.states import AFTER, BEFORE, MART, STG, write
from fuzz.checking import check_states, outcome
from lineage_manifests import node

USERS = "dev.main.stg_users"


def _ephemeral(name: str, parents: tuple[str, ...], sql: str, **more: Any) -> dict[str, Any]:
    ids = tuple(f"model.shop.{parent}" for parent in parents)
    config = {"materialized": "ephemeral"}
    return node(f"model.shop.{name}", sql, ids, **{"config": config, "relation_name": None, **more})


def _view(name: str, parents: tuple[str, ...], sql: str, **more: Any) -> dict[str, Any]:
    return node(f"model.shop.{name}", sql, tuple(f"model.shop.{one}" for one in parents), **more)


CTES = "with __dbt__cte__a as (select id from dev.main.stg_users) select id from __dbt__cte__a"
CHAIN = [
    _ephemeral("e0", ("stg_users",), "select id from dev.main.stg_users"),
    *(
        _ephemeral(f"e{number}", (f"e{number - 1}",), f"select id from __dbt__cte__e{number - 1}")
        for number in range(1, 1500)
    ),
]
CIRCLES: dict[str, list[dict[str, Any]]] = {
    "an ephemeral model that reads itself": [
        _ephemeral("a", ("a", "stg_users"), "select id from __dbt__cte__a"),
        _view("m", ("a",), CTES),
    ],
    "two ephemeral models": [
        _ephemeral("a", ("b", "stg_users"), "select id from __dbt__cte__b"),
        _ephemeral("b", ("a",), "select id from __dbt__cte__a"),
        _view("m", ("a", "b"), CTES),
    ],
    "two ephemeral models that nothing compiled": [
        _ephemeral("a", ("b", "stg_users"), "", raw_code="select * from {{ ref('b') }}"),
        _ephemeral("b", ("a",), "", raw_code="select * from {{ ref('a') }}"),
        _view("m", ("a",), "", compiled_code=None, raw_code="select * from {{ ref('a') }}"),
    ],
    "a chain of 1,500 ephemeral models": [*CHAIN, _view("m", ("e1499",), CTES)],
    "two views": [
        _view("a", ("b", "stg_users"), f"select b.id from dev.main.b join {USERS} using (id)"),
        _view("b", ("a",), "select id from dev.main.a"),
    ],
    "two views that pass all columns through": [
        _view("a", ("b", "stg_users"), f"select * from dev.main.b join {USERS} using (id)"),
        _view("b", ("a",), "select * from dev.main.a"),
    ],
    "a hundred views": [
        _view(
            f"v{number}",
            (f"v{(number + 1) % 100}", "stg_users"),
            f"select * from dev.main.v{(number + 1) % 100}, {USERS}",
        )
        for number in range(100)
    ],
    "the changed model reads its consumer": [
        _view("a", ("stg_users",), f"select * from {USERS}"),
        _view("stg_users", ("a",), "select * from dev.main.a"),
    ],
}


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_comes_to_an_end(name: str, tmp_path: Path) -> None:
    for place, state in zip("ab", (BEFORE, AFTER), strict=True):
        made: dict[str, Any] = copy.deepcopy(state)
        for one in copy.deepcopy(CIRCLES[name]):
            if one["unique_id"] == STG:
                made["nodes"][STG]["depends_on"] = one["depends_on"]
            else:
                made["nodes"][one["unique_id"]] = one
        write(tmp_path / place, made)
    found = outcome(check_states, tmp_path)
    assert found.code == 1, f"{found.stderr} after {found.seconds:.0f} s"
    changes = json.loads(found.stdout)["changes"]
    (change,) = [one for one in changes if (one["node"], one["column"]) == (STG, "phone")]
    assert (MART, "breaks") in [(one["node"], one["verdict"]) for one in change["impact"]]
