"""A dbt target directory: a manifest, a catalog when there is one, and the project when at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from breaking_changes.artifacts.catalog import Catalog
from breaking_changes.artifacts.manifest import Manifest


@dataclass(frozen=True)
class Target:
    """The artifacts of one side. `project_dir` is where seeds' CSV files are looked for."""

    manifest: Manifest
    catalog: Catalog
    project_dir: Path | None = None


def load_target(directory: Path, project_dir: Path | None = None) -> Target:
    """The artifacts in a target directory.

    Without `project_dir`, the directory above is the project when it holds a dbt_project.yml.

    Raises:
        UserError: There is no usable manifest.json, or the catalog.json there is unusable.
    """
    manifest = Manifest.load(directory / "manifest.json")
    above = directory.absolute().parent
    if project_dir is None and (above / "dbt_project.yml").is_file():
        project_dir = above
    return Target(manifest, Catalog.load(directory / "catalog.json"), project_dir)
