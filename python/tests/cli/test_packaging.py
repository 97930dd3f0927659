"""Wheel and sdist: the macros are inside, and three dependencies are all it takes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from cli.states import AFTER, BEFORE, write

REPOSITORY = Path(__file__).parents[3]
NOT_TRACKED = shutil.ignore_patterns(
    *("target", "logs", "dbt_packages", ".venv", ".git", "__pycache__", ".*_cache", "node_modules")
)
MACROS = {
    path.relative_to(REPOSITORY).as_posix()
    for path in (REPOSITORY / "macros").rglob("*")
    if path.is_file()
}


def run(*command: str | Path, folder: Path | None = None) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr + done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def installed_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as `dbt deps` puts it into a project."""
    packages = tmp_path_factory.mktemp("project") / "dbt_packages"
    return Path(shutil.copytree(REPOSITORY, packages / "dbt_breaking_changes", ignore=NOT_TRACKED))


@pytest.fixture(scope="session")
def built(installed_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist, and the wheel that was made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", installed_package / "python", "--outdir", folder)
    return folder


@pytest.fixture(scope="session")
def environment(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a virtual environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", folder)
    [wheel] = built.glob("*.whl")
    run(folder / "bin" / "pip", "install", "--quiet", wheel)
    return folder / "bin"


def test_the_wheel_holds_the_macros_the_schema_and_the_page(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {name.replace("breaking_changes/_macros", "macros") for name in names}
    assert {name for name in inside if name.startswith("macros/")} == MACROS
    assert "breaking_changes/_schema/report.schema.json" in names
    page = REPOSITORY / "python" / "breaking_changes" / "render" / "page"
    assert {f"breaking_changes/render/page/{file.name}" for file in page.iterdir()} <= names
    assert [name for name in names if name.startswith("tests")] == []


def test_the_sdist_holds_what_it_needs_to_be_built(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"breaking_changes/_{name}" for name in MACROS} <= names
    assert {"hatch_build.py", "pyproject.toml", "LICENSE"} <= names
    assert [name for name in names if name.startswith("tests")] == []


def test_it_brings_three_packages_and_their_parts_alone(environment: Path) -> None:
    listed = run(environment / "pip", "list", "--format", "freeze").lower().splitlines()
    names = {line.partition("==")[0] for line in listed} - {"pip", "setuptools", "wheel"}
    assert names == {
        "dbt-breaking-changes",
        *("click", "jinja2", "markupsafe"),
        *("sqlglot", "sqlglotc"),
    }


def test_check_works_without_dbt(environment: Path, tmp_path: Path) -> None:
    write(tmp_path / "before", BEFORE)
    write(tmp_path / "after", AFTER)
    command = ("check", "--base", "before", "--current", "after", "--output", "report.html")
    printed = run(environment / "dbt-breaking-changes", *command, folder=tmp_path)
    assert (
        printed.splitlines()[0] == "breaking changes: 1 error: 1 model breaks, compared with before"
    )
    assert (tmp_path / "report.html").stat().st_size > 10_000
    assert run(environment / "dbt-breaking-changes", "schema").startswith("{")
    assert "Column removed" in run(environment / "dbt-breaking-changes", "explain")


#: Runs `check` and prints, below the report, how many macro files it needed and had to compile.
COUNTING = """
import atexit, shutil
from pathlib import Path
import jinja2
from breaking_changes import cli, macro_host

needed, compiled = set(), []
def counting(count, function):
    return lambda *given, **named: (count(given[0]), function(*given, **named))[1]
macro_host.compiled = counting(needed.add, macro_host.compiled)
jinja2.Environment.compile = counting(compiled.append, jinja2.Environment.compile)
atexit.register(lambda: print(len(needed), len(compiled)))
{change}
cli.main(["check", "--base", "before", "--current", "after"])
"""

EDITED = """
macros = Path(shutil.copytree(macro_host.default_macro_dir(), "macros"))
with (macros / "find_breaking_changes.sql").open("a") as file:
    file.write("{#- edited -#}")
macro_host.default_macro_dir = lambda: macros
"""


@pytest.mark.parametrize(
    ("change", "share"),
    [("", "none"), (EDITED, "one"), ("jinja2.__version__ = 'another'", "all")],
    ids=["as installed", "a macro that was edited", "another jinja2"],
)
def test_the_wheel_brings_the_macros_compiled(
    environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, share: str
) -> None:
    write(tmp_path / "before", BEFORE)
    write(tmp_path / "after", AFTER)
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", str(tmp_path / "cache"))
    script = COUNTING.replace("{change}", change)
    *report, counts = run(environment / "python", "-c", script, folder=tmp_path).splitlines()
    assert report[0] == "breaking changes: 1 error: 1 model breaks, compared with before"
    needed, compiled = map(int, counts.split())
    assert needed > 30
    assert compiled == {"none": 0, "one": 1, "all": needed}[share]


def test_it_installs_from_the_folder_that_dbt_deps_makes(
    installed_package: Path, tmp_path: Path
) -> None:
    source, target = installed_package / "python", tmp_path / "site"
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target, source)
    macros = target / "breaking_changes" / "_macros"
    found = {f"macros/{path.relative_to(macros).as_posix()}" for path in macros.rglob("*.*")}
    assert found == MACROS
