"""Raw SQL: rendered without dbt, searched for introspection, aligned with compiled SQL."""

from __future__ import annotations

from typing import Any

import pytest
from lineage_manifests import manifest, node

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.lineage.nodes.introspection import Introspection
from breaking_changes.lineage.nodes.source_lines import LineMap
from breaking_changes.lineage.nodes.static_jinja import NotStatic, StaticRenderer

USERS = node("model.shop.users")
RECENT = node("model.shop.recent", config={"materialized": "ephemeral"}, relation_name=None)
V1 = node("model.shop.dim.v1", name="dim", version=1, latest_version=2, relation_name='"dim_v1"')
V2 = node("model.shop.dim.v2", name="dim", version=2, latest_version=2, relation_name='"dim_v2"')
RAW = node("source.shop.crm.raw", name="raw", source_name="crm", relation_name='"crm"."raw"')
PARENTS = (USERS, RECENT, V1, V2, RAW)


def _mart(raw_code: str, **more: Any) -> Node:
    parents = tuple(parent["unique_id"] for parent in PARENTS)
    raw = node("model.shop.mart", None, parents, raw_code=raw_code, **more)
    return Node(raw["unique_id"], raw)


RENDERED = {
    "select * from {{ ref('users') }}": 'select * from "dev"."main"."users"',
    "select * from {{ ref('shop', 'users') }}": 'select * from "dev"."main"."users"',
    "select * from {{ ref('recent') }}": "select * from __dbt__cte__recent",
    "select * from {{ ref('dim') }}": 'select * from "dim_v2"',
    "select * from {{ ref('dim', v=1) }}": 'select * from "dim_v1"',
    "select * from {{ source('crm', 'raw') }}": 'select * from "crm"."raw"',
    "{{ config(materialized='table') }}select 1": "select 1",
    "select '{{ config.get('materialized') }}'": "select 'view'",
    "select 1{% if is_incremental() %} from {{ this }}{% endif %}": "select 1",
    "select max(id) from {{ this }}": 'select max(id) from "dev"."main"."mart"',
    "select {{ var('days', 7) }}": "select 7",
    "select {{ var('given') }}": "select 3",
    "{% for n in ['a', 'b'] %}{{ n }}{% if not loop.last %}, {% endif %}{% endfor %}": "a, b",
    "{# note #}{% set x = 1 %}select {{ x }}": "select 1",
}


@pytest.mark.parametrize("raw", RENDERED)
def test_what_needs_only_the_manifest_is_rendered(raw: str) -> None:
    nodes = Manifest(manifest(*PARENTS)).nodes
    assert StaticRenderer(nodes, {"given": 3}).render(_mart(raw)) == RENDERED[raw]


NOT_STATIC = {
    "{{ dbt_utils.star(ref('users')) }}": "'dbt_utils' is undefined",
    "{{ my_macro() }}": "'my_macro' is undefined",
    "{% if target.name == 'dev' %}{% endif %}": "'target' is undefined",
    "{{ env_var('X') }}": "'env_var' is undefined",
    "{{ var('days') }}": "Its var('days') has no default.",
    "{{ ref('nobody') }}": "Its ref('nobody') is not among its parents",
    "{{ 1 / 0 }}": "could not be rendered (division by zero)",
    "{% if %}": "could not be rendered",
    "{{ ''.__class__.__mro__ }}": "is unsafe",
}


@pytest.mark.parametrize("raw", NOT_STATIC)
def test_what_needs_more_is_unknown_with_advice(raw: str) -> None:
    nodes = Manifest(manifest(*PARENTS)).nodes
    with pytest.raises(NotStatic) as reason:
        StaticRenderer(nodes, {}).render(_mart(raw))
    assert str(reason.value).startswith("It has no compiled SQL: run `dbt compile` first. ")
    assert NOT_STATIC[raw] in str(reason.value)


def _macro(sql: str, *calls: str) -> dict[str, Any]:
    return {"macro_sql": sql, "depends_on": {"macros": list(calls)}}


MACROS = {
    "macro.dbt.is_incremental": _macro("load_cached_relation(this)", "macro.dbt.load_cached"),
    "macro.dbt.load_cached": _macro("adapter.get_relation()", "macro.dbt.is_incremental"),
    "macro.dbt.run_query": _macro("{% call statement('run_query') %}", "macro.dbt.statement"),
    "macro.dbt.statement": _macro("adapter.execute(sql)"),
    "macro.dbt.date_spine": _macro("get_intervals_between()", "macro.dbt.get_intervals_between"),
    "macro.dbt.get_intervals_between": _macro("", "macro.dbt.statement"),
    "macro.dbt_utils.star": _macro("adapter.dispatch('star')", "macro.dbt_utils.default__star"),
    "macro.dbt_utils.default__star": _macro("adapter.get_columns_in_relation(from)"),
    "macro.shop.columns": _macro("inner()", "macro.shop.inner"),
    "macro.shop.inner": _macro("run_query('select 1')", "macro.dbt.run_query"),
    "macro.shop.commented": _macro("{# run_query( #} 1"),
}

#: dbt v2 lists no calls of macros.
MACROS_V2 = {name: {**macro, "depends_on": {"macros": []}} for name, macro in MACROS.items()}

# raw SQL, the macros that the node calls, what reads columns
INTROSPECTION = [
    ("select 1", [], None),
    ("{{ is_incremental() }}", ["macro.dbt.is_incremental"], None),
    ("{{ dbt.date_spine() }}", ["macro.dbt.date_spine"], None),
    ("{{ commented() }}", ["macro.shop.commented"], None),
    ("{{ columns() }}", ["macro.dbt.is_incremental", "macro.shop.columns"], "macro.shop.columns"),
    ("{{ dbt_utils.star() }}", ["macro.dbt_utils.star"], "macro.dbt_utils.star"),
    ("{% set a = run_query('x') %}", ["macro.dbt.run_query"], "macro.dbt.run_query"),
    ("{{ adapter.get_columns_in_relation(this) }}", [], "adapter.get_columns_in_relation"),
    ("{# run_query('x') #}select count(*)", [], None),
    # dbt lists what the materialization of a node called, once it has run.
    ("{{ test_unique(**_dbt_generic_test_kwargs) }}", ["macro.dbt.statement"], None),
]


@pytest.mark.parametrize("known", [MACROS, MACROS_V2], ids=["v1", "v2"])
@pytest.mark.parametrize(("raw", "macros", "expected"), INTROSPECTION)
def test_introspection_is_found_through_macros(
    raw: str, macros: list[str], expected: str | None, known: dict[str, Any]
) -> None:
    mart = _mart(raw, depends_on={"nodes": [], "macros": macros})
    assert Introspection(Manifest(manifest(macros=known))).of(mart) == expected


LOOP = """{{ config(
    materialized='table'
) }}
{% set names = ['a', 'b'] %}
with users as (
    select * from {{ ref('users') }}
)
select
    {% for name in names %}
    sum({{ name }}) as {{ name }},
    {% endfor %}
    users.phone
from users
{% if is_incremental() %}
where id > 1
{% endif %}
group by users.phone
"""
LOOP_COMPILED = """

with users as (
    select * from "model:shop:users"."users"
)
select
\x20\x20\x20\x20
    sum(a) as a,
\x20\x20\x20\x20
    sum(b) as b,
\x20\x20\x20\x20
    users.phone
from users

group by users.phone
"""

# raw, compiled, compiled line, name, line and column in the raw SQL
PLACES = [
    (
        "select id,\n  phone\nfrom {{ ref('u') }}",
        'select id,\n  phone\nfrom "u"',
        2,
        "phone",
        (2, 3),
    ),
    ("select id\nfrom {{ ref('u') }}", 'select id\nfrom "u"', 1, "phone", None),
    ("select ID from a", "select id from a", 1, "id", (1, 8)),
    ("select phones from a", "select phones from a", 1, "phone", None),
    (LOOP, LOOP_COMPILED, 4, "users", (6, 27)),
    (LOOP, LOOP_COMPILED, 12, "phone", (12, 11)),
    (LOOP, LOOP_COMPILED, 15, "phone", (17, 16)),
    (LOOP, LOOP_COMPILED, 8, "a", None),
]


@pytest.mark.parametrize(("raw", "compiled", "line", "name", "expected"), PLACES)
def test_a_compiled_place_is_found_in_the_raw_sql(
    raw: str, compiled: str, line: int, name: str, expected: tuple[int, int] | None
) -> None:
    assert LineMap(raw, compiled).find(line, name) == expected
