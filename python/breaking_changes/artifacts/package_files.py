"""Which version of which package a project has, and which dbt each of them asks for."""

from __future__ import annotations

import re
from pathlib import Path

from breaking_changes.artifacts.files import inside, read_regular

Package = dict[str, str | None]

#: Bytes of a file that says what a package is.
_MAX_FILE = 1 << 20

_NAME = re.compile(r"^name:\s*['\"]?([\w.-]+)", re.MULTILINE)
_VERSION = re.compile(r"^version:\s*['\"]?([\w.+-]+)", re.MULTILINE)
_INSTALLED_IN = re.compile(r"^packages-install-path:\s*['\"]?([^'\"#\n]+?)['\"]?\s*$", re.MULTILINE)
_REQUIRES = re.compile(r"^require-dbt-version:[ \t]*(.*(?:\n[ \t]*-.*)*)", re.MULTILINE)
_RANGE = re.compile(r"(?:>=|<=|>|<|==|=)?\s*\d+(?:\.\w+)*")
_LOCKED = re.compile(
    r"-\s*(?:package:\s*(?P<package>\S+)|name:\s*(?P<name>\S+))(?P<rest>(?:\n[ \t]+\w.*)*)"
)


def packages_of(root: Path) -> dict[str, Package]:
    """The project in a folder and the packages installed there, by name.

    Their dbt_project.yml say what they are; of a package that is not installed, package-lock.yml
    says the version. The few keys are read without a YAML parser, which the helper does not need.
    """
    own = _text(root, "dbt_project.yml")
    found = _described(own)
    if not found:
        return {}
    found = {**locked_packages(root), **found}
    installed = _INSTALLED_IN.search(own)
    folder = inside(root, installed[1] if installed else "dbt_packages")
    for package in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
        found.update(_described(_text(package, "dbt_project.yml")))
    return found


def locked_packages(folder: Path) -> dict[str, Package]:
    """The packages that a folder's package-lock.yml pins, by name; empty when there is none."""
    pinned = _locked(_text(folder, "package-lock.yml"))
    return {name: {"version": version, "requires_dbt": None} for name, version in pinned}


def _described(text: str) -> dict[str, Package]:
    name, version, requires = (one.search(text) for one in (_NAME, _VERSION, _REQUIRES))
    if not name:
        return {}
    ranges = [part.replace(" ", "") for part in _RANGE.findall(requires[1])] if requires else []
    asked = ",".join(ranges) or None
    return {name[1]: {"version": version[1] if version else None, "requires_dbt": asked}}


def _locked(text: str) -> list[tuple[str, str | None]]:
    """The packages that package-lock.yml pins, by the name that they have in dbt."""
    found: list[tuple[str, str | None]] = []
    for entry in _LOCKED.finditer(text):
        name = re.search(r"\n\s+name:\s*(\S+)", entry["rest"])
        version = re.search(r"\n\s+version:\s*['\"]?([^'\"\s]+)", entry["rest"])
        called = entry["name"] or (name[1] if name else (entry["package"] or "").split("/")[-1])
        found.append((called.strip("'\""), version[1] if version else None))
    return found


def _text(folder: Path, name: str) -> str:
    """A file's text; empty where there is no such regular file."""
    try:
        return read_regular(folder / name, _MAX_FILE).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
