"""Other versions of dbt than the one that is installed here, where the package index has them.

dbt 1.12 requires `dbt-core-experimental-parser`, which downloads a program while it is installed;
dbt uses it for `--use-v2-parser` alone, so that it is left out here.
"""

from __future__ import annotations

import os
import site
import subprocess
import venv
from pathlib import Path

import pytest
import yaml
from rules import contracts, pages

TESTS = Path(__file__).parents[1]
CONTRACTS = yaml.safe_load(pages.CONTRACTS.read_text(encoding="utf-8"))

#: What `make test-all` runs again with dbt 1.12, by file: the expressions that choose tests.
AGAIN = {
    "integration/test_version_pointers.py": "",
    "integration/test_scenarios.py": (
        "with_lineage and (function or measure or metric or pointer or semantic)"
    ),
}

REQUIRED = """
from importlib.metadata import requires
for one in requires("dbt-core"):
    if "experimental-parser" not in one and "extra ==" not in one:
        print(one)
"""


def _run(*command: str | Path, folder: Path = TESTS.parent) -> subprocess.CompletedProcess[str]:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "PYTHONPATH": "",
    }
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _install(python: Path, *arguments: str | Path) -> None:
    done = _run(python, "-m", "pip", "install", "--quiet", *arguments)
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "ERROR" in line), "no reason")
        pytest.skip(f"pip cannot install {arguments[-1]}: {said}")


def _with_dbt(version: str, folder: Path) -> Path:
    """The interpreter of an environment that has this dbt-core, and all else of this one."""
    venv.create(folder, with_pip=False, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "shared.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    python = folder / "bin" / "python"
    _install(python, "--no-deps", f"dbt-core=={version}.*")
    required = folder / "required.txt"
    required.write_text(_run(python, "-c", REQUIRED).stdout, encoding="utf-8")
    _install(python, "--requirement", required)
    return python


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with dbt 1.12."""
    return _with_dbt("1.12", tmp_path_factory.mktemp("dbt") / "newer")


def _says(python: Path) -> object:
    done = _run(python, TESTS / "rules" / "contracts.py")
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)


def test_dbt_1_12_says_so_of_contracts(newer: Path) -> None:
    assert _says(newer) == {change: row["dbt"]["1.12"] for change, row in CONTRACTS.items()}
    assert contracts.CHANGES.keys() == CONTRACTS.keys()


def test_dbt_1_10_says_so_of_contracts(tmp_path: Path) -> None:
    older = _with_dbt("1.10", tmp_path / "older")
    assert _says(older) == {change: row["dbt"]["1.10"] for change, row in CONTRACTS.items()}


@pytest.mark.parametrize("file", AGAIN)
def test_dbt_1_12_gives_the_same(newer: Path, file: str) -> None:
    chosen = ["-k", AGAIN[file]] if AGAIN[file] else []
    options = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    done = _run(newer, "-m", "pytest", *options, TESTS / file, *chosen)
    assert done.returncode == 0, done.stdout[-5000:]
    assert " skipped" not in done.stdout
