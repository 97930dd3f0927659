"""What dbt_project.yml says and a manifest does not hold: vars and the order of dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.reading import mapping, mappings, strings
from breaking_changes.errors import UserError
from breaking_changes.project import FILE, Project


class Settings:
    """The project's files, read when they are first asked for.

    Args:
        root: The root project's name.
        variables: What `--vars` sets, which wins over every file; what it holds under a package's
            name counts for that package alone.
        project_dir: The folder with dbt_project.yml; none when it is not at hand.
    """

    def __init__(
        self, root: str, variables: Mapping[str, Any], project_dir: Path | None = None
    ) -> None:
        self._root = root
        self._variables = variables
        self._project_dir = project_dir
        self._merged: dict[str, dict[str, Any]] = {}

    def variables(self, package: str) -> Mapping[str, Any]:
        """The vars that a node of a package sees.

        The root project's values for the package win over the package's own (dbt's
        `ModelConfiguredVar`).
        """
        if package not in self._merged:
            merged: dict[str, Any] = {}
            if package != self._root:
                merged |= _vars_for(self._packages.get(package), package)
            merged |= _vars_for(self._project, package)
            merged |= self._variables
            merged |= mapping(self._variables.get(package))
            self._merged[package] = merged
        return self._merged[package]

    def unread(self, package: str) -> str | None:
        """Why a file that may set a var of the package cannot be read; none when all are.

        A var's default must not stand in for a value that is set there.
        """
        for project in (self._project, self._packages.get(package)):
            if project is not None and "vars" in project.unread:
                return f"It uses a var, and reading those of {FILE} takes `pip install pyyaml`."
        return self._missing(package)

    def _missing(self, package: str) -> str | None:
        if self._project is None or package == self._root or package in self._packages:
            return None
        return f"It uses a var of the package {package}, which is not installed: run `dbt deps`."

    @cached_property
    def dispatch(self) -> Mapping[str, tuple[str, ...]]:
        """The order in which packages are searched for a macro, by namespace."""
        entries = mappings(self._project.settings.get("dispatch")) if self._project else []
        return {
            str(entry.get("macro_namespace")): strings(entry.get("search_order"))
            for entry in entries
        }

    @cached_property
    def points_to_latest(self) -> bool:
        """Whether a flag has dbt 1.12 keep a view on the latest version of every model."""
        flags = mapping(self._project.settings.get("flags")) if self._project else {}
        return flags.get("latest_version_pointer_enabled_by_default") is True

    @cached_property
    def _project(self) -> Project | None:
        return _read(self._project_dir) if self._project_dir else None

    @cached_property
    def _packages(self) -> dict[str, Project]:
        if not self._project:
            return {}
        folder = self._project.packages
        found = map(_read, sorted(folder.iterdir()) if folder.is_dir() else ())
        return {project.name: project for project in found if project}


def _vars_for(project: Project | None, package: str) -> dict[str, Any]:
    given = mapping(project.settings.get("vars")) if project else {}
    return {**given, **mapping(given.get(package))}


def _read(folder: Path) -> Project | None:
    try:
        return Project.at(folder)
    except UserError:
        return None
