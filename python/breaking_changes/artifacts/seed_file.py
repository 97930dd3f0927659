"""The CSV file of a seed: its header and its values."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from breaking_changes.artifacts.files import inside, read_regular, repository_around
from breaking_changes.artifacts.node import Node
from breaking_changes.artifacts.reading import mapping


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A seed's columns in order, each with the values that the file gives it."""

    columns: tuple[tuple[str, tuple[str, ...]], ...]


#: Bytes; values take some twenty times as much memory.
MAX_SEED = 16 << 20


def read_seed(
    node: Node, project_dir: Path | None, checked_dir: Path | None = None
) -> SeedFile | None:
    """The seed's file as it was when dbt wrote the manifest; none when it is not at hand.

    A file that was edited since is none: its checksum differs from the manifest's. dbt takes no
    checksum of a file above 1 MB, which then counts only when it lies in `project_dir`. A file that
    lies outside of both folders, is no CSV file or is larger than `MAX_SEED` is not opened,
    wherever the manifest or a symbolic link says that it is.
    """
    for path, trusted in _places(node, project_dir, checked_dir):
        try:
            # dbt takes the checksum of the text as it is, with Windows' line ends.
            text = read_regular(path, MAX_SEED).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        checksum = mapping(node.raw.get("checksum"))
        if checksum.get("name") == "sha256":
            digest = hashlib.sha256(text.strip().encode()).hexdigest()
            trusted = digest == checksum.get("checksum")
        if trusted:
            return _parse(text.removeprefix("\ufeff"), node.config.get("delimiter"))
    return None


def _places(
    node: Node, project_dir: Path | None, checked_dir: Path | None
) -> Iterator[tuple[Path, bool]]:
    """Where the file may be, links followed, and whether it counts there without a checksum."""
    for project, trusted in ((project_dir, True), (checked_dir, False)):
        if project is None:
            continue
        for folder in (project, _package_folder(node, project)):
            found = inside(folder, node.path) if folder is not None else None
            # dbt takes no other file for a seed; a link may be called .csv and lead elsewhere.
            if found is not None and found.suffix == ".csv":
                yield found, trusted


def _package_folder(node: Node, project_dir: Path) -> Path | None:
    """Where a package is installed; `dbt deps` links one of the same repository to its place."""
    if not re.fullmatch(r"\w+", node.package):
        return None
    installed = project_dir.absolute() / "dbt_packages" / node.package
    found = inside(repository_around(project_dir) or project_dir, str(installed))
    return found if found is not None and (found / "dbt_project.yml").is_file() else None


def _parse(text: str, delimiter: object) -> SeedFile | None:
    separator = delimiter if isinstance(delimiter, str) and len(delimiter) == 1 else ","
    try:
        lines = text.splitlines(keepends=True)
        rows = [row for row in csv.reader(lines, delimiter=separator) if row]
    except (csv.Error, ValueError, TypeError):
        # A field of more than 128 kB, or a delimiter that none can be.
        return None
    if not rows:
        return None
    header, *values = rows
    columns = (
        (name.strip(), tuple(row[index] for row in values if index < len(row)))
        for index, name in enumerate(header)
    )
    return SeedFile(tuple(columns))
