"""The report of one large change: a hundred renames in a project of three hundred models."""

from __future__ import annotations

import functools
import importlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from projects import REPOSITORY

from breaking_changes.comparison import Comparison, compare

MODELS, LAYERS, COLUMNS, RENAMES = 300, 3, 8, 100


@functools.cache
def large_comparison() -> Comparison:
    """Every model of the first layer calls its column c2 another name."""
    sys.path.append(str(REPOSITORY / "bench"))
    write_project = importlib.import_module("large_project").write_project

    with tempfile.TemporaryDirectory() as folder:
        sides = Path(folder, "before"), Path(folder, "after")
        for side in sides:
            write_project(side, MODELS, LAYERS, COLUMNS)
        _rename(sides[1] / "manifest.json")
        return compare(*sides, {}, {})


def large_report() -> dict[str, Any]:
    """What the macros say of it, as json has it."""
    report: dict[str, Any] = json.loads(json.dumps(large_comparison().report))
    return report


def _rename(path: Path) -> None:
    manifest = json.loads(path.read_text())
    for unique_id in sorted(manifest["nodes"])[:RENAMES]:
        node = manifest["nodes"][unique_id]
        for key in ("raw_code", "compiled_code"):
            node[key] = node[key].replace("    c2,", "    c2 as c2_new,")
        node["checksum"] = {"name": "sha256", "checksum": "renamed"}
    path.write_text(json.dumps(manifest))
