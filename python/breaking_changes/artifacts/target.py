"""A dbt target directory: a manifest, a catalog when there is one, and the project when at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.catalog import Catalog
from breaking_changes.artifacts.manifest import Manifest
from breaking_changes.artifacts.package_files import Package, locked_packages, packages_of


@dataclass(frozen=True)
class Target:
    """The artifacts of one side.

    Attributes:
        manifest: Its manifest.json.
        catalog: Its catalog.json, empty when there is none.
        project_dir: Where seeds' CSV files are looked for.
        checked_dir: Where else; there only a file with the manifest's own checksum counts.
    """

    manifest: Manifest
    catalog: Catalog
    project_dir: Path | None = None
    checked_dir: Path | None = None

    @cached_property
    def packages(self) -> Mapping[str, Package]:
        """What the files of its project say of packages; empty where they are not at hand."""
        return packages_of(self.project_dir) if self.project_dir else {}

    def with_packages(self, packages: Mapping[str, Package]) -> Mapping[str, Any]:
        """The manifest as the macros take it, with what is known of packages."""
        return {**self.manifest.raw, "packages": packages} if packages else self.manifest.raw


def packages_of_change(
    base: Path, prior: Target, current: Target
) -> tuple[Mapping[str, Package], Mapping[str, Package]]:
    """The packages of both sides, as far as files of their own tell.

    A base directory inside of the project's folder has the project's files of today above it: they
    say nothing of the prior side. Only a package-lock.yml that was kept with the artifacts does.
    """
    here, there = prior.project_dir, current.project_dir
    if here is None or there is None or here.resolve() != there.resolve():
        return prior.packages, current.packages
    kept = locked_packages(base)
    return kept, locked_packages(there) if kept else {}


def load_target(
    directory: Path,
    project_dir: Path | None = None,
    checked_dir: Path | None = None,
    target_name: str | None = None,
) -> Target:
    """The artifacts in a target directory.

    Without `project_dir`, the directory above is the project when it holds a dbt_project.yml.
    Without `checked_dir`, the folder that the user works in, when it holds one. `target_name` is
    what `target.name` is for the models.

    Raises:
        UserError: There is no usable manifest.json, or the catalog.json there is unusable.
    """
    manifest = Manifest.load(directory / "manifest.json", target_name)
    catalog = Catalog.load(directory / "catalog.json")
    above = directory.absolute().parent
    return Target(
        manifest,
        catalog,
        project_dir or _project(above),
        checked_dir or _project(Path.cwd()),
    )


def _project(folder: Path) -> Path | None:
    return folder if (folder / "dbt_project.yml").is_file() else None
