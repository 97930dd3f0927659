"""What the project promises of the speed of a check that has to render every model itself.

    python bench/bench_rendering.py

runs the wheel as a CI job has it, without any cache, prints one line a measure and exits 1 when a
bound is not kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from called_project import write_called_project
from installed import install
from measures import say, seconds

MODELS = 1000
BOUND = 5.0


def measure() -> bool:
    """Prints one line a measure; whether every bound is kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        helper = install(folder / "venv")
        before, after, small = folder / "before", folder / "after", folder / "small"
        same = folder / "same"
        write_called_project(before, MODELS)
        write_called_project(after, MODELS, dropped="c5")
        for target in (small, same):
            write_called_project(target, MODELS // 100)
        nothing = ("10 unchanged models", seconds(lambda: _run(helper, small, same, 0)))
        taken = seconds(lambda: _run(helper, before, after, MODELS))
        what = f"check, {MODELS:,} models that call macros, a column dropped at the root: seconds"
        return say(what, taken, BOUND, nothing)


def _run(helper: Path, before: Path, after: Path, removed: int) -> None:
    """One check without any cache, which has to find so many removed columns."""
    command = [str(helper), "check", "--base", str(before), "--current", str(after)]
    environment = {**os.environ, "DBT_BREAKING_CHANGES_CACHE": "off"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [*command, "--format", "json"], env=environment, capture_output=True, check=False
    )
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode())
    changes = json.loads(done.stdout)["changes"]
    found = sum(change["rule"] == "column_removed" for change in changes)
    if found != removed:
        raise SystemExit(f"{found} removed columns found, not {removed}")


if __name__ == "__main__":
    sys.exit(0 if measure() else 1)
