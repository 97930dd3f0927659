"""The facts of each kind of node, as the lineage file says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lineage_manifests import catalog, node, target

from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.document import document
from breaking_changes.lineage.walk.side import Side

INTEGER, TEXT = {"data_type": "integer"}, {"data_type": "varchar"}
RAW = node(
    "source.shop.crm.users",
    name="users",
    source_name="crm",
    relation_name='"dev"."crm"."users"',
    columns={},
)
LISTED = catalog(source__shop__crm__users={"id": "INTEGER", "name": "VARCHAR", "seen": "TIMESTAMP"})
STG = node(
    "model.shop.stg", 'select id, name, seen from "dev"."crm"."users"', ("source.shop.crm.users",)
)


def _entries(
    *nodes: Mapping[str, Any], listed: Mapping[str, Any] | None = None
) -> dict[str, dict[str, Any]]:
    side = Side(
        target(*nodes, catalog=LISTED if listed is None else listed),
        Analyses(Cache(None), Workers(1)),
    )
    side.find(side.nodes)
    entries: dict[str, dict[str, Any]] = document(side, side.nodes)["nodes"]
    return entries


def _columns(entry: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    return [(column["name"], column["type"]) for column in entry["columns"]]


def _reads(entry: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(read["parent"], read["column"], read["clause"]) for read in entry["reads"]]


def _misses(entry: Mapping[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(miss["kind"], miss["parent"], miss["column"]) for miss in entry["unbound"]]


def test_a_model_says_all_of_itself() -> None:
    raw = "select\n  name as label\nfrom {{ ref('stg') }}\nwhere id > 1"
    sql = 'select\n  name as label\nfrom "dev"."main"."stg"\nwhere id > 1'
    mart = node("model.shop.mart", sql, ("model.shop.stg",), raw_code=raw)
    entry = _entries(RAW, STG, mart)["model.shop.mart"]
    assert entry.pop("rows")
    assert entry["columns"][0].pop("identity")
    assert entry == {
        "checksum": "0" * 64,
        "macros": None,
        "needs_compile": False,
        "complete": True,
        "reason": None,
        "evidence": "inferred",
        "columns": [{"name": "label", "type": "VARCHAR", "from": [["model.shop.stg", "name"]]}],
        "reads": [
            {
                "parent": "model.shop.stg",
                "column": "name",
                "clause": "SELECT",
                "line": 2,
                "sql": "name",
            },
            {
                "parent": "model.shop.stg",
                "column": "id",
                "clause": "WHERE",
                "line": 4,
                "sql": "id > 1",
            },
        ],
        "stars": [],
        "asks": [],
        "calls": [],
        "unbound": [],
        "untyped": [],
        "reads_beyond": [],
        "unread": [],
        "blind": None,
        "introspection": None,
    }


def test_a_reference_that_misses_is_placed_in_the_models_own_file() -> None:
    raw = "{{ config(\n  materialized='view') }}\nselect id,\n  s.phone from {{ ref('stg') }} s"
    sql = '\nselect id,\n  s.phone from "dev"."main"."stg" s'
    mart = node("model.shop.mart", sql, ("model.shop.stg",), raw_code=raw)
    (miss,) = _entries(RAW, STG, mart)["model.shop.mart"]["unbound"]
    assert miss == {
        "kind": "missing",
        "parent": "model.shop.stg",
        "column": "phone",
        "clause": "SELECT",
        "path": "models/mart.sql",
        "line": 4,
        "column_number": 5,
        "sql": "s.phone",
        "detail": None,
    }


def test_a_reference_that_a_macro_made_is_placed_in_the_compiled_sql() -> None:
    mart = node(
        "model.shop.mart",
        'select\n  phone\nfrom "dev"."main"."stg"',
        ("model.shop.stg",),
        raw_code="{{ make_it(ref('stg')) }}",
        compiled_path="target/compiled/shop/models/mart.sql",
    )
    (miss,) = _entries(RAW, STG, mart)["model.shop.mart"]["unbound"]
    place = (miss["path"], miss["line"], miss["column_number"])
    assert place == ("target/compiled/shop/models/mart.sql", 2, 3)


EPHEMERAL = node(
    "model.shop.recent",
    'select id, name\nfrom "dev"."main"."stg" where seen is not null',
    ("model.shop.stg",),
    config={"materialized": "ephemeral"},
    relation_name=None,
)
CTE = f" __dbt__cte__recent as (\n{EPHEMERAL['compiled_code']}\n)"


def test_what_an_ephemeral_model_reads_is_read_by_the_model_that_inlines_it() -> None:
    mart = node(
        "model.shop.mart",
        f"with{CTE} select id from __dbt__cte__recent",
        ("model.shop.recent",),
        raw_code="select id from {{ ref('recent') }}",
        extra_ctes=[{"id": "model.shop.recent", "sql": CTE}],
    )
    entry = _entries(RAW, STG, EPHEMERAL, mart)["model.shop.mart"]
    assert _columns(entry) == [("id", "INTEGER")]
    assert [(read["parent"], read["column"], read.get("path")) for read in entry["reads"]] == [
        ("model.shop.recent", "id", None),
        ("model.shop.stg", "id", "models/recent.sql"),
        ("model.shop.stg", "name", "models/recent.sql"),
        ("model.shop.stg", "seen", "models/recent.sql"),
    ]


def test_what_an_ephemeral_model_misses_is_missed_by_the_model_that_inlines_it() -> None:
    broken = {**EPHEMERAL, "compiled_code": 'select id, phone from "dev"."main"."stg"'}
    cte = f" __dbt__cte__recent as (\n{broken['compiled_code']}\n)"
    mart = node(
        "model.shop.mart",
        f"with{cte} select id from __dbt__cte__recent",
        ("model.shop.recent",),
        extra_ctes=[{"id": "model.shop.recent", "sql": cte}],
    )
    (miss,) = _entries(RAW, STG, broken, mart)["model.shop.mart"]["unbound"]
    assert (miss["parent"], miss["column"], miss["path"]) == (
        "model.shop.stg",
        "phone",
        "models/recent.sql",
    )


def test_an_incremental_model_may_read_its_own_table() -> None:
    sql = (
        'select id, seen from "dev"."main"."stg" '
        'where seen > (select max(seen) from "dev"."main"."log")'
    )
    config = {"materialized": "incremental"}
    entry = _entries(RAW, STG, node("model.shop.log", sql, ("model.shop.stg",), config=config))
    log = entry["model.shop.log"]
    assert _columns(log) == [("id", "INTEGER"), ("seen", "TIMESTAMP")]
    assert {read["parent"] for read in log["reads"]} == {"model.shop.stg"}
    assert (log["unbound"], log["blind"]) == ([], None)


def _contracted(sql: str, **columns: Mapping[str, str]) -> dict[str, Any]:
    listed = {name: {"name": name, **column} for name, column in columns.items()}
    config = {"materialized": "table", "contract": {"enforced": True}}
    return node("model.shop.dim", sql, ("model.shop.stg",), columns=listed, config=config)


def test_consumers_bind_against_the_types_and_order_of_a_contract() -> None:
    dim = _contracted('select name, id from "dev"."main"."stg"', id=INTEGER, name=TEXT)
    mart = node("model.shop.mart", 'select * from "dev"."main"."dim"', ("model.shop.dim",))
    entries = _entries(RAW, STG, dim, mart)
    assert _columns(entries["model.shop.mart"]) == [("id", "INTEGER"), ("name", "VARCHAR")]
    assert entries["model.shop.dim"]["unbound"] == []


CONTRACTS = {
    "the same": ('select id from "dev"."main"."stg"', {"id": INTEGER}, []),
    "a column is gone": (
        'select id from "dev"."main"."stg"',
        {"id": INTEGER, "name": TEXT},
        [("contract", "model.shop.dim", "name")],
    ),
    "a column is gone through a star": (
        'select * from "dev"."main"."stg"',
        {"id": INTEGER, "name": TEXT, "seen": {"data_type": "timestamp"}, "phone": TEXT},
        [("contract", "model.shop.stg", "phone")],
    ),
    "a column is new": (
        'select id, name as label from "dev"."main"."stg"',
        {"id": INTEGER},
        [("contract", "model.shop.stg", "name")],
    ),
    "another type": (
        'select id::bigint as id from "dev"."main"."stg"',
        {"id": INTEGER},
        [("contract", "model.shop.stg", "id")],
    ),
    "another spelling of the type": (
        'select name from "dev"."main"."stg"',
        {"name": {"data_type": "text"}},
        [],
    ),
}


@pytest.mark.parametrize("case", CONTRACTS)
def test_a_contract_refuses_another_list_of_columns(case: str) -> None:
    sql, columns, expected = CONTRACTS[case]
    assert _misses(_entries(RAW, STG, _contracted(sql, **columns))["model.shop.dim"]) == expected


def test_a_snapshot_has_the_columns_that_dbt_adds() -> None:
    config = {
        "materialized": "snapshot",
        "strategy": "timestamp",
        "unique_key": "id",
        "updated_at": "seen",
        "hard_deletes": "new_record",
        "snapshot_meta_column_names": {"dbt_valid_to": "until", "dbt_scd_id": None},
    }
    sql = 'select id, seen from "dev"."main"."stg"'
    history = node("snapshot.shop.history", sql, ("model.shop.stg",), config=config)
    entry = _entries(RAW, STG, history)["snapshot.shop.history"]
    assert _columns(entry) == [
        ("id", "INTEGER"),
        ("seen", "TIMESTAMP"),
        ("dbt_scd_id", "VARCHAR"),
        ("dbt_updated_at", "TIMESTAMP"),
        ("dbt_valid_from", "TIMESTAMP"),
        ("until", "TIMESTAMP"),
        ("dbt_is_deleted", "VARCHAR"),
    ]


SNAPSHOTS: dict[str, dict[str, Any]] = {
    "unique_key": {"unique_key": ["id", "gone"], "strategy": "timestamp", "updated_at": "id"},
    "updated_at": {"unique_key": "id", "strategy": "timestamp", "updated_at": "gone"},
    "check_cols": {"unique_key": "id", "strategy": "check", "check_cols": ["id", "gone"]},
}


@pytest.mark.parametrize("case", SNAPSHOTS)
def test_a_snapshot_needs_the_columns_of_its_config(case: str) -> None:
    config = {"materialized": "snapshot", **SNAPSHOTS[case]}
    sql = 'select * from "dev"."main"."stg"'
    history = node("snapshot.shop.history", sql, ("model.shop.stg",), config=config)
    unbound = _entries(RAW, STG, history)["snapshot.shop.history"]["unbound"]
    found = {(miss["parent"], miss["column"], miss["sql"]) for miss in unbound}
    assert found == {("model.shop.stg", "gone", "gone in its config")}


PYTHON = {"language": "python", "original_file_path": "models/forecast.py"}


def test_a_python_model_is_not_read() -> None:
    forecast = node("model.shop.forecast", "def model():", ("model.shop.stg",), **PYTHON)
    entry = _entries(RAW, STG, forecast)["model.shop.forecast"]
    reason = "It is a Python model: what it reads is not known."
    assert (entry["complete"], entry["reason"], entry["blind"]) == (False, reason, reason)


def test_a_python_model_with_a_contract_has_known_columns() -> None:
    forecast = {**_contracted("def model():", id=INTEGER), **PYTHON}
    consumer = node(
        "model.shop.consumer", 'select id, x from "dev"."main"."dim"', ("model.shop.dim",)
    )
    entries = _entries(RAW, STG, forecast, consumer)
    dim = entries["model.shop.dim"]
    assert (_columns(dim), dim["complete"], dim["evidence"]) == (
        [("id", "INTEGER")],
        True,
        "contract",
    )
    assert _misses(entries["model.shop.consumer"]) == [("missing", "model.shop.dim", "x")]


def test_sql_that_cannot_be_read_falls_back_on_the_catalog_of_the_same_run() -> None:
    listed = {**LISTED, **{"nodes": catalog(model__shop__odd={"a": "DATE"})["nodes"]}}
    odd = node("model.shop.odd", "select from where", ("model.shop.stg",))
    entry = _entries(RAW, STG, odd, listed=listed)["model.shop.odd"]
    assert (_columns(entry), entry["complete"], entry["evidence"]) == (
        [("a", "DATE")],
        True,
        "warehouse",
    )
    assert entry["blind"]
    other_run = {**listed, "metadata": {"invocation_id": "2"}}
    assert not _entries(RAW, STG, odd, listed=other_run)["model.shop.odd"]["complete"]


def test_columns_that_were_read_at_compile_time_prove_nothing() -> None:
    raw = "select {{ cols(adapter.get_columns_in_relation(ref('stg'))) }} from {{ ref('stg') }}"
    sql = 'select id from "dev"."main"."stg"'
    star = node("model.shop.star", sql, ("model.shop.stg",), raw_code=raw)
    consumer = node(
        "model.shop.consumer", 'select name from "dev"."main"."star"', ("model.shop.star",)
    )
    entries = _entries(RAW, STG, star, consumer)
    assert _columns(entries["model.shop.star"]) == [("id", "INTEGER")]
    assert not entries["model.shop.star"]["complete"]
    assert entries["model.shop.star"]["introspection"] == "adapter.get_columns_in_relation"
    assert entries["model.shop.consumer"]["unbound"] == []


def test_a_source_of_unknown_columns_has_those_that_sql_reads() -> None:
    entry = _entries(RAW, STG, listed={})["source.shop.crm.users"]
    assert _columns(entry) == [("id", None), ("name", None), ("seen", None)]
    assert not entry["complete"]


def _unit_test(**more: Any) -> dict[str, Any]:
    raw = {
        "model": "stg",
        "given": [{"input": "source('crm', 'users')", "rows": [{"id": 1, "email": "x"}]}],
        "expect": {"rows": [{"id": 1, "phone": "x"}]},
        "depends_on": {"nodes": ["model.shop.stg"]},
        "compiled_code": None,
    }
    return node("unit_test.shop.stg.checks", **{**raw, **more})


@pytest.mark.parametrize(
    ("overrides", "is_known"),
    [
        ({}, True),
        ({"vars": {}, "macros": None, "env_vars": {}}, True),
        ({"vars": {"with_seen": False}}, False),
        ({"macros": {"is_incremental": True}}, False),
    ],
)
def test_what_a_fixture_lacks_is_not_known_of_a_model_with_overrides(
    overrides: dict[str, Any], is_known: bool
) -> None:
    fixture = _unit_test(
        given=[{"input": "source('crm', 'users')", "format": "sql", "rows": "select 1 as id"}],
        expect={"format": "dict", "rows": [{"id": 1}]},
        overrides=overrides,
    )
    entry = _entries(RAW, STG, fixture)["unit_test.shop.stg.checks"]
    assert bool(entry["unbound"]) == is_known
    assert entry["blind"] == (
        None
        if is_known
        else "It runs its model with other SQL than a build: what that reads is not known."
    )


def test_a_unit_test_reads_the_columns_of_its_fixtures() -> None:
    entry = _entries(RAW, STG, _unit_test())["unit_test.shop.stg.checks"]
    assert _reads(entry) == [
        ("model.shop.stg", "id", "FIXTURE"),
        ("source.shop.crm.users", "id", "FIXTURE"),
    ]
    assert _misses(entry) == [
        ("missing", "model.shop.stg", "phone"),
        ("missing", "source.shop.crm.users", "email"),
    ]


ALL = "select 1 as id, 'x' as name, now() as seen"
USERS = "source.shop.crm.users"

# SQL of the input's fixture and of the expected rows, the nodes and columns that they lack, whether
# all is known; dbt 1.11 with DuckDB agrees on the first six
SQL_FIXTURES: list[tuple[str, str, list[tuple[str | None, str | None]], bool]] = [
    (ALL, ALL, [], True),
    (f"{ALL}, 'x' as phone", f"{ALL}, 'x' as phone", [], True),
    ("select 1 as id, now() as seen", ALL, [(USERS, "a fixture in SQL lacks name")], True),
    (ALL, "select 1 as ID", [("model.shop.stg", "a fixture in SQL lacks name, seen")], True),
    (f"with a as ({ALL}) select * from a", f"{ALL} union all {ALL}", [], True),
    (
        ALL,
        f"select * exclude (seen) from ({ALL})",
        [("model.shop.stg", "a fixture in SQL lacks seen")],
        True,
    ),
    ("select * from somewhere", ALL, [], False),
    (ALL, "select {{ columns() }}", [], False),
]


@pytest.mark.parametrize(("given", "expected", "lacking", "known"), SQL_FIXTURES)
def test_fixtures_in_sql(
    given: str, expected: str, lacking: list[tuple[str | None, str | None]], known: bool
) -> None:
    fixture = _unit_test(
        given=[{"input": "source('crm', 'users')", "format": "sql", "rows": given}],
        expect={"format": "sql", "rows": expected},
    )
    entry = _entries(RAW, STG, fixture)["unit_test.shop.stg.checks"]
    assert [(miss["parent"], miss["detail"]) for miss in entry["unbound"]] == lacking
    assert (entry["blind"] is None) == known


def _generic_test(name: str, **more: Any) -> dict[str, Any]:
    kwargs = {"column_name": "name", "model": "{{ ref('stg') }}", **more.pop("kwargs", {})}
    raw = {
        "test_metadata": {"name": name, "kwargs": kwargs, "namespace": more.pop("namespace", None)},
        "attached_node": "model.shop.stg",
        "raw_code": "{{ test(**_dbt_generic_test_kwargs) }}",
    }
    return node("test.shop.checks", None, ("model.shop.stg", "model.shop.more"), **raw, **more)


MORE = node("model.shop.more", "select 1 as id", ())

# name, further keys, reads; none when its SQL is needed
GENERIC: list[tuple[str, dict[str, Any], list[tuple[str, str, str]] | None]] = [
    ("not_null", {}, [("model.shop.stg", "name", "WHERE")]),
    (
        "relationships",
        {"kwargs": {"to": "ref('more')", "field": "id"}},
        [("model.shop.stg", "name", "WHERE"), ("model.shop.more", "id", "WHERE")],
    ),
    ("not_null", {"config": {"where": "id > 1"}}, None),
    ("unique", {"kwargs": {"column_name": "id || name"}}, None),
    ("not_null", {"namespace": "other_package"}, None),
    ("my_own", {}, None),
]


@pytest.mark.parametrize(("name", "more", "expected"), GENERIC)
def test_a_generic_test_without_sql_is_read_from_its_yaml(
    name: str, more: dict[str, Any], expected: list[tuple[str, str, str]] | None
) -> None:
    entry = _entries(RAW, STG, MORE, _generic_test(name, **dict(more)))["test.shop.checks"]
    assert (_reads(entry) if entry["complete"] else None) == expected


def test_a_generic_test_of_a_column_that_is_gone_misses_it() -> None:
    gone = _generic_test("unique", kwargs={"column_name": "gone"})
    entry = _entries(RAW, STG, MORE, gone)["test.shop.checks"]
    assert _misses(entry) == [("missing", "model.shop.stg", "gone")]


@pytest.mark.parametrize("materialized", ["incremental", "ephemeral"])
def test_what_meets_a_value_of_unknown_type_is_said_once(materialized: str) -> None:
    untyped = {**RAW, "columns": {"code": {"name": "code"}}}
    raw = (
        "select stg.id from {{ ref('stg') }} as stg, {{ source('crm', 'users') }} as users "
        "where stg.name > users.code "
    )
    if materialized == "incremental":
        raw += (
            "{% if adapter.get_relation(this.database, this.schema, this.name) %}"
            "and stg.id > users.code{% endif %}"
        )
    mart = node(
        "model.shop.mart",
        raw,
        ("model.shop.stg", "source.shop.crm.users"),
        compiled_code=None,
        config={"materialized": materialized},
    )
    child = node(
        "model.shop.child",
        "select * from {{ ref('mart') }} as mart, {{ ref('stg') }} as stg where stg.name > mart.id",
        ("model.shop.mart", "model.shop.stg"),
        compiled_code=None,
    )
    stg = {**STG, "raw_code": "select 1 as id, 'x' as name", "compiled_code": None}
    entries = _entries(untyped, stg, mart, child, listed={})

    def met(name: str) -> list[tuple[str, str, str | None]]:
        found = entries[name]["untyped"]
        return [(one["parent"], one["column"], one.get("world")) for one in found]

    own = [("model.shop.stg", "name", None)]
    later = [("model.shop.stg", "id", "incremental")]
    assert met("model.shop.mart") == own + (later if materialized == "incremental" else [])
    assert met("model.shop.child") == (own if materialized == "ephemeral" else [])
