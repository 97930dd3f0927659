"""The cache keeps, forgets, and never stands in the way."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from breaking_changes.binder import Analysis, Column, OutputColumn, Read, Relation, Star, Unbound
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.tasks import Task, decode, encode

ANALYSIS = Analysis(
    complete=True,
    reason=None,
    columns=(OutputColumn("id", "INTEGER", "ab", (("model.a.b", "id"), ("model.a.c", "id"))),),
    rows="cd",
    reads=(Read("model.a.b", "id", "WHERE", 3, 7, "id > 1"),),
    stars=(Star("model.a.c", True),),
    unbound=(Unbound("missing", None, "x", "SELECT", 1, 2, "x"),),
    blind="It is not known.",
)


def test_an_analysis_survives_encoding() -> None:
    assert decode(encode(ANALYSIS)) == ANALYSIS


def test_text_that_is_no_analysis_is_refused() -> None:
    with pytest.raises(ValueError, match="not an analysis"):
        decode("[]")


def _task(sql: str = "select 1", type_: str = "INTEGER", complete: bool = True) -> Task:
    relation = Relation("model.a.b", (Column("id", type_),), complete)
    return Task(sql, ((("a", "b"), relation),), "duckdb")


def test_a_key_depends_on_all_that_the_result_depends_on() -> None:
    tasks = [_task(), _task("select 2"), _task(type_="BIGINT"), _task(complete=False)]
    assert len({task.key() for task in tasks}) == 4
    assert _task().key() == _task().key()


def test_what_was_put_is_there_for_the_next(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "analyses-1.sqlite"
    Cache(path).put({"a": "é", "b": "2"})
    assert Cache(path).get(["a", "c"]) == {"a": "é"}


def test_without_a_path_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put({"a": "1"})
    assert cache.get(["a"]) == {}


def test_files_of_other_versions_are_deleted(tmp_path: Path) -> None:
    Cache(tmp_path / "analyses-1.sqlite").put({"a": "1"})
    (tmp_path / "notes.txt").write_text("mine")
    Cache(tmp_path / "analyses-2.sqlite").put({"a": "2"})
    left = {path.name for path in tmp_path.iterdir() if "-wal" not in path.name}
    assert {name for name in left if "-shm" not in name} == {"analyses-2.sqlite", "notes.txt"}


def test_it_stays_below_its_bound(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "analyses-1.sqlite", max_bytes=500)
    for number in range(200):
        cache.put({str(number): f"{number:0200}"})
    kept = cache.get(map(str, range(200)))
    assert 0 < len(kept) < 50
    assert "199" in kept


def test_a_damaged_file_costs_only_time(tmp_path: Path) -> None:
    path = tmp_path / "analyses-1.sqlite"
    path.write_bytes(b"not a database" * 100)
    cache = Cache(path)
    cache.put({"a": "1"})
    assert cache.get(["a"]) == {}


def test_a_directory_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "analyses-1.sqlite")
    cache.put({"a": "1"})
    assert cache.get(["a"]) == {}


def _fill(path: Path, first: int) -> None:
    cache = Cache(path)
    for number in range(first, first + 50):
        cache.put({str(number): "x"})


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "analyses-1.sqlite"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_fill, args=(path, first)) for first in (0, 50)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert len(Cache(path).get(map(str, range(100)))) == 100


def test_the_environment_turns_it_off_or_moves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", "off")
    Cache.default().put({"a": "1"})
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", str(tmp_path))
    assert Cache.default().get(["a"]) == {}
    Cache.default().put({"a": "1"})
    assert [path.name[:9] for path in tmp_path.glob("*.sqlite")] == ["analyses-"]
    monkeypatch.delenv("DBT_BREAKING_CHANGES_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    Cache.default().put({"a": "1"})
    assert list((tmp_path / "xdg" / "dbt-breaking-changes").glob("*.sqlite"))
