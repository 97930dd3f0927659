"""The macros' code comes from the wheel or is compiled, and never from what others may write."""

from __future__ import annotations

import ast
from pathlib import Path

import jinja2
import pytest

import breaking_changes
from breaking_changes import compiled_macros
from breaking_changes.compiled_macros import compiled, macro_environment, write_modules

PACKAGE = Path(breaking_changes.__file__).parent

#: What turns bytes into code or objects.
_LOADERS = {"marshal", "pickle", "shelve", "dill", "cloudpickle", "joblib"}


def rendered(source: str) -> str:
    environment = macro_environment()
    globals_ = environment.make_globals(None)
    return jinja2.Template.from_code(environment, compiled(source), globals_).render()


def test_a_source_is_compiled_once_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ 1 + 1 }} once") == "2 once"

    def refuse() -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(compiled_macros, "macro_environment", refuse)
    assert compiled("{{ 1 + 1 }} once")


def test_what_the_wheel_brings_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "a.sql").write_text("{{ 2 * 3 }} shipped")
    (tmp_path / "modules").mkdir()
    write_modules(tmp_path / "macros", tmp_path / "modules")
    monkeypatch.setattr(compiled_macros, "SHIPPED", tmp_path / "modules")
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    code = compiled("{{ 2 * 3 }} shipped")
    monkeypatch.undo()
    assert code.co_filename.startswith(str(tmp_path / "modules"))


@pytest.mark.parametrize(
    "module", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_module_reads_code_or_objects_from_bytes(module: Path) -> None:
    names = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names & _LOADERS == set()
    assert "BytecodeCache" not in module.read_text(encoding="utf-8")


def test_a_run_leaves_no_code_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.states import AFTER, BEFORE, write
    from click.testing import CliRunner

    from breaking_changes import cli

    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", str(tmp_path / "cache"))
    sides = [str(write(tmp_path / name, state)) for name, state in (("a", BEFORE), ("b", AFTER))]
    result = CliRunner().invoke(cli.main, ["check", "--base", sides[0], "--current", sides[1]])
    assert result.exit_code == 1
    kept = {path.name.partition("-")[0] for path in (tmp_path / "cache").rglob("*")}
    assert kept == {"analyses"}
