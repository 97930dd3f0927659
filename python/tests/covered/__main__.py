"""`make coverage`: how much of the helper and of the macros the tests run, in both hosts.

It runs the tests that it is given, else those of `make test`, with every process that they start.
It fails where less than LEAST per cent of Python's lines and branches, or of the macros' lines,
ran; what did not run stands in build/coverage.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import coverage
from covered import macro_lines

PYTHON = Path(__file__).parents[2]
FOLDER = PYTHON / "build" / "coverage"
LEAST = 97.0

SETTINGS = f"""\
[run]
branch = true
parallel = true
data_file = {FOLDER / "python"}
source = {PYTHON / "breaking_changes"}
concurrency = multiprocessing, thread
patch = _exit
disable_warnings = no-data-collected, module-not-measured, already-imported, module-not-imported
[report]
exclude_also =
    if TYPE_CHECKING:
"""


def _run(tests: list[str]) -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "macros").mkdir(parents=True)
    settings = FOLDER / "coveragerc"
    settings.write_text(SETTINGS, encoding="utf-8")
    folders = (Path(__file__).parent / "starting", PYTHON, PYTHON / "tests")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        "COVERAGE_PROCESS_START": str(settings),
        macro_lines.NOTED_IN: str(FOLDER / "macros"),
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *(tests or ("-n", "2", "-m", "not slow"))],
        cwd=PYTHON,
        env=environment,
        check=False,
    ).returncode


def _of_python() -> float:
    measured = coverage.Coverage(config_file=str(FOLDER / "coveragerc"))
    measured.combine()
    with (FOLDER / "python.txt").open("w", encoding="utf-8") as file:
        return measured.report(file=file, show_missing=True, skip_covered=True, precision=1)


def _of_macros() -> float:
    count, found = macro_lines.missing(FOLDER / "macros")
    with (FOLDER / "macros.txt").open("w", encoding="utf-8") as file:
        for path, lines in found.items():
            if lines:
                print(f"{path.name}: {', '.join(map(str, lines))}", file=file)
    return 100 - 100 * sum(map(len, found.values())) / count


def main(tests: list[str]) -> int:
    """Prints both figures, and says with its exit code whether they suffice."""
    code = _run(tests)
    figures = {"Python, lines and branches": _of_python(), "macros, lines": _of_macros()}
    for what, share in figures.items():
        print(f"{what}: {share:.1f} %")
    print(f"what did not run: {FOLDER.relative_to(PYTHON)}/python.txt, macros.txt")
    return code or int(min(figures.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
