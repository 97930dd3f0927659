"""What the project promises of the helper's speed, each measured as one cold process.

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
import time
from pathlib import Path

from installed import install
from large_project import edit_models, write_project

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
    """1,000 models, one column dropped at the root."""
    write_project(folder / "before", 1000, layers=10)
    write_project(folder / "after", 1000, layers=10, dropped="c5")
    seconds, _ = _run(helper, "check", "--base", folder / "before", "--current", folder / "after")
    return _say("check, 1,000 models, a column dropped at the root", seconds, 3.0)


def _full_lineage(folder: Path, helper: Path) -> bool:
    """5,000 models without a cache, in time and memory."""
    write_project(folder / "large", 5000, layers=10)
    seconds, megabytes = _run(helper, "lineage", "--target-dir", folder / "large")
    fast = _say("lineage, 5,000 models", seconds, 30.0)
    return _say("  its memory in MB", megabytes, 1000.0) and fast


def _small_change(folder: Path, helper: Path) -> bool:
    """10,000 models of which five changed, against the time to load both manifests."""
    write_project(folder / "huge", 10_000, layers=5)
    shutil.copytree(folder / "huge", folder / "edited")
    edit_models(folder / "edited", 5)
    started = time.monotonic()
    for side in ("huge", "edited"):
        json.loads((folder / side / "manifest.json").read_bytes())
    loading = time.monotonic() - started
    seconds, _ = _run(helper, "check", "--base", folder / "huge", "--current", folder / "edited")
    return _say("check, 5 of 10,000 models changed", seconds, 2 * loading + 1)


def _run(helper: Path, *arguments: object) -> tuple[float, float]:
    """Seconds and megabytes of one command, its worker processes included."""
    command = [str(helper), *map(str, arguments)]
    environment = {**os.environ, **NO_CACHE}
    environment.pop("PYTHONPATH", None)
    started = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return seconds, largest / 1024


def _say(what: str, measured: float, bound: float) -> bool:
    kept = measured <= bound
    print(f"{what}: {measured:.1f} (at most {bound:.1f}){'' if kept else '  TOO MUCH'}", flush=True)
    return kept


if __name__ == "__main__":
    sys.exit(0 if measure() else 1)
