"""manifest.json of dbt 1.8 and later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.node import Node
from breaking_changes.artifacts.reading import mapping, read_json
from breaking_changes.artifacts.shape import wrong_type
from breaking_changes.errors import UserError
from breaking_changes.macro_lists import sections

#: The manifest version that dbt 1.8 wrote; every later dbt writes this one or a higher one.
OLDEST_VERSION = 12

HOW_TO_MAKE = "`dbt compile` writes it to the project's target directory."


@dataclass(frozen=True)
class Manifest:
    """A manifest, read-only. `raw` is the whole file, which the macros take as a side.

    `target_name` is the name of the target that dbt wrote it with, which no manifest holds.
    """

    raw: Mapping[str, Any]
    target_name: str | None = None

    @classmethod
    def load(cls, path: Path, target_name: str | None = None) -> Manifest:
        """The manifest in a file, and the name of its target where that is known.

        Raises:
            UserError: The file is missing, is no manifest, or was written by dbt before 1.8.
        """
        raw = read_json(path, HOW_TO_MAKE)
        refusal = _refusal(raw)
        if refusal:
            raise UserError(f"{path} {refusal}")
        wrong = wrong_type(raw)
        if wrong:
            raise UserError(f"{path}: {wrong}. {HOW_TO_MAKE}")
        return cls(raw, target_name)

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """Who wrote the manifest, with which dbt, for which adapter."""
        return mapping(self.raw.get("metadata"))

    @cached_property
    def adapter_type(self) -> str:
        """dbt's name of the adapter, such as duckdb; empty when the manifest does not say."""
        value = self.metadata.get("adapter_type")
        return value.lower() if isinstance(value, str) else ""

    @cached_property
    def project(self) -> str:
        """The root project's name."""
        value = self.metadata.get("project_name")
        return value if isinstance(value, str) else ""

    @cached_property
    def points_to_latest(self) -> bool:
        """Whether dbt keeps a view on a model's latest version without being told: from dbt 2."""
        version = re.match(r"(\d+)\.", str(self.metadata.get("dbt_version") or ""))
        return bool(version and int(version[1]) >= 2)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every entry of the sections that are compared, by unique_id."""
        return dict(self._nodes())

    def _nodes(self) -> Iterator[tuple[str, Node]]:
        for section in sections():
            for unique_id, raw in mapping(self.raw.get(section)).items():
                if isinstance(raw, dict):
                    yield unique_id, Node(unique_id, raw)

    @cached_property
    def macros(self) -> dict[str, dict[str, Any]]:
        """Every macro by unique_id."""
        return mapping(self.raw.get("macros"))


def _refusal(raw: Mapping[str, Any]) -> str | None:
    metadata = mapping(raw.get("metadata"))
    schema = str(metadata.get("dbt_schema_version") or "")
    found = re.search(r"/dbt/([a-z-]+)/v(\d+)", schema)
    if not found or found[1] != "manifest" or not isinstance(raw.get("nodes"), dict):
        kind = f"a dbt {found[1]} file" if found and found[1] != "manifest" else "not one"
        return f"should be a dbt manifest but is {kind}. {HOW_TO_MAKE}"
    if int(found[2]) < OLDEST_VERSION:
        return (
            f"was written by dbt {metadata.get('dbt_version') or 'before 1.8'} "
            f"(manifest v{found[2]}). Write it again with dbt 1.8 or later."
        )
    return None
