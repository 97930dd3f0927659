"""Builds sides, shaped as dbt's manifests, from the compact notation of the rule cases.

A side maps short names to nodes. ``users`` is a model, ``users.v2`` a version of one; another kind
is written before the name: ``seed.countries``, ``source.raw.users``, ``exposure.board``. A node has

    from          the nodes that it depends on
    columns       name -> data_type, or a mapping with type, constraints, meta, quote
    contract, access, materialized, latest, deprecation, unique_key, tags, meta, package, path, sql
    config, node  further keys, merged into config or into the node as they are
    tests         data tests: {unique: id}, {accepted_values: status, values: [a, b]}, ...
    disabled      true: dbt parsed it but keeps it apart
    built         true: this run built it, in on-run-end
    facts         what column_lineage.json says of it; see ``facts``
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

Side = dict[str, Any]
Spec = Mapping[str, Any]

PROJECT = "shop"
SECTIONS = {
    "source": "sources",
    "exposure": "exposures",
    "metric": "metrics",
    "semantic_model": "semantic_models",
    "saved_query": "saved_queries",
    "function": "functions",
    "unit_test": "unit_tests",
}
KINDS = ("model", "seed", "snapshot", "test", "operation", "analysis", *SECTIONS)


def unique_id(name: str, package: str = PROJECT) -> str:
    """The unique_id behind a short name."""
    kind, _, rest = name.partition(".")
    return f"{kind}.{package}.{rest}" if kind in KINDS else f"model.{package}.{name}"


def short(identifier: str) -> str:
    """The short name of a unique_id."""
    kind, package, rest = (*identifier.split(".", 2), "", "")[:3]
    if package != PROJECT:
        return identifier
    return rest if kind == "model" else f"{kind}.{rest}"


def side(nodes: Mapping[str, Spec], adapter_type: str = "duckdb") -> Side:
    """A manifest-shaped dict with the nodes in the sections that dbt keeps them in."""
    made: Side = {
        "metadata": {"project_name": PROJECT, "adapter_type": adapter_type},
        **{section: {} for section in ("nodes", "disabled", *SECTIONS.values())},
    }
    for name, spec in nodes.items():
        node = _node(name, spec or {})
        kind = node["resource_type"]
        if (spec or {}).get("disabled"):
            made["disabled"][node["unique_id"]] = [node]
            continue
        made[SECTIONS.get(kind, "nodes")][node["unique_id"]] = node
        if (spec or {}).get("built"):
            made["metadata"].setdefault("built", {})[node["unique_id"]] = True
        for number, test in enumerate((spec or {}).get("tests", [])):
            built = _test(node, number, test)
            made["nodes"][built["unique_id"]] = built
    return made


def _node(name: str, spec: Spec) -> dict[str, Any]:
    identifier = unique_id(name, spec.get("package", PROJECT))
    kind, package, rest = identifier.split(".", 2)
    parts = rest.split(".")
    node: dict[str, Any] = {
        "unique_id": identifier,
        "resource_type": kind,
        "package_name": package,
        "name": parts[-1] if kind == "source" else parts[0],
        "original_file_path": spec.get("path", f"models/{rest.replace('.', '_')}.sql"),
        "depends_on": {
            "macros": [],
            "nodes": [unique_id(parent) for parent in spec.get("from", [])],
        },
        "tags": spec.get("tags", []),
        "meta": spec.get("meta", {}),
        "config": {
            "enabled": True,
            "meta": spec.get("meta", {}),
            "tags": spec.get("tags", []),
            **spec.get("config", {}),
        },
    }
    if kind == "source":
        node["source_name"] = parts[0]
    if kind in ("model", "seed", "snapshot", "source"):
        node["columns"] = {key: _column(key, value) for key, value in _columns(spec).items()}
    if kind == "function":
        node.update(_sql(spec))
    if kind in ("model", "seed", "snapshot"):
        node.update(_built(kind, parts, spec, node["config"]))
    node.update(spec.get("node", {}))
    return node


def _built(kind: str, parts: list[str], spec: Spec, config: dict[str, Any]) -> dict[str, Any]:
    """What only nodes with a relation of their own have."""
    version = int(parts[1][1:]) if len(parts) > 1 else None
    default = "table" if kind == "model" else kind
    config.setdefault("materialized", spec.get("materialized", default))
    config.setdefault("unique_key", spec.get("unique_key"))
    config.setdefault("contract", {"enforced": bool(spec.get("contract")), "alias_types": True})
    config.setdefault("schema", None)
    config.setdefault("database", None)
    config.setdefault("alias", None)
    own: dict[str, Any] = {**_sql(spec), "unrendered_config": {}}
    if kind == "model":
        config["access"] = spec.get("access", "protected")
        own |= {
            "access": spec.get("access", "protected"),
            "version": version,
            "latest_version": spec.get("latest", version),
            "deprecation_date": spec.get("deprecation"),
            "contract": config["contract"],
            "constraints": spec.get("constraints", []),
        }
    return own


def _sql(spec: Spec) -> dict[str, Any]:
    sql = spec.get("sql", "select 1")
    return {
        "language": spec.get("language", "sql"),
        "raw_code": sql,
        "checksum": {"name": "sha256", "checksum": hashlib.sha256(sql.encode()).hexdigest()},
    }


def _columns(spec: Spec) -> Mapping[str, Any]:
    return spec.get("columns") or {}


def _column(name: str, given: Any) -> dict[str, Any]:
    detail = given if isinstance(given, Mapping) else {"type": given}
    meta = detail.get("meta", {})
    return {
        "name": name,
        "description": "",
        "meta": meta,
        "data_type": detail.get("type"),
        "constraints": [
            {"type": constraint} if isinstance(constraint, str) else constraint
            for constraint in detail.get("constraints", [])
        ],
        "quote": detail.get("quote"),
        "config": {"meta": meta, "tags": []},
        "tags": [],
    }


def _test(node: Mapping[str, Any], number: int, spec: Spec) -> dict[str, Any]:
    """A generic test as dbt writes it; ``config`` holds severity, where, enabled."""
    (name, column), *arguments = (item for item in spec.items() if item[0] != "config")
    kwargs: dict[str, Any] = {"model": f"{{{{ get_where_subquery(ref('{node['name']}')) }}}}"}
    if isinstance(column, list):
        kwargs["combination_of_columns"] = column
    else:
        kwargs["column_name"] = column
    kwargs |= dict(arguments)
    attached = None if node["resource_type"] == "source" else node["unique_id"]
    return {
        "unique_id": f"test.{PROJECT}.{name}_{node['name']}.{number}",
        "resource_type": "test",
        "package_name": PROJECT,
        "name": f"{name}_{node['name']}_{number}",
        "original_file_path": "models/schema.yml",
        "depends_on": {"macros": [], "nodes": [node["unique_id"]]},
        "tags": [],
        "meta": {},
        "attached_node": attached,
        "column_name": None if isinstance(column, list) else column,
        "test_metadata": {"name": name, "kwargs": kwargs, "namespace": None},
        "columns": {},
        "config": {"enabled": True, "severity": "ERROR", "where": None, **spec.get("config", {})},
    }


def facts(nodes: Mapping[str, Spec]) -> dict[str, Any] | None:
    """The column lineage of a side, none when no node of it has facts.

    The ``facts`` of a node: ``columns`` (name -> type, or [type, identity, parent:column...]),
    ``reads`` ("parent:column CLAUSE"), ``untyped`` ("parent:column CLAUSE accepts class ..."),
    ``unbound`` ("kind parent:column CLAUSE"), ``stars`` ("parent" or "parent by position"),
    ``beyond`` (what is read without depends_on), ``unread`` (hooks), ``rows``, ``introspection``,
    ``asks`` (whose columns its Jinja asks for), ``incomplete`` (why the columns are not all),
    ``blind``, ``needs_compile`` and ``macros`` (a digest of those that its Jinja calls).
    """
    found = {
        unique_id(name, spec.get("package", PROJECT)): _facts(spec["facts"])
        for name, spec in nodes.items()
        if spec and "facts" in spec
    }
    if not found:
        return None
    return {"format_version": 1, "project": PROJECT, "adapter_type": "duckdb", "nodes": found}


def _facts(given: Spec) -> dict[str, Any]:
    return {
        "complete": "incomplete" not in given,
        "reason": given.get("incomplete"),
        "evidence": given.get("evidence", "inferred"),
        "columns": [_inferred(*item) for item in (given.get("columns") or {}).items()],
        "rows": given.get("rows"),
        "reads": [_read(text) for text in given.get("reads", [])],
        "stars": [
            {"parent": unique_id(parent), "positional": how == "by position"}
            for parent, _, how in (text.partition(" ") for text in given.get("stars", []))
        ],
        "unbound": [_unbound(text) for text in given.get("unbound", [])],
        "untyped": [_untyped(text) for text in given.get("untyped", [])],
        "reads_beyond": [unique_id(parent) for parent in given.get("beyond", [])],
        "asks": [unique_id(parent) for parent in given.get("asks", [])],
        "unread": [_unread(text) for text in given.get("unread", [])],
        "blind": given.get("blind"),
        "introspection": given.get("introspection"),
        "needs_compile": given.get("needs_compile", False),
        "macros": given.get("macros"),
    }


def _inferred(name: str, given: Any) -> dict[str, Any]:
    kind, identity, *sources = given if isinstance(given, list) else [given, None]
    return {
        "name": name,
        "type": kind,
        "identity": identity,
        "from": [list(_reference(source)) for source in sources],
    }


def _unread(text: str) -> dict[str, Any]:
    """``post-hook sql < users``: a statement and the nodes that it may read."""
    sql, _, parents = text.partition(" < ")
    found = [unique_id(parent) for parent in parents.split()]
    return {"sql": sql, "parents": found, "rendered": "}}" not in sql.replace("{{ this }}", "")}


def _reference(text: str) -> tuple[str, str | None]:
    """``stg:address.city`` as (unique_id, column); ``stg:`` names no column."""
    parent, _, column = text.partition(":")
    return unique_id(parent), column or None


def _read(text: str) -> dict[str, Any]:
    reference, _, clause = text.partition(" ")
    parent, column = _reference(reference)
    clause, expression = _expression(clause)
    return {
        "parent": parent,
        "column": column,
        "clause": clause,
        "line": 2,
        "sql": reference,
        **expression,
    }


def _untyped(text: str) -> dict[str, Any]:
    read, _, accepts = text.partition(" accepts ")
    return {**_read(read), "path": "models/m.sql", "accepts": accepts.split()}


def _expression(clause: str) -> tuple[str, dict[str, str]]:
    """``MEASURE in measure sum of semantic_model.users``: clause, expression, whose it is."""
    clause, _, owner = clause.partition(" of ")
    clause, _, element = clause.partition(" in ")
    keys = {"element": element, "of": owner and unique_id(owner)}
    return clause, {key: value for key, value in keys.items() if value}


def _unbound(text: str) -> dict[str, Any]:
    kind, reference, clause = text.split(" ", 2)
    parent, column = _reference(reference)
    clause, expression = _expression(clause)
    return {
        "kind": kind,
        "parent": parent,
        "column": column,
        "clause": clause,
        "path": None,
        "line": 3,
        "column_number": 1,
        "sql": reference,
        "detail": None,
        **expression,
    }
