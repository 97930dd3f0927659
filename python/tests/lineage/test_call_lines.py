"""Text that a macro writes is at the line of its call in the model's own file."""

from __future__ import annotations

import pytest
from lineage_manifests import PROJECT, manifest, node

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.lineage.walk.document import document
from breaking_changes.lineage.walk.side import Side

USERS = f"model.{PROJECT}.users"
MART = f"model.{PROJECT}.mart"
PATH = "models/mart.sql"

MACROS = {
    "dialled": "{% macro dialled() %}users.phone{% endmacro %}",
    "cleaned": "{% macro cleaned(digits) %}\n  left(\n    {{ dialled() }},\n    {{ digits }}\n  )"
    "\n{% endmacro %}",
    "has_amount": "{% macro has_amount() -%}\nusers.amount > 0\n{%- endmacro %}",
    "star": "{% macro star(relation) %}"
    "{% for column in adapter.get_columns_in_relation(relation) %}"
    "\n  users.{{ column.name }}{% if not loop.last %},{% endif %}{% endfor %}{% endmacro %}",
    "wrapped": "{% macro wrapped() %}coalesce({{ caller() }}, '')\n{% endmacro %}",
}

#: The model, and the lines where each column of `users` is read, by clause.
CASES: dict[str, tuple[str, dict[tuple[str, str], int]]] = {
    "no macro": (
        "select\n  users.phone\nfrom {{ ref('users') }} as users",
        {("phone", "SELECT"): 2},
    ),
    "a call in the select list": (
        "select\n  id,\n  {{ dialled() }} as contact\nfrom {{ ref('users') }} as users",
        {("id", "SELECT"): 2, ("phone", "SELECT"): 3},
    ),
    "a call in the select list and one in WHERE": (
        "select\n  {{ dialled() }} as contact\nfrom {{ ref('users') }} as users\n"
        "where\n  {{ has_amount() }}",
        {("phone", "SELECT"): 2, ("amount", "WHERE"): 5},
    ),
    "a call of a macro that calls others, over several lines": (
        "{{ config(materialized='view') }}\n\nselect\n  id,\n  {{ cleaned(3) }} as contact\n"
        "from {{ ref('users') }} as users\nwhere users.amount > 1",
        {("id", "SELECT"): 4, ("phone", "SELECT"): 5, ("amount", "WHERE"): 7},
    ),
    "a call over several lines of the model": (
        "select\n  {{\n    cleaned(\n      digits=3\n    )\n  }} as contact\n"
        "from {{ ref('users') }} as users",
        {("phone", "SELECT"): 3},
    ),
    "two calls on one line": (
        "select\n  {{ dialled() }} as a, {{ cleaned(3) }} as b\n"
        "from {{ ref('users') }} as users where {{ has_amount() }}",
        {("phone", "SELECT"): 2, ("amount", "WHERE"): 3},
    ),
    "calls whose lines are joined": (
        "select\n  {{ dialled() }} as contact\nfrom {{ ref('users') }} as users\nwhere\n"
        "  {{- ' ' ~ has_amount() -}}\n  {{ ' and ' ~ dialled() ~ ' is not null' }}",
        {
            ("phone", "SELECT"): 2,
            ("amount", "WHERE"): 5,
            ("phone", "WHERE"): 6,
        },
    ),
    "a call in a loop of the model": (
        "select\n  id\n  {% for digits in [1, 2] %}\n  ,\n"
        "  {{ cleaned(digits) }} as c{{ digits }}\n  {% endfor %}\n"
        "from {{ ref('users') }} as users",
        {("id", "SELECT"): 2, ("phone", "SELECT"): 5},
    ),
    "a loop over names": (
        "{% set names = ['amount', 'phone'] %}\nselect\n  id\n  {% for name in names %}\n"
        "  , {{ name }}\n  {% endfor %}\nfrom {{ ref('users') }} as users",
        {("id", "SELECT"): 3, ("amount", "SELECT"): 5, ("phone", "SELECT"): 5},
    ),
    "all columns of a relation": (
        "with users as (\n  select * from {{ ref('users') }}\n)\n\nselect\n"
        "  {{ star(ref('users')) }}\nfrom users\nwhere {{ has_amount() }}",
        {
            ("id", "SELECT"): 6,
            ("phone", "SELECT"): 6,
            ("amount", "SELECT"): 6,
            ("amount", "WHERE"): 8,
        },
    ),
    "text that is set and written later": (
        "{% set condition %}\n  {{ has_amount() }}\n{% endset %}\nselect id\n"
        "from {{ ref('users') }} as users\nwhere {{ condition }}",
        {("id", "SELECT"): 4, ("amount", "WHERE"): 6},
    ),
    "a block that a macro is called with": (
        "select\n  {% call wrapped() %}{{ dialled() }}{% endcall %} as contact\n"
        "from {{ ref('users') }} as users",
        {("phone", "SELECT"): 2},
    ),
    "an argument that is the name": (
        "select\n  id,\n  {{ 'users.' ~ 'phone' }} as contact\nfrom {{ ref('users') }} as users",
        {("id", "SELECT"): 2, ("phone", "SELECT"): 3},
    ),
}


USERS_SQL = "select 1 as id, 'x' as phone, 2 as amount"

#: The model, and where it misses `phone` once that is gone: line and column.
MISSES = {
    "select\n  users.phone\nfrom {{ ref('users') }} as users": (2, 9),
    "select\n  id,\n    {{ dialled() }} as contact\nfrom {{ ref('users') }} as users": (3, 5),
    "select {{ cleaned(3) }} as phone\nfrom {{ ref('users') }} as users": (1, 28),
    "select\n  {{\n    cleaned(3)\n  }} as contact\nfrom {{ ref('users') }} as users": (3, 5),
}


def _manifest(text: str, compiled: str | None = None, users: str = USERS_SQL) -> Manifest:
    listed = {
        f"macro.{PROJECT}.{name}": {
            "unique_id": f"macro.{PROJECT}.{name}",
            "name": name,
            "package_name": PROJECT,
            "macro_sql": sql,
            "depends_on": {"macros": []},
        }
        for name, sql in MACROS.items()
    }
    mart = node(MART, text, (USERS,), compiled_code=compiled, path="mart.sql")
    return Manifest(manifest(node(USERS, users), mart, macros=listed))


def _lines(made: Manifest) -> dict[tuple[str, str], int | tuple[str, int]]:
    """Where the reads are said to be, with the file where it is not the model's own."""
    with workers(1) as pool:
        side = Side(Target(made, Catalog({})), Analyses(Cache(None), pool))
        reads = document(side, [MART])["nodes"][MART]["reads"]
    return {
        (read["column"], read["clause"].upper()): (read["path"], read["line"])
        if "path" in read
        else read["line"]
        for read in reads
    }


@pytest.mark.parametrize("name", CASES)
def test_a_read_is_at_the_line_of_the_call_that_wrote_it(name: str) -> None:
    raw, expected = CASES[name]
    assert _lines(_manifest(raw)) == expected


@pytest.mark.parametrize("raw", MISSES)
def test_a_reference_that_misses_is_at_the_call_that_wrote_it(raw: str) -> None:
    before, after = _manifest(raw), _manifest(raw, users="select 1 as id, 2 as amount")
    with workers(1) as pool:
        _, lineage = lineage_for_change(
            Target(before, Catalog({})), Target(after, Catalog({})), Cache(None), pool
        )
    (miss,) = lineage["nodes"][MART]["unbound"]
    assert (miss["path"], miss["line"], miss["column_number"]) == (PATH, *MISSES[raw])


COMPILED = 'select\n  id,\n  users.phone as contact\nfrom "dev"."main"."users" as users'


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("\n  {{ dialled() }}", 3),
        ("\n  {{- '\\n  ' ~ dialled() }}", 3),
        # What is rendered here is not what dbt compiled: who wrote what is not known.
        ("\n\n  {{ dialled() }}", None),
        ("\n  {{ no_such() }}", None),
    ],
)
def test_sql_that_dbt_compiled_is_at_its_calls_where_the_same_is_rendered_here(
    item: str, expected: int | None
) -> None:
    raw = f"select\n  id,{item} as contact\nfrom {{{{ ref('users') }}}} as users"
    elsewhere = ("target/compiled/mart.sql", 3)
    made = _manifest(raw, COMPILED)
    made.nodes[MART].raw["compiled_path"] = elsewhere[0]  # type: ignore[index]
    assert _lines(made)["phone", "SELECT"] == (elsewhere if expected is None else expected)
