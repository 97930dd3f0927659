"""Shows the gate at work: builds the shop, makes three changes, prints the report.

Every command is shown before it runs, as one would type it in the project's folder.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys

from projects import REPOSITORY, SHOP, Project
from scenarios import load_scenarios

FOLDER = REPOSITORY / "build" / "demo"


def run(command: str) -> int:
    """Shows a command, runs it in the demo's folder and gives its exit code."""
    print(f"\n$ {command}", flush=True)
    return subprocess.run(shlex.split(command), cwd=FOLDER, check=False).returncode


def need(command: str) -> None:
    """Runs a command that the demo cannot do without."""
    if run(command):
        sys.exit(f"demo: `{command}` failed")


def main() -> None:
    """Runs the demo; the gate's own exit code is printed, not passed on."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    project = Project.copy_of(SHOP, FOLDER)
    print("The prior state: the project as it is in production.")
    need("dbt --quiet build")
    need("dbt-breaking-changes lineage")
    shutil.copytree(project.target, FOLDER / "prior")

    print("\nThe change: one column dropped, one renamed, one with another type.")
    change = next(each for each in load_scenarios() if each.name == "several_changes")
    for file, find, replace in change.edits:
        print(f"  {file}: {' '.join(find.split())} -> {' '.join(replace.split()) or '(nothing)'}")
    change.apply(project)

    need("dbt --quiet compile")
    need("dbt-breaking-changes lineage")
    code = run("dbt --quiet run-operation detect_breaking_changes --state prior")
    print(f"\nThe gate's exit code was {code}: a pull request with this change is stopped.")
    if code != 1:
        sys.exit("demo: the gate should have found errors")


if __name__ == "__main__":
    main()
