"""Makes small manifests for the tests of lineage, in the shape that dbt writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from breaking_changes.artifacts import Catalog, Manifest, Target

MANIFEST_V12 = "https://schemas.getdbt.com/dbt/manifest/v12.json"
PROJECT = "shop"


def node(
    unique_id: str, sql: str | None = None, parents: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    """A node with a DuckDB relation in the database `dev`; `more` overrides any key."""
    resource_type, _, name = unique_id.split(".")[:3]
    raw = {
        "unique_id": unique_id,
        "resource_type": resource_type,
        "name": unique_id.rsplit(".", 1)[-1],
        "package_name": PROJECT,
        "original_file_path": f"models/{name}.sql",
        "database": "dev",
        "schema": "main",
        "alias": name,
        "relation_name": f'"dev"."main"."{name}"',
        "config": {"materialized": "view"},
        "depends_on": {"nodes": list(parents), "macros": []},
        "columns": {},
        "raw_code": sql or "",
        "compiled_code": sql,
        "language": "sql",
        "checksum": {"name": "sha256", "checksum": "0" * 64},
    }
    return {**raw, **more}


def manifest(
    *nodes: Mapping[str, Any], adapter_type: str = "duckdb", **more: Any
) -> dict[str, Any]:
    """A manifest of these nodes, each in its section."""
    sections: dict[str, dict[str, Any]] = {
        "nodes": {},
        "sources": {},
        "unit_tests": {},
        "functions": {},
        "semantic_models": {},
        "metrics": {},
        "saved_queries": {},
        "exposures": {},
    }
    places = {
        "source": "sources",
        "unit_test": "unit_tests",
        "function": "functions",
        "semantic_model": "semantic_models",
        "metric": "metrics",
        "saved_query": "saved_queries",
        "exposure": "exposures",
    }
    for one in nodes:
        sections[places.get(one["resource_type"], "nodes")][one["unique_id"]] = one
    metadata = {
        "dbt_schema_version": MANIFEST_V12,
        "dbt_version": "1.11.0",
        "adapter_type": adapter_type,
        "project_name": PROJECT,
        "invocation_id": "1",
    }
    return {"metadata": metadata, "macros": {}, **sections, **more}


def target(*nodes: Mapping[str, Any], catalog: Mapping[str, Any] | None = None) -> Target:
    """A target directory of these nodes that needs no disk."""
    return Target(Manifest(manifest(*nodes)), Catalog(catalog or {}))


def catalog(**relations: Mapping[str, str]) -> dict[str, Any]:
    """A catalog of the same run: columns with types by unique_id (dots written as `__`)."""
    listed = {
        unique_id.replace("__", "."): {
            "columns": {
                name: {"name": name, "type": type_, "index": place}
                for place, (name, type_) in enumerate(columns.items(), start=1)
            }
        }
        for unique_id, columns in relations.items()
    }
    return {
        "metadata": {"invocation_id": "1"},
        "nodes": {name: entry for name, entry in listed.items() if not name.startswith("source")},
        "sources": {name: entry for name, entry in listed.items() if name.startswith("source")},
    }
