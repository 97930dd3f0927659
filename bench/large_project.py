"""Generates target directories of large projects: layers of models in the usual dbt style.

Each model reads two models of the layer before through import CTEs and coalesces their columns.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 7


def write_project(
    folder: Path, models: int, layers: int, columns: int = 40, dropped: str | None = None
) -> None:
    """Writes a manifest of that many models; `dropped` is a column that the first one lacks."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes = dict(_nodes(models, layers, columns, dropped))
    sources = dict([_source(columns)])
    metadata = {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
        "dbt_version": "1.11.0",
        "adapter_type": "duckdb",
        "project_name": "bench",
    }
    manifest = {"metadata": metadata, "nodes": nodes, "sources": sources, "macros": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def edit_models(folder: Path, count: int) -> None:
    """Renames one column of each of so many models in the last layer."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for unique_id in sorted(manifest["nodes"])[-count:]:
        node = manifest["nodes"][unique_id]
        for key in ("raw_code", "compiled_code"):
            node[key] = node[key].replace(" as c2,", " as c2_new,")
        node["checksum"] = {"name": "sha256", "checksum": "edited"}
    path.write_text(json.dumps(manifest))


def _nodes(
    models: int, layers: int, columns: int, dropped: str | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    chance = random.Random(SEED)
    width = max(2, models // layers)
    names = [f"c{number}" for number in range(1, columns)]
    for number in range(models):
        first = number - number % width - width
        if first < 0:
            kept = [name for name in names if not (number == 0 and name == dropped)]
            yield _model(number, _staging(kept), ["source.bench.raw.events"])
            continue
        left, right = chance.sample(range(first, first + width), 2)
        parents = [f"model.bench.{_name(left)}", f"model.bench.{_name(right)}"]
        yield _model(number, _join(_name(left), _name(right), names), parents)


def _name(number: int) -> str:
    return f"m{number:05}"


def _staging(names: list[str]) -> str:
    listed = ",\n    ".join(names)
    return f"select\n    id,\n    {listed}\nfrom {{{{ source('raw', 'events') }}}}"


def _join(left: str, right: str, names: list[str]) -> str:
    listed = ",\n        ".join(f"coalesce(a.{name}, b.{name}) as {name}" for name in names)
    return f"""with

a as (
    select * from {{{{ ref('{left}') }}}}
),

b as (
    select * from {{{{ ref('{right}') }}}}
),

final as (
    select
        a.id,
        {listed}
    from a
    left join b on a.id = b.id
    where a.c1 is not null
)

select * from final"""


def _model(number: int, raw: str, parents: list[str]) -> tuple[str, dict[str, Any]]:
    name = _name(number)
    compiled = raw.replace("{{ source('raw', 'events') }}", '"bench"."raw"."events"')
    for parent in parents:
        parent = parent.rsplit(".", 1)[-1]
        compiled = compiled.replace(f"{{{{ ref('{parent}') }}}}", f'"bench"."main"."{parent}"')
    unique_id = f"model.bench.{name}"
    return unique_id, {
        "unique_id": unique_id,
        "resource_type": "model",
        "package_name": "bench",
        "name": name,
        "alias": name,
        "database": "bench",
        "schema": "main",
        "relation_name": f'"bench"."main"."{name}"',
        "path": f"{name}.sql",
        "original_file_path": f"models/{name}.sql",
        "compiled_path": f"target/compiled/bench/models/{name}.sql",
        "fqn": ["bench", name],
        "tags": [],
        "meta": {},
        "description": "",
        "language": "sql",
        "config": {"enabled": True, "materialized": "view", "on_schema_change": "ignore"},
        "columns": {},
        "depends_on": {"nodes": parents, "macros": []},
        "raw_code": raw,
        "compiled_code": compiled,
        "checksum": {"name": "sha256", "checksum": f"{len(raw)}"},
    }


def _source(columns: int) -> tuple[str, dict[str, Any]]:
    unique_id = "source.bench.raw.events"
    names = {"id": "INTEGER", **{f"c{number}": "VARCHAR" for number in range(1, columns)}}
    return unique_id, {
        "unique_id": unique_id,
        "resource_type": "source",
        "package_name": "bench",
        "source_name": "raw",
        "name": "events",
        "identifier": "events",
        "database": "bench",
        "schema": "raw",
        "relation_name": '"bench"."raw"."events"',
        "original_file_path": "models/sources.yml",
        "columns": {name: {"name": name, "data_type": type_} for name, type_ in names.items()},
    }
