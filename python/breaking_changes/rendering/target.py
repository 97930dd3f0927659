"""`target`: what the nodes of a manifest tell of the connection that dbt used."""

from __future__ import annotations

from typing import Any

from breaking_changes.artifacts import Manifest
from breaking_changes.rendering.outcome import NotRendered

#: What dbt calls the name of the target.
NAMES = ("name", "target_name")


class Target(dict[str, Any]):
    """`target`: what the nodes tell of the connection. What they do not tell ends the rendering."""

    def __missing__(self, key: str) -> Any:
        """Nothing that the manifest knows."""
        advice = "; --target gives it" if key in NAMES else ""
        raise NotRendered("missing", f"It uses target.{key}, which no manifest holds{advice}.")

    def get(self, key: str, default: Any = None) -> Any:
        """A member, which must be known: the default would be a guess."""
        return self[key]


def target(manifest: Manifest) -> Target:
    """What the nodes tell of the connection, and the name that was given."""
    known: dict[str, Any] = {"type": manifest.adapter_type}
    if manifest.target_name is not None:
        known |= dict.fromkeys(NAMES, manifest.target_name)
    for key in ("schema", "database"):
        value = _commonest(manifest, key)
        if value is not None:
            known[key] = value
    if "database" in known:
        known |= {"dbname": known["database"], "project": known["database"]}
        known["dataset"] = known.get("schema")
    return Target(known)


def _commonest(manifest: Manifest, key: str) -> str | None:
    """The value that most nodes have that do not configure one."""
    counts: dict[str, int] = {}
    for node in manifest.nodes.values():
        if node.resource_type in ("model", "seed") and not node.config.get(key):
            value = node.text(key)
            if value is not None:
                counts[value] = counts.get(value, 0) + 1
    return max(counts, key=lambda value: counts[value]) if counts else None
