"""`target`: what the nodes of a manifest tell of the connection that dbt used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from breaking_changes.artifacts import Manifest
from breaking_changes.rendering.outcome import NotRendered

#: What dbt calls the name of the target.
NAMES = ("name", "target_name")


class Target(dict[str, Any]):
    """`target`: what the nodes tell of the connection. What they do not tell ends the rendering,
    but for what this rendering makes up."""

    _made_up: Mapping[str, str] = {}

    def __missing__(self, key: str) -> Any:
        """Nothing that the manifest knows."""
        if key in self._made_up:
            return self._made_up[key]
        raise NotRendered("target", f"It uses target.{key}, {not_held(key)}.")

    def get(self, key: str, default: Any = None) -> Any:
        """A member, which must be known: the default would be a guess."""
        return self[key]


def not_held(member: str) -> str:
    """Why a member is not known, as a part of a sentence."""
    return f"which no manifest holds{'; --target gives it' if member in NAMES else ''}"


def make_up(target: Target, members: Mapping[str, str]) -> None:
    """Lets a target answer with what one rendering makes up."""
    target._made_up = members


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
