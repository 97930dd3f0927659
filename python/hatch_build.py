"""Puts the macros and the report's schema, which lie beside python/, into wheel and sdist.

A wheel also gets the macros compiled, because its first run in CI is its only one.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MACROS = "macros"

#: The modules that jinja2 generates from the macros, of which a wheel alone has some.
COMPILED = "breaking_changes/_compiled"

#: Path from the repository's root -> path inside the import package.
SHIPPED = {
    MACROS: "breaking_changes/_macros",
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
            place = self._place(source, inside)
            if place != Path(self.root) / inside:
                build_data["force_include"][str(place)] = inside
        if self.target_name == "wheel":
            self._modules = tempfile.TemporaryDirectory()
            self._write_modules(Path(self._modules.name))
            build_data["force_include"][self._modules.name] = COMPILED

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes the generated modules, which are in the wheel now."""
        if self.target_name == "wheel" and version != "editable":
            self._modules.cleanup()

    def _place(self, source: str, inside: str) -> Path:
        places = (Path(self.root) / inside, Path(self.root).parent / source)
        for place in places:
            if place.exists():
                return place
        raise FileNotFoundError(f"neither {places[0]} nor {places[1]}")

    def _write_modules(self, folder: Path) -> None:
        """Has the package itself compile the macros, so that it finds them as it looks for them."""
        sys.path.insert(0, self.root)
        from breaking_changes.compiled_macros import write_modules

        write_modules(self._place(MACROS, SHIPPED[MACROS]), folder)
