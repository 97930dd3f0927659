"""What the project promises of a small check and of the html report.

    PYTHONPATH=python/tests python bench/bench_check.py

prints one line a measure and exits 1 when a bound is not kept.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from installed import install
from large_project import write_project
from playwright.sync_api import sync_playwright
from render import samples
from render.conftest import CHROMIUM, FLAGS

from breaking_changes.render import Material, render

RUNS = 5
FINDINGS = 2000


def measure() -> bool:
    """Prints one line a measure; whether every bound is kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return all([_small_check(folder), _page(folder)])


def _small_check(folder: Path) -> bool:
    """20 models, one column dropped, with the wheel as it is installed in a CI job."""
    write_project(folder / "before", 20, layers=4)
    write_project(folder / "after", 20, layers=4, dropped="c5")
    command = [str(install(folder / "venv")), "check"]
    command += ["--base", str(folder / "before"), "--current", str(folder / "after")]
    first = [_seconds(command, folder / f"cache_{number}") for number in range(RUNS)]
    again = [_seconds(command, folder / "cache_0") for _ in range(RUNS)]
    kept = _say("check, 20 models, with empty caches: seconds", statistics.median(first), 1.0)
    return _say("check, 20 models, again: seconds", statistics.median(again), 1.0) and kept


def _seconds(command: list[str], cache: Path) -> float:
    """How long the command takes that finds something, from start to finish."""
    environment = {**os.environ, "DBT_BREAKING_CHANGES_CACHE": str(cache)}
    environment.pop("PYTHONPATH", None)
    started = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode != 1:
        raise SystemExit(done.stderr)
    return seconds


def _page(folder: Path) -> bool:
    """The html report of many findings: its size, and when it answers in a browser."""
    report = samples.big(FINDINGS)
    line = "select column_1, {0} as column_2 from {{{{ ref('{0}') }}}} where column_3 is not null\n"
    paths = {impact["path"] for change in report["changes"] for impact in change["impact"]}
    sources = {path: line.format(path) * 60 for path in paths}
    file = folder / "report.html"
    file.write_text(
        render("html", report, Material(samples.no_macro, sources=sources)), encoding="utf-8"
    )
    kept = _say(f"html, {FINDINGS:,} findings: MB", file.stat().st_size / 1e6, 3.0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-ready]")
        seconds = page.evaluate("performance.now()") / 1000
        browser.close()
    return _say(f"html, {FINDINGS:,} findings: seconds until it answers", seconds, 1.0) and kept


def _say(what: str, measured: float, bound: float) -> bool:
    kept = measured <= bound
    print(f"{what}: {measured:.2f} (at most {bound:.1f}){'' if kept else '  TOO MUCH'}", flush=True)
    return kept


if __name__ == "__main__":
    sys.exit(0 if measure() else 1)
