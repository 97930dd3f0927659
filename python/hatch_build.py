"""Puts the macros and the report's schema, which lie beside python/, into wheel and sdist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Path from the repository's root -> path inside the import package.
SHIPPED = {
    "macros": "breaking_changes/_macros",
    "docs/report.schema.json": "breaking_changes/_schema/report.schema.json",
}


class RepositoryFiles(BuildHookInterface):
    """In a checkout the files come from above; in an unpacked sdist they are here already."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the files to what is built, except to an editable install, which reads them there.

        Raises:
            FileNotFoundError: A file is in neither place.
        """
        if version == "editable":
            return
        for source, inside in SHIPPED.items():
            above, here = Path(self.root).parent / source, Path(self.root) / inside
            if here.exists():
                continue
            if above.exists():
                build_data["force_include"][str(above)] = inside
            else:
                raise FileNotFoundError(f"neither {above} nor {here}")
