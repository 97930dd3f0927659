"""What the project promises of a small check and of the html report.

    PYTHONPATH=python/tests python bench/bench_check.py

prints one line a measure and exits 1 when a bound is not kept.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from installed import install
from large_project import write_project
from measures import say, seconds
from playwright.sync_api import Page, sync_playwright
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
    imports = [str(folder / "venv" / "bin" / "python"), "-c", "import click, jinja2, sqlglot"]
    beside = ("importing what it needs", seconds(lambda: subprocess.run(imports, check=True), RUNS))
    caches = (folder / f"cache_{number}" for number in itertools.count())
    first = seconds(lambda: _run(command, next(caches)), RUNS)
    again = seconds(lambda: _run(command, folder / "cache_0"), RUNS)
    kept = say("check, 20 models, with empty caches: seconds", first, 1.0, beside)
    return say("check, 20 models, again: seconds", again, 1.0, beside) and kept


def _run(command: list[str], cache: Path) -> None:
    """Runs a check that finds something."""
    environment = {**os.environ, "DBT_BREAKING_CHANGES_CACHE": str(cache)}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 1:
        raise SystemExit(done.stderr)


def _page(folder: Path) -> bool:
    """The html report of many findings: its size, and when it answers in a browser."""
    report = samples.big(FINDINGS)
    line = "select column_1, {0} as column_2 from {{{{ ref('{0}') }}}} where column_3 is not null\n"
    paths = {impact["path"] for change in report["changes"] for impact in change["impact"]}
    sources = {path: line.format(path) * 60 for path in paths}
    file = folder / "report.html"
    file.write_text(
        render("html", report, Material(samples.HOST.call, sources=sources)), encoding="utf-8"
    )
    empty = folder / "empty.html"
    empty.write_text("<!doctype html><body data-ready>", encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        beside = ("an empty page", _until_ready(page, empty))
        ready = _until_ready(page, file)
        browser.close()
    kept = say(f"html, {FINDINGS:,} findings: MB", file.stat().st_size / 1e6, 3.0)
    return (
        say(f"html, {FINDINGS:,} findings: seconds until it answers", ready, 1.0, beside) and kept
    )


def _until_ready(page: Page, file: Path) -> float:
    """Seconds from the start of the navigation, as the browser counts them; the median."""
    taken: list[float] = []
    for _ in range(RUNS):
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-ready]", state="attached")
        taken.append(page.evaluate("performance.now()") / 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(0 if measure() else 1)
