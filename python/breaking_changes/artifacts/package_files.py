"""Which version of which package a project has, and which dbt each of them asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.files import inside, read_regular
from breaking_changes.artifacts.reading import mappings, names
from breaking_changes.yaml_values import BrokenYamlError, read_settings

Package = dict[str, str | None]

#: Bytes of a file that says what a package is.
_MAX_FILE = 1 << 20

_RANGE = re.compile(r"(?:>=|<=|>|<|==|=)?\s*\d+(?:\.\w+)*")


def packages_of(root: Path) -> dict[str, Package]:
    """The project in a folder and the packages installed there, by name.

    Their dbt_project.yml say what they are; of a package that is not installed, package-lock.yml
    says the version.
    """
    own = _settings(root, "dbt_project.yml")
    found = _described(own)
    if not found:
        return {}
    found = {**locked_packages(root), **found}
    folder = inside(root, str(own.get("packages-install-path") or "dbt_packages"))
    for package in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
        found.update(_described(_settings(package, "dbt_project.yml")))
    return found


def locked_packages(folder: Path) -> dict[str, Package]:
    """The packages that a folder's package-lock.yml pins, by name; empty when there is none.

    Of a package from git the revision counts as its version.
    """
    found: dict[str, Package] = {}
    for entry in mappings(_settings(folder, "package-lock.yml").get("packages")):
        name = entry.get("name") or str(entry.get("package") or "").split("/")[-1]
        version = entry.get("version") or entry.get("revision")
        if name and version:
            found[str(name)] = {"version": str(version), "requires_dbt": None}
    return found


def _described(settings: Mapping[str, Any]) -> dict[str, Package]:
    name, version = settings.get("name"), settings.get("version")
    if not name:
        return {}
    asked = names(settings.get("require-dbt-version"))
    ranges = [part.replace(" ", "") for text in asked for part in _RANGE.findall(text)]
    requires = ",".join(ranges) or None
    known = None if version is None else str(version)
    return {str(name): {"version": known, "requires_dbt": requires}}


def _settings(folder: Path, name: str) -> Mapping[str, Any]:
    """A file's mapping; empty where there is no such regular file, or it is no YAML."""
    try:
        return read_settings(read_regular(folder / name, _MAX_FILE).decode("utf-8")).values
    except (OSError, UnicodeDecodeError, BrokenYamlError):
        return {}
