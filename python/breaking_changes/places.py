"""Where a report's findings stand in the repository: paths from its root, lines of YAML entries.

The macros know a node's file, but no file's text, and not where the project lies in the repository.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from breaking_changes.artifacts.files import inside, repository_around
from breaking_changes.project import FILE, Project
from breaking_changes.yaml_entries import YamlFile

Report = Mapping[str, Any]

#: Where the macros suppose that packages are installed (dbt's own default).
PACKAGES = "dbt_packages"


@dataclass(frozen=True)
class Places:
    """The project on disk, as far as it is at hand.

    Attributes:
        project: The current side's project; none when only its artifacts are known.
        prefix: From the repository's root to the project's folder; empty when they are one.
    """

    project: Project | None = None
    prefix: str = ""

    @classmethod
    def of(cls, project: Project | None, prefix: str | None = None) -> Places:
        """The places of a project; without a prefix the folder that holds .git is looked for."""
        if prefix is None:
            root = repository_around(project.root) if project else None
            prefix = project.root.resolve().relative_to(root).as_posix() if project and root else ""
        parts = [part for part in prefix.replace("\\", "/").split("/") if part not in ("", ".")]
        return cls(project, "/".join(parts))

    @property
    def project_file(self) -> str:
        """dbt_project.yml from the repository's root: the place of what has no file of its own."""
        return self._from_root(FILE)

    def with_entries(self, report: Report, nodes: Mapping[str, Mapping[str, Any]]) -> Report:
        """The report with the line of each finding and consumer that is an entry of a YAML file.

        Args:
            report: As the macros made it.
            nodes: The current side's nodes by unique_id, as the manifest has them.
        """
        project = self.project
        if project is None:
            return report

        @cache
        def file(path: str) -> YamlFile:
            found = self._on_disk(project, path)
            return YamlFile.read(found) if found is not None else YamlFile()

        def place(item: dict[str, Any]) -> None:
            if not item["path"].endswith((".yml", ".yaml")):
                return
            node = nodes.get(item["node"])
            if node is not None and item["line"] is None:
                item["line"] = file(item["path"]).line_of(node, item.get("column"))

        return _changed(report, place)

    def from_root(self, report: Report, existing: bool) -> Report:
        """The report with its paths counted from the repository's root.

        Args:
            report: With paths from the project's folder.
            existing: Whether a path that leads to no file of the repository, such as that of a
                removed model, is left out: services refuse it, or show it at a wrong place.
        """

        def place(item: dict[str, Any]) -> None:
            item["path"] = self._in_repository(item["path"], existing)
            if item["path"] is None:
                item["line"] = None

        return _changed(report, place)

    def _in_repository(self, path: str, existing: bool) -> str | None:
        project = self.project
        if project is None:
            return self._from_root(path)
        real = self._on_disk(project, path)
        if real is None or not real.is_file():
            return None if existing else self._from_root(path)
        if not path.startswith(f"{PACKAGES}/"):
            return self._from_root(path)
        root = repository_around(project.root)
        # A local package is a link to its own folder; one outside the repository has no path in it.
        if root is not None and real.is_relative_to(root):
            return real.relative_to(root).as_posix()
        return None if existing else self._from_root(path)

    def _from_root(self, path: str) -> str:
        return (PurePosixPath(self.prefix) / path).as_posix()

    @staticmethod
    def _on_disk(project: Project, path: str) -> Path | None:
        """The file in the repository, links followed; none when the path leads nowhere in it."""
        first, _, rest = path.partition("/")
        named = project.packages / rest if first == PACKAGES and rest else project.root / path
        return inside(repository_around(project.root) or project.root, str(named.absolute()))


def _changed(report: Report, place: Callable[[dict[str, Any]], None]) -> Report:
    moved = copy.deepcopy(dict(report))
    for item in _items(moved):
        if item["path"]:
            place(item)
    return moved


def _items(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for change in report["changes"]:
        yield change
        yield from change["impact"]
