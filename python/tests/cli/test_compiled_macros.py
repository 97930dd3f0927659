"""The macros' byte code: kept, found again, and never read when another could have written it."""

from __future__ import annotations

import marshal
from pathlib import Path

import jinja2
import pytest

from breaking_changes import compiled_macros, user_cache
from breaking_changes.compiled_macros import CompiledMacros

ENVIRONMENT = jinja2.Environment()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(user_cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "macros"


def rendered(*sources: str) -> list[str]:
    compiled = CompiledMacros(ENVIRONMENT)
    globals_ = ENVIRONMENT.make_globals(None)
    texts = [
        jinja2.Template.from_code(ENVIRONMENT, compiled.code(source), globals_).render()
        for source in sources
    ]
    compiled.keep()
    return texts


def forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(ENVIRONMENT, "compile", refuse)


def test_the_second_time_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    assert rendered("{{ 1 + 1 }}", "b") == ["2", "b"]
    assert (cache.stat().st_mode & 0o777, len(list(cache.iterdir()))) == (0o700, 1)
    forbid_compiling(monkeypatch)
    assert rendered("{{ 1 + 1 }}", "b") == ["2", "b"]


def test_another_source_is_compiled_and_added(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    rendered("a")
    assert rendered("{{ 2 * 3 }}") == ["6"]
    forbid_compiling(monkeypatch)
    assert rendered("{{ 2 * 3 }}", "a") == ["6", "a"]
    assert len(list(cache.iterdir())) == 1


def test_former_sources_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    rendered(*(f"former {number}" for number in range(compiled_macros._MOST)))
    full = next(cache.iterdir()).stat().st_size
    assert rendered("a") == ["a"]
    assert next(cache.iterdir()).stat().st_size < full / 100
    forbid_compiling(monkeypatch)
    assert rendered("a") == ["a"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(b"x" + file.read_bytes()[1:]),
        lambda file: file.chmod(0o666),
        lambda file: file.parent.chmod(0o777),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["empty", "cut", "changed", "file others may write", "folder others may write", "folder"],
)
def test_a_file_that_cannot_be_trusted_is_not_read(
    damage: object, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    rendered("a")
    damage(next(cache.iterdir()))  # type: ignore[operator]
    monkeypatch.setattr(marshal, "dumps", lambda _: b"not saved here")
    loaded: list[object] = []
    monkeypatch.setattr(marshal, "loads", loaded.append)
    assert rendered("a") == ["a"]
    assert loaded == []


def test_nothing_is_kept_when_the_cache_is_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(user_cache.VARIABLE, "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    assert rendered("a") == ["a"]
    assert not (tmp_path / "user").exists()


def test_a_cache_that_cannot_be_written_costs_only_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(user_cache.VARIABLE, str(tmp_path / "file"))
    assert rendered("a") == ["a"]
