"""What the project promises of the helper's speed, each measured on cold processes.

    python bench/bench_helper.py

runs the wheel as a CI job has it, without any cache, prints one line a measure and exits 1 when a
bound is not kept.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sqlglot
from installed import install
from large_project import edit_models, write_project
from measures import say, seconds

NO_CACHE = {"DBT_BREAKING_CHANGES_CACHE": "off"}


def measure() -> bool:
    """Prints one line a measure; whether every bound is kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        helper = install(folder / "venv")
        measures = (_dropped_column, _full_lineage, _small_change)
        kept = [measured(folder, helper) for measured in measures]
        return all(kept)


def _dropped_column(folder: Path, helper: Path) -> bool:
    """1,000 models, one column dropped at the root, against loading both manifests."""
    before, after = folder / "before", folder / "after"
    write_project(before, 1000, layers=10)
    write_project(after, 1000, layers=10, dropped="c5")
    taken = seconds(lambda: _run(helper, "check", "--base", before, "--current", after))
    beside = ("json", _loading(before, after))
    return say("check, 1,000 models, a column dropped at the root: seconds", taken, 3.0, beside)


def _full_lineage(folder: Path, helper: Path) -> bool:
    """5,000 models without a cache, in time and memory, against parsing their SQL alone."""
    target = folder / "large"
    write_project(target, 5000, layers=10)
    taken = seconds(lambda: _run(helper, "lineage", "--target-dir", target))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    manifest = json.loads((target / "manifest.json").read_bytes())
    statements = [node["compiled_code"] for node in manifest["nodes"].values()]
    parsing = seconds(lambda: [sqlglot.parse_one(sql, "duckdb") for sql in statements], runs=1)
    fast = say("lineage, 5,000 models: seconds", taken, 30.0, ("parsing in one process", parsing))
    return say("lineage, 5,000 models: MB of the largest process", memory, 1000.0) and fast


def _small_change(folder: Path, helper: Path) -> bool:
    """10,000 models of which five changed, against loading both manifests."""
    before, after = folder / "huge", folder / "edited"
    write_project(before, 10_000, layers=5)
    shutil.copytree(before, after)
    edit_models(after, 5)
    loading = _loading(before, after)
    taken = seconds(lambda: _run(helper, "check", "--base", before, "--current", after))
    bound = 2 * loading + 1
    return say("check, 5 of 10,000 models changed: seconds", taken, bound, ("json", loading))


def _loading(*targets: Path) -> float:
    """Seconds to load the manifests with the standard library, the first one freed at the end."""
    files = [target / "manifest.json" for target in targets]
    return seconds(lambda: [json.loads(file.read_bytes()) for file in files])


def _run(helper: Path, *arguments: object) -> None:
    """One command without any cache."""
    command = [str(helper), *map(str, arguments)]
    environment = {**os.environ, **NO_CACHE}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(done.stderr)


if __name__ == "__main__":
    sys.exit(0 if measure() else 1)
