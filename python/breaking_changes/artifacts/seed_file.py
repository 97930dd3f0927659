"""The CSV file of a seed: its header and its values."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from breaking_changes.artifacts.node import Node
from breaking_changes.artifacts.reading import mapping


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A seed's columns in order, each with the values that the file gives it."""

    columns: tuple[tuple[str, tuple[str, ...]], ...]


def read_seed(node: Node, project_dir: Path | None) -> SeedFile | None:
    """The seed's file as it was when dbt wrote the manifest; none when it is not at hand.

    A file that was edited since is none: its checksum differs from the manifest's. dbt takes no
    checksum of a file above 1 MB, which then counts only when it lies in `project_dir`.
    """
    for path, trusted in _places(node, project_dir):
        try:
            # dbt takes the checksum of the text as it is, with Windows' line ends.
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        checksum = mapping(node.raw.get("checksum"))
        if checksum.get("name") == "sha256":
            digest = hashlib.sha256(text.strip().encode()).hexdigest()
            trusted = digest == checksum.get("checksum")
        if trusted:
            return _parse(text.removeprefix("\ufeff"), node.config.get("delimiter"))
    return None


def _places(node: Node, project_dir: Path | None) -> list[tuple[Path, bool]]:
    places = []
    if project_dir is not None:
        places += [
            (project_dir / node.path, True),
            (project_dir / "dbt_packages" / node.package / node.path, True),
        ]
    root = node.text("root_path")
    return [*places, (Path(root) / node.path, False)] if root else places


def _parse(text: str, delimiter: object) -> SeedFile | None:
    separator = delimiter if isinstance(delimiter, str) and len(delimiter) == 1 else ","
    rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=separator) if row]
    if not rows:
        return None
    header, *values = rows
    columns = (
        (name.strip(), tuple(row[index] for row in values if index < len(row)))
        for index, name in enumerate(header)
    )
    return SeedFile(tuple(columns))
