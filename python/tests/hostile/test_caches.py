"""A cache decides what a check finds: it is believed only when it is this user's alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.states import AFTER, BEFORE, write
from click.testing import CliRunner, Result

import breaking_changes
from breaking_changes import cli
from breaking_changes.binder import Analysis
from breaking_changes.lineage.running import cache as caches
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.tasks import encode

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs owners and modes")

Place = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "before", BEFORE)
    write(tmp_path / "after", AFTER)
    return tmp_path / "cache"


def check() -> Result:
    return CliRunner().invoke(cli.main, ["check", "--base", "before", "--current", "after"])


def poisoned(folder: Path) -> None:
    """Makes every analysis in the cache say that nothing breaks."""
    file = next(folder.glob("*.sqlite"))
    import sqlite3
    import zlib

    harmless = zlib.compress(encode(Analysis(complete=True, reason=None)).encode())
    with sqlite3.connect(file) as connection:
        connection.execute("update analyses set value = ?", (harmless,))


def test_a_private_cache_is_used_and_believed(folder: Path) -> None:
    first = check()
    assert (first.exit_code, first.stderr) == (1, "")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert next(folder.glob("*.sqlite")).stat().st_mode & 0o777 == 0o600
    poisoned(folder)
    assert check().stdout != first.stdout


def _chown(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give a file away")
    os.chown(path, 65534, -1)


def _linked(path: Path) -> None:
    shutil.copy(path, path.parents[1] / "elsewhere")
    path.unlink()
    path.symlink_to(path.parents[1] / "elsewhere")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda folder, file: folder.chmod(0o777), "other users may write to it"),
        (lambda folder, file: folder.chmod(0o770), "other users may write to it"),
        (lambda folder, file: file.chmod(0o666), "other users may write to it"),
        (lambda folder, file: file.chmod(0o620), "other users may write to it"),
        (lambda folder, file: _chown(folder), "it belongs to another user"),
        (lambda folder, file: _chown(file), "it belongs to another user"),
        (lambda folder, file: _linked(file), "it is not a regular file"),
    ],
)
def test_what_others_may_have_written_is_not_believed(
    damage: Callable[[Path, Path], None], reason: str, folder: Path
) -> None:
    first = check()
    poisoned(folder)
    damage(folder, next(folder.glob("*.sqlite")))
    again = check()
    assert again.stdout == first.stdout
    assert again.exit_code == 1
    assert again.stderr.startswith("Note: the cache ") and reason in again.stderr


@pytest.mark.parametrize("make", ["dbt_project.yml", ".git"])
@pytest.mark.parametrize("cache", ["cache", "./target/../cache", "linked"])
def test_a_cache_inside_the_project_is_refused(
    make: str, cache: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check()
    poisoned(folder)
    (tmp_path / "linked").symlink_to("cache")
    (tmp_path / "target").mkdir()
    if make == ".git":
        (tmp_path / ".git").mkdir()
    else:
        (tmp_path / make).write_text("name: shop")
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", cache)
    result = check()
    assert result.exit_code == 1
    assert "is not used: it lies in " in result.stderr
    assert "column_removed" in result.stdout


def test_a_cache_inside_a_project_that_is_named_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "cache"
    project.mkdir(mode=0o700)
    (project / "dbt_project.yml").write_text("name: shop")
    cache = Cache.default(None, project)
    cache.put({"a": "1"})
    assert cache.get(["a"]) == {}
    assert "is not used: it lies in " in capsys.readouterr().err


@pytest.mark.parametrize(
    "file",
    [
        "binder/type_errors/checks.py",
        "binder/type_errors/tables/duckdb.txt",
        "binder/engines/duckdb/functions.json",
        "lineage/nodes/relation_names.py",
        "artifacts/node.py",
    ],
)
def test_another_version_of_any_file_has_another_cache(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(breaking_changes.__file__).parent
    copy = tmp_path / "breaking_changes"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(breaking_changes, "__file__", str(copy / "__init__.py"))
    before = caches._code_digest.__wrapped__()
    with (copy / file).open("a") as edited:
        edited.write("\n")
    assert caches._code_digest.__wrapped__() != before
