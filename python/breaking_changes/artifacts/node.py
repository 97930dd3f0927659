"""One node of a manifest: a model, seed, snapshot, source, data test or unit test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from breaking_changes.artifacts.reading import mapping, strings


@dataclass(frozen=True)
class Node:
    """Reads what a node says, whatever version of dbt wrote it; a missing key counts as empty."""

    unique_id: str
    raw: Mapping[str, Any]

    def text(self, key: str) -> str | None:
        """A key that holds text, none when it is missing, null or empty."""
        value = self.raw.get(key)
        return value if isinstance(value, str) and value else None

    @cached_property
    def resource_type(self) -> str:
        """Such as model, seed, snapshot, source, test, unit_test."""
        return self.text("resource_type") or self.unique_id.split(".", 1)[0]

    @cached_property
    def name(self) -> str:
        """The name that ref() and source() use."""
        return self.text("name") or self.unique_id.rsplit(".", 1)[-1]

    @cached_property
    def package(self) -> str:
        """The dbt project that the node belongs to."""
        return self.text("package_name") or ""

    @cached_property
    def path(self) -> str:
        """The node's file, from its project's root, with forward slashes."""
        return (self.text("original_file_path") or self.text("path") or "").replace("\\", "/")

    @cached_property
    def config(self) -> dict[str, Any]:
        """The node's config."""
        return mapping(self.raw.get("config"))

    @cached_property
    def materialized(self) -> str:
        """Such as view, table, incremental, ephemeral; empty when it has none."""
        value = self.config.get("materialized")
        return value if isinstance(value, str) else ""

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """The unique_ids of the nodes that this one reads, each once."""
        return tuple(dict.fromkeys(strings(mapping(self.raw.get("depends_on")).get("nodes"))))

    @cached_property
    def macros(self) -> tuple[str, ...]:
        """The unique_ids of the macros that this node calls itself."""
        return strings(mapping(self.raw.get("depends_on")).get("macros"))

    @cached_property
    def columns(self) -> dict[str, dict[str, Any]]:
        """The documented columns by name, as written in YAML."""
        columns = mapping(self.raw.get("columns"))
        return {
            mapping(column).get("name") or name: mapping(column) for name, column in columns.items()
        }

    @cached_property
    def contract(self) -> bool:
        """Whether dbt enforces the documented columns and types."""
        contract = mapping(self.config.get("contract")) or mapping(self.raw.get("contract"))
        return bool(contract.get("enforced"))

    @cached_property
    def checksum(self) -> str | None:
        """dbt's checksum of the node's file."""
        value = mapping(self.raw.get("checksum")).get("checksum")
        return value if isinstance(value, str) else None

    @cached_property
    def raw_code(self) -> str:
        """The SQL or Python as written."""
        return self.text("raw_code") or ""

    @cached_property
    def compiled_code(self) -> str | None:
        """The SQL after Jinja; none when dbt has only parsed the node."""
        return self.text("compiled_code")

    @cached_property
    def is_python(self) -> bool:
        """Whether the node is a Python model."""
        return self.text("language") == "python" or self.path.endswith(".py")

    @cached_property
    def identifier(self) -> str:
        """The name of the relation within its schema."""
        return self.text("identifier") or self.text("alias") or self.name
