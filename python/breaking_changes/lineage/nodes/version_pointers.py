"""The view without a version in its name that dbt keeps on the latest version of a model.

From dbt-core 1.12 (`latest_version_pointer` in `dbt/task/run.py`); dbt 2 makes it unless a model
says otherwise. A project's own `generate_latest_version_pointer_alias` is not run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from breaking_changes.artifacts.reading import mapping


def pointer_name(raw: Mapping[str, Any], *, by_default: bool = False) -> str | None:
    """The identifier of the view that points to a model; none when there is no such view.

    Args:
        raw: The model's entry in the manifest.
        by_default: Whether this dbt makes the view for a model that does not say.
    """
    version = raw.get("version")
    if version is None or version != raw.get("latest_version"):
        return None
    given = mapping(raw.get("config")).get("latest_version_pointer")
    config = {"enabled": given} if isinstance(given, bool) else mapping(given)
    enabled = config.get("enabled")
    if not (by_default if enabled is None else enabled):
        return None
    return str(config.get("alias") or raw.get("name"))


def with_pointers(manifest: Mapping[str, Any], *, by_default: bool) -> Mapping[str, Any]:
    """A manifest in which every model that has such a view says so, as the macros read it.

    Args:
        manifest: As dbt wrote it.
        by_default: Whether this dbt makes the view for a model that does not say.
    """
    if not by_default:
        return manifest
    nodes = mapping(manifest.get("nodes"))
    return {**manifest, "nodes": {name: _with_pointer(node) for name, node in nodes.items()}}


def _with_pointer(node: Any) -> Any:
    raw = mapping(node)
    if raw.get("resource_type") != "model" or pointer_name(raw, by_default=True) is None:
        return node
    config = mapping(raw.get("config"))
    pointer = {"enabled": True, "alias": mapping(config.get("latest_version_pointer")).get("alias")}
    return {**raw, "config": {**config, "latest_version_pointer": pointer}}
