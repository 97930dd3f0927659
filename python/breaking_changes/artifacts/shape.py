"""Whether an artifact has the types that dbt writes, and which key of which node has not.

Only keys that are read are looked at (dbt's schemas: schemas.getdbt.com). One that is missing or
null counts as empty, and keys of newer versions are left alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any

_NAMES: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}

#: Sections of a manifest that hold objects by unique_id.
_SECTIONS = (
    *("nodes", "sources", "exposures", "metrics", "semantic_models", "unit_tests", "groups"),
    *("macros", "functions", "saved_queries"),
)

#: What every node of these sections has.
_WHOLE = ("nodes", "sources")
_REQUIRED = ("unique_id", "resource_type", "name", "package_name", "original_file_path")

#: Key of a node -> the types that it may have.
_NODE: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(
        (
            *("unique_id", "resource_type", "name", "package_name", "path", "original_file_path"),
            *("patch_path", "raw_code", "compiled_code", "compiled_path", "language", "database"),
            *("schema", "alias", "identifier", "relation_name", "source_name", "access", "group"),
            *("macro_sql", "column_name", "attached_node"),
        ),
        (str,),
    ),
    **dict.fromkeys(("config", "columns", "depends_on", "meta", "contract"), (dict,)),
    **dict.fromkeys(("tags", "constraints", "refs", "sources", "fqn"), (list,)),
    # A unit test has its checksum as text.
    "checksum": (dict, str),
    "version": (str, int, float),
    "latest_version": (str, int, float),
    "test_metadata": (dict,),
    "unrendered_config": (dict,),
}

_CONFIG: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("materialized", "on_schema_change", "access", "group"), (str,)),
    **dict.fromkeys(("meta", "contract", "column_types"), (dict,)),
    "enabled": (bool,),
    "unique_key": (str, list),
}

_COLUMN: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("name", "data_type", "description"), (str,)),
    **dict.fromkeys(("meta", "config"), (dict,)),
    **dict.fromkeys(("constraints", "tags"), (list,)),
}

_DEPENDS_ON: dict[str, tuple[type, ...]] = {"nodes": (list,), "macros": (list,)}


def wrong_type(manifest: Mapping[str, Any]) -> str | None:
    """The first key whose value has a type that dbt never writes, in words; none when none has."""
    return next(_of_manifest(manifest), None)


def _of_manifest(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield from _of("", manifest, {"metadata": (dict,), "disabled": (dict,)})
    for section in _SECTIONS:
        entries = manifest.get(section)
        if entries is None:
            continue
        yield from _of("", manifest, {section: (dict,)})
        for unique_id, node in entries.items():
            place = f"{section}.{unique_id}"
            if not isinstance(node, dict):
                yield _wrong(place, node, (dict,))
                continue
            if section in _WHOLE:
                yield from (f"{place} has no {key}" for key in _REQUIRED if node.get(key) is None)
            yield from _of_node(place, node)


def _of_node(place: str, node: Mapping[str, Any]) -> Iterator[str]:
    yield from _of(place, node, _NODE)
    yield from _of(f"{place}.config", node.get("config") or {}, _CONFIG)
    depends_on = node.get("depends_on") or {}
    yield from _of(f"{place}.depends_on", depends_on, _DEPENDS_ON)
    for key in _DEPENDS_ON:
        for parent in depends_on.get(key) or ():
            if not isinstance(parent, str):
                yield _wrong(f"{place}.depends_on.{key}", parent, (str,))
    for name, column in (node.get("columns") or {}).items():
        if not isinstance(column, dict):
            yield _wrong(f"{place}.columns.{name}", column, (dict,))
            continue
        yield from _of(f"{place}.columns.{name}", column, _COLUMN)


def _of(
    place: str, value: Mapping[str, Any], types: Mapping[str, tuple[type, ...]]
) -> Iterator[str]:
    if _fit(tuple(map(type, map(value.get, types))), tuple(types.values())):
        return
    for key, wanted in types.items():
        found = value.get(key)
        if found is not None and (
            not isinstance(found, wanted) or (isinstance(found, bool) and bool not in wanted)
        ):
            yield _wrong(f"{place}.{key}" if place else key, found, wanted)


@functools.lru_cache(maxsize=1000)
def _fit(found: tuple[type, ...], types: tuple[tuple[type, ...], ...]) -> bool:
    """Whether values of these types are what dbt writes; nearly all entries have the same types."""
    return all(
        kind is NoneType or (issubclass(kind, wanted) and (kind is not bool or bool in wanted))
        for kind, wanted in zip(found, types, strict=True)
    )


def _wrong(place: str, found: Any, wanted: tuple[type, ...]) -> str:
    names = " or ".join(dict.fromkeys(_NAMES[one] for one in wanted))
    return f"{place} is {_NAMES[type(found)]} where dbt writes {names}"
