"""Generates target directories of projects whose models call macros, as `dbt parse` leaves them.

Each model selects the columns of its parents by a macro that asks for them, a key and a rounded
amount by two others, and lets the columns of one parent pass through: what the first model loses,
every other one loses. There is no compiled SQL; catalog.json lists the columns of the source alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

COLUMNS = 15

SOURCE = "source.bench.raw.events"

_MACROS = {
    "star": """
{% macro star(from, alias, except=[]) %}
    {{ return(adapter.dispatch('star', 'tools')(from, alias, except)) }}
{% endmacro %}""",
    "default__star": """
{% macro default__star(from, alias, except=[]) %}
    {%- for name in tools.columns_of(from, except) -%}
        {{ alias }}.{{ adapter.quote(name) }}{% if not loop.last %}, {% endif %}
    {%- endfor -%}
{% endmacro %}""",
    "columns_of": """
{% macro columns_of(from, except=[]) %}
    {%- set names = [] -%}
    {%- for column in adapter.get_columns_in_relation(from) -%}
        {%- if column.name not in except -%} {%- do names.append(column.name) -%} {%- endif -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}""",
    "key": """
{% macro key(columns) %}
    {{ return(adapter.dispatch('key', 'tools')(columns)) }}
{% endmacro %}""",
    "default__key": """
{% macro default__key(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as varchar), '')") -%}
        {%- if not loop.last -%} {%- do parts.append("'-'") -%} {%- endif -%}
    {%- endfor -%}
    md5({{ parts | join(' || ') }})
{%- endmacro %}""",
    "rounded": """
{% macro rounded(column, digits=2) -%}
    round(cast({{ column }} as decimal(18, 4)), {{ digits }})
{%- endmacro %}""",
}

_FIRST = """
select {{ tools.star(source('raw', 'events'), 'e', except=[EXCEPT]) }}
from {{ source('raw', 'events') }} as e
"""

_OTHER = """
with a as (
    select * from {{ ref('LEFT') }}
),

b as (
    select {{ tools.star(ref('RIGHT'), 'r', except=['id', 'amount']) }}, r.id
    from {{ ref('RIGHT') }} as r
)

select
    {{ tools.star(ref('LEFT'), 'a', except=['row_key', 'rounded_amount']) }},
    {{ tools.key(['a.id', 'a.c1', 'b.c2']) }} as row_key,
    {{ tools.rounded('a.amount') }} as rounded_amount
from a
left join b on a.id = b.id
"""


def write_called_project(folder: Path, models: int, dropped: str | None = None) -> None:
    """Writes a manifest of that many models; `dropped` is a column that the first one lacks."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes = [_model(number, models, dropped) for number in range(models)]
    metadata = {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
        "dbt_version": "1.11.0",
        "adapter_type": "duckdb",
        "project_name": "bench",
    }
    manifest = {
        "metadata": metadata,
        "nodes": {node["unique_id"]: node for node in nodes},
        "sources": {SOURCE: _source()},
        "macros": {f"macro.tools.{name}": _macro(name, text) for name, text in _MACROS.items()},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "catalog.json").write_text(json.dumps(_catalog()))


def _model(number: int, models: int, dropped: str | None) -> dict[str, Any]:
    """Each model reads two that stand before it, at most ten steps from the first."""
    width = max(1, models // 10)
    if number == 0:
        raw = _FIRST.replace("EXCEPT", f"'{dropped}'" if dropped else "")
        parents = [SOURCE]
    else:
        left, right = max(0, number - width), max(0, number - width - 1)
        raw = _OTHER.replace("LEFT", _name(left)).replace("RIGHT", _name(right))
        parents = [f"model.bench.{_name(parent)}" for parent in dict.fromkeys((left, right))]
    called = ["star", *([] if number == 0 else ["key", "rounded"])]
    name = _name(number)
    return {
        "unique_id": f"model.bench.{name}",
        "resource_type": "model",
        "package_name": "bench",
        "name": name,
        "alias": name,
        "database": "bench",
        "schema": "main",
        "relation_name": f'"bench"."main"."{name}"',
        "path": f"{name}.sql",
        "original_file_path": f"models/{name}.sql",
        "fqn": ["bench", name],
        "tags": [],
        "meta": {},
        "description": "",
        "language": "sql",
        "config": {"enabled": True, "materialized": "view", "on_schema_change": "ignore"},
        "columns": {},
        "depends_on": {"nodes": parents, "macros": [f"macro.tools.{name}" for name in called]},
        "raw_code": raw,
        "checksum": {"name": "sha256", "checksum": f"{len(raw)}"},
    }


def _name(number: int) -> str:
    return f"m{number:05}"


def _macro(name: str, text: str) -> dict[str, Any]:
    calls = [other for other in _MACROS if f"tools.{other}(" in text or f"default__{name}" == other]
    return {
        "unique_id": f"macro.tools.{name}",
        "resource_type": "macro",
        "package_name": "tools",
        "name": name,
        "macro_sql": text,
        "path": f"macros/{name}.sql",
        "original_file_path": f"macros/{name}.sql",
        "depends_on": {"macros": [f"macro.tools.{other}" for other in calls]},
    }


def _source() -> dict[str, Any]:
    return {
        "unique_id": SOURCE,
        "resource_type": "source",
        "package_name": "bench",
        "source_name": "raw",
        "name": "events",
        "identifier": "events",
        "database": "bench",
        "schema": "raw",
        "relation_name": '"bench"."raw"."events"',
        "original_file_path": "models/sources.yml",
        "columns": {},
    }


def _catalog() -> dict[str, Any]:
    types = {f"c{number}": "VARCHAR" for number in range(1, COLUMNS - 1)}
    columns = {
        name: {"name": name, "type": type_, "index": index, "comment": None}
        for index, (name, type_) in enumerate(
            {"id": "INTEGER", "amount": "DOUBLE", **types}.items()
        )
    }
    metadata = {"type": "BASE TABLE", "database": "bench", "schema": "raw", "name": "events"}
    table = {"unique_id": SOURCE, "metadata": metadata, "columns": columns, "stats": {}}
    return {
        "metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/catalog/v1.json"},
        "nodes": {},
        "sources": {SOURCE: table},
    }
