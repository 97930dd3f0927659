"""Raw SQL: searched for introspection, aligned with compiled SQL."""

from __future__ import annotations

from typing import Any

import pytest
from lineage_manifests import manifest, node

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.lineage.nodes.introspection import Introspection
from breaking_changes.lineage.nodes.macro_calls import MacroCalls
from breaking_changes.lineage.nodes.source_lines import LineMap


def _mart(raw_code: str, **more: Any) -> Node:
    raw = node("model.shop.mart", None, (), raw_code=raw_code, **more)
    return Node(raw["unique_id"], raw)


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
    calls = MacroCalls(Manifest(manifest(macros=known)))
    assert Introspection(calls).of(mart) == expected


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
