"""Models that ask for the target, whose name no parsed manifest holds."""

from __future__ import annotations

from typing import Any

import pytest
from lineage_manifests import manifest, node

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import change_documents
from breaking_changes.lineage.walk.side import Side
from breaking_changes.macro_host import MacroHost

STG, MART = "model.shop.stg", "model.shop.mart"
VARIABLES = {
    "pick": "{{ 'phone' if target.name == 'prod' else 'id' }}",
    "rows": "{{ '10' if target.name == 'prod' else '20' }}",
    "production": "live",
    "live": ["main", "live"],
}
MACROS = {
    "is_ci": "{% macro is_ci() %}{{ return(target.name.startswith('ci_')) }}{% endmacro %}",
    "ref": "{% macro ref(name) %}{% if target.user == 'wizard' %}{{ return(builtins.ref(name)"
    ".include(database=false)) }}{% endif %}{{ return(builtins.ref(name)) }}{% endmacro %}",
    "place": "{% macro place() %}{{ target.name }}{% endmacro %}",
    "pick": "{% macro pick(name) %}{% if name == 'prod' %}phone{% else %}id{% endif %}"
    "{% endmacro %}",
    "staged": "{% macro staged() %}{{ is_ci() }} as ci from {{ ref('stg') }}{% endmacro %}",
}

#: What it is: the Jinja of a consumer of `stg`, which loses `phone`, and the verdict on it.
CASES: dict[str, tuple[str, str]] = {
    "rows of a target": (
        "select phone from {{ ref('stg') }} {% if target.name == 'dev' %}limit 100{% endif %}",
        "breaks",
    ),
    "a filter of a target": (
        "select id from {{ ref('stg') }}"
        "{% if target.name in ['dev', 'ci'] %} where phone is not null{% endif %}",
        "unknown",
    ),
    "one filter or another": (
        "select id from {{ ref('stg') }} where "
        "{% if target.name == 'prod' %}phone > '0'{% else %}phone > '1'{% endif %}",
        "breaks",
    ),
    "columns of a target": (
        "select id, phone {% if target['name'] != \"prod\" %}, 1 as debug{% endif %}"
        " from {{ ref('stg') }}",
        "breaks",
    ),
    "the relation of a target": (
        "select phone from {% if target.get('name') == 'dev' %}"
        "{{ ref('stg').include(database=false) }}{% else %}{{ ref('stg') }}{% endif %}",
        "breaks",
    ),
    "through a macro": (
        "select {% if is_ci() %}id{% else %}phone{% endif %} as x from {{ ref('stg') }}",
        "unknown",
    ),
    "the name itself": ("select phone, '{{ target.name }}' as t from {{ ref('stg') }}", "breaks"),
    "three ways": (
        "select id from {{ ref('stg') }} where {% if target.name == 'a' %}id = 1"
        "{% elif target.name == 'b' %}id = 2{% else %}phone = '3'{% endif %}",
        "unknown",
    ),
    "three ways with the column": (
        "select id from {{ ref('stg') }} where {% if target.name == 'a' %}phone = '1'"
        "{% elif target.name == 'b' %}phone = '2'{% else %}phone = '3'{% endif %}",
        "breaks",
    ),
    "two members": (
        "select phone from {{ ref('stg') }} {% if target.name == 'dev' %}limit 1{% endif %}"
        "{% if target.user in ('ci', 'cd') %} -- {{ target.user }}{% endif %}",
        "breaks",
    ),
    "a ref of the project, within a macro": ("select phone, {{ staged() }}", "breaks"),
    "kept under a name first": (
        "{% set name = target.name %}select {% if name == 'prod' %}phone{% else %}id{% endif %}"
        " as x from {{ ref('stg') }}",
        "unknown",
    ),
    "given to a macro": ("select {{ pick(target.name) }} as x from {{ ref('stg') }}", "unknown"),
    "given by a macro": (
        "select {% if place() == 'prod' %}phone{% else %}id{% endif %} as x from {{ ref('stg') }}",
        "unknown",
    ),
    "compared with a var": (
        "select {% if target.name == var('production') %}phone{% else %}id{% endif %} as x"
        " from {{ ref('stg') }}",
        "unknown",
    ),
    "compared with a list in a var": (
        "select {% if target.name in var('live') %}phone{% else %}id{% endif %} as x"
        " from {{ ref('stg') }}",
        "unknown",
    ),
    "compared with a name": (
        "{% set live = ['main', 'prod'] %}"
        "select {% if target.name in live %}phone{% else %}id{% endif %} as x"
        " from {{ ref('stg') }}",
        "unknown",
    ),
    "kept whole": (
        "{% set t = target %}select {% if t.name == 'prod' %}phone{% else %}id{% endif %} as x"
        " from {{ ref('stg') }}",
        "unknown",
    ),
    "a schema in the SQL": ("select phone from {{ target.user }}.stg", "unknown"),
    "a var that asks for it": (
        "select {{ var('pick') }} as x from {{ ref('stg') }}",
        "unknown",
    ),
    "a var that says the same": (
        "select phone from {{ ref('stg') }} limit {{ var('rows') }}",
        "breaks",
    ),
    "too many to try": (
        "select phone from {{ ref('stg') }} {% if target.name in "
        f"{[str(one) for one in range(70)]} %}}limit 1{{% endif %}}",
        "unknown",
    ),
    "nothing of it": (
        "select id from {{ ref('stg') }} {% if target.name == 'dev' %}limit 100{% endif %}",
        "unaffected",
    ),
}


def _side(sql: str, raw: str) -> dict[str, Any]:
    macros = {
        f"macro.shop.{name}": {
            "unique_id": f"macro.shop.{name}",
            "name": name,
            "package_name": "shop",
            "macro_sql": text,
            # dbt lists no call of what its own context holds.
            "depends_on": {"macros": ["macro.shop.is_ci"] if name == "staged" else []},
        }
        for name, text in MACROS.items()
    }
    mart = node(MART, raw, (STG,), compiled_code=None)
    called = [name for name in MACROS if f"{name}(" in raw]
    mart["depends_on"]["macros"] = [f"macro.shop.{name}" for name in called]
    stg = node(STG, sql, checksum={"name": "sha256", "checksum": sql})
    return manifest(stg, mart, macros=macros)


@pytest.mark.parametrize("case", CASES)
def test_the_verdict(case: str) -> None:
    raw, expected = CASES[case]
    was, now = _side("select 1 as id, 'x' as phone", raw), _side("select 1 as id", raw)
    analyses = Analyses(Cache(None), Workers(1))
    before = Side(Target(Manifest(was), Catalog({})), analyses, VARIABLES)
    after = Side(Target(Manifest(now), Catalog({})), analyses, VARIABLES, before)
    host = MacroHost()
    settings = host.call("_settings", {"level": "strict", "fail_on": "never"})
    documents = change_documents(before, after)
    report = host.call("find_breaking_changes", was, now, *documents, settings)
    found = {
        entry["verdict"]
        for change in report["changes"]
        for entry in change["impact"]
        if change["column"] == "phone" and entry["node"] == MART
    }
    assert found == {expected} - {"unaffected"}
