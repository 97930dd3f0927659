"""What hooks read, miss, and leave open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lineage_manifests import node, target

from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.document import document
from breaking_changes.lineage.walk.side import Side

STG, APART, MART = "model.shop.stg", "model.shop.apart", "model.shop.mart"
NODES = (
    node(STG, "select 1 as id, 'x' as name"),
    node(APART, "select 1 as id, 2 as amount"),
)


def _entry(raw: Mapping[str, Any]) -> dict[str, Any]:
    side = Side(target(*NODES, raw), Analyses(Cache(None), Workers(1)))
    side.find(side.nodes)
    found: dict[str, Any] = document(side, side.nodes)["nodes"][raw["unique_id"]]
    return found


def _hooks_of(entry: Mapping[str, Any]) -> tuple[list[str], list[str], list[list[str]]]:
    """reads and misses of hooks as node.column, and the parents of what was not read."""
    reads, misses = (
        [
            f"{one['parent'].split('.')[-1]}.{one['column']}"
            for one in entry[key]
            if one["clause"] == "HOOK"
        ]
        for key in ("reads", "unbound")
    )
    return reads, misses, [one["parents"] for one in entry["unread"]]


# a hook of mart, which reads stg and has the columns id and name: what it reads and misses, and
# the parents that its unread statements may read
POST_HOOKS: list[tuple[str, list[str], list[str], list[list[str]]]] = [
    ("create index if not exists i on {{ this }} (name)", [], [], []),
    ("create index if not exists i on {{ this }} (phone)", [], ["mart.phone"], []),
    ("create unique index i on {{ this }} (id desc, lower(phone))", [], ["mart.phone"], []),
    ("insert into audit select name from {{ ref('stg') }}", ["stg.name"], [], []),
    ("insert into audit select phone from {{ ref('stg') }}", [], ["stg.phone"], []),
    ("insert into audit (a, b) select phone, 1 from {{ this }}", [], ["mart.phone"], []),
    ("insert into copied select * from {{ ref('apart') }}", [], [], [[APART]]),
    ("insert into copied select * from {{ this }}", [], [], [[MART]]),
    ("insert into audit values ('{{ this }}', now())", [], [], []),
    ("create table copied as select name from {{ ref('apart') }}", [], ["apart.name"], []),
    ("create table copied as select * from main.apart", [], [], []),
    ("copy (select amount from {{ ref('apart') }}) to 'out.csv'", ["apart.amount"], [], []),
    ("delete from {{ this }} where phone is null", [], ["mart.phone"], []),
    ("update {{ this }} set phone = 'x' where id = 1", [], ["mart.phone"], []),
    ("delete from {{ ref('apart') }} where amount is null; analyze", ["apart.amount"], [], [[]]),
    ("grant select on {{ this }} to role reporter", [], [], [[]]),
    ("comment on column {{ this }}.name is 'its name'", [], [], [[]]),
    ("analyze {{ this }}", [], [], [[]]),
    ("vacuum {{ ref('stg') }}", [], [], [[]]),
    ("copy {{ ref('apart') }} to 'out.csv'", [], [], [[APART]]),
    ("merge into {{ this }} m using {{ ref('apart') }} a on a.id = m.id", [], [], [[APART]]),
    ("this is no {{ ref('apart') }} statement", [], [], [[APART]]),
    ("{{ log_run(ref('stg')) }}", [], [], [[STG, APART]]),
    ("grant usage on schema {{ this.schema }} to role reporter", [], [], [[]]),
]


@pytest.mark.parametrize(
    ("hook", "reads", "misses", "unread"), POST_HOOKS, ids=[hook for hook, *_ in POST_HOOKS]
)
def test_post_hooks(
    hook: str, reads: list[str], misses: list[str], unread: list[list[str]]
) -> None:
    # apart is a parent only because of the hook, as dbt lists it.
    mart = node(
        MART,
        'select id, name from "dev"."main"."stg"',
        (STG, APART),
        config={"materialized": "table", "post-hook": [{"sql": hook, "transaction": True}]},
    )
    entry = _entry(mart)
    assert _hooks_of(entry) == (reads, misses, unread)
    assert entry["blind"] is None


def test_a_hook_is_told_with_its_sql_and_its_line() -> None:
    hook = "create index i on {{ this }} (phone)"
    raw = '{{ config(\n  post_hook="' + hook + '") }}\nselect 1 as id'
    mart = node(MART, "select 1 as id", raw_code=raw, config={"post-hook": [{"sql": hook}]})
    (miss,) = _entry(mart)["unbound"]
    assert miss == {
        "kind": "missing",
        "parent": MART,
        "column": "phone",
        "clause": "HOOK",
        "path": "models/mart.sql",
        "line": 2,
        "column_number": 1,
        "sql": "post-hook create index i on {{ this }} (phone)",
        "detail": "post-hook create index i on {{ this }} (phone)",
    }


def test_the_text_of_a_comment_is_left_out() -> None:
    hook = "comment on table {{ this }} is 'phone numbers'"
    entry = _entry(node(MART, "select 1 as id", config={"post-hook": [hook]}))
    assert entry["unread"] == [
        {
            "sql": "post-hook comment on table {{ this }} is ''",
            "parents": [],
            "rendered": True,
        }
    ]


def test_a_pre_hook_meets_the_table_of_the_last_run() -> None:
    hook = "delete from {{ this }} where phone is null"
    entry = _entry(node(MART, "select 1 as id", config={"pre-hook": hook}))
    assert entry["unbound"] == []
    assert [(one["sql"].split(" ")[0], one["parents"]) for one in entry["unread"]] == [
        ("pre-hook", [])
    ]


# compiled, raw, what an on-run-end hook reads, misses, leaves open
OPERATIONS: list[tuple[str | None, str, list[str], list[str], list[list[str]]]] = [
    (
        'insert into audit select name, phone from "dev"."main"."stg"',
        "insert into audit select name, phone from {{ ref('stg') }}",
        ["stg.name"],
        ["stg.phone"],
        [],
    ),
    (None, "insert into audit select phone from {{ ref('stg') }}", [], ["stg.phone"], []),
    (None, "insert into audit select phone from main.stg", [], ["stg.phone"], []),
    (None, "{{ log_run() }}", [], [], [[STG]]),
    (None, "{{ grant_all() }}", [], [], [[STG]]),
    (None, "grant usage on schema main to role reporter", [], [], [[]]),
]


@pytest.mark.parametrize(("compiled", "raw", "reads", "misses", "unread"), OPERATIONS)
def test_operations(
    compiled: str | None, raw: str, reads: list[str], misses: list[str], unread: list[list[str]]
) -> None:
    operation = node(
        "operation.shop.shop-on-run-end-0",
        compiled,
        (STG,) if "main.stg" not in raw else (),
        raw_code=raw,
        relation_name=None,
        original_file_path="./dbt_project.yml",
        config={"materialized": "view"},
    )
    assert _hooks_of(_entry(operation)) == (reads, misses, unread)
