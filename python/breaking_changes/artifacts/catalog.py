"""catalog.json: the columns that the warehouse had when `dbt docs generate` ran."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.reading import mapping, read_json

HOW_TO_MAKE = "`dbt docs generate` writes it anew; delete the file to do without."


@dataclass(frozen=True)
class Catalog:
    """A catalog, read-only."""

    raw: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path) -> Catalog:
        """The catalog in a file.

        Raises:
            UserError: The file is there but holds no JSON object.
        """
        return cls(read_json(path, HOW_TO_MAKE) if path.exists() else {})

    def columns(self, unique_id: str) -> tuple[tuple[str, str | None], ...] | None:
        """Name and type of each column of a relation, in order; none when it is not listed."""
        for section in ("nodes", "sources"):
            entry = mapping(mapping(self.raw.get(section)).get(unique_id))
            columns = [mapping(column) for column in mapping(entry.get("columns")).values()]
            if columns:
                columns.sort(key=lambda column: column.get("index") or 0)
                return tuple((str(column.get("name")), column.get("type")) for column in columns)
        return None
