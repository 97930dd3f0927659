"""CONTRIBUTING's walk-through adds a rule: followed here, word for word, in a copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
STEPS = dict(
    re.findall(
        r"```(?:jinja|yaml)\n# (\S+)\n(.*?)```",
        (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
)
RULE = "table_format_changed"

#: Before which text a step goes into its file; without one it goes to the end.
BEFORE = {
    "macros/catalogue/_catalogue_strict.sql": "        ]\n    ) -%}",
    "macros/interface/_promises.sql": '            "renamed_from":',
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The parts of the repository that a rule concerns."""
    skipped = shutil.ignore_patterns("__pycache__", ".*_cache", ".venv", "*.egg-info")
    for part in ("macros", "docs", "python/breaking_changes", "python/tests"):
        shutil.copytree(REPOSITORY / part, tmp_path / part, ignore=skipped)
    for file in ("README.md", "python/pyproject.toml"):
        shutil.copy(REPOSITORY / file, tmp_path / file)
    return tmp_path


def _follow(repository: Path, file: str) -> None:
    path = repository / file
    text, step = path.read_text(encoding="utf-8"), STEPS[file]
    if file in BEFORE:
        start, found, end = text.rpartition(BEFORE[file])
        assert found
        text, step = start, f"{step}{found}{end}"
    path.write_text(text + step, encoding="utf-8")


def _run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    python = repository / "python"
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=python,
        env={**os.environ, "PYTHONPATH": f"{python}{os.pathsep}{python / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )


def _tests(repository: Path) -> str:
    """What the tests of rules that concern a single rule say."""
    chosen = f"table_format or fires or {RULE} or page_and_an_example or promise or generated"
    files = [f"tests/rules/test_{name}.py" for name in ("rules", "pages", "promises", "sections")]
    done = _run(repository, "pytest", "-q", "-p", "no:xdist", "-k", chosen, *files)
    return (done.stdout + done.stderr)[-6000:]


def test_a_rule_takes_four_files(copy: Path) -> None:
    assert len(STEPS) == 4
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    for file in STEPS:
        _follow(copy, file)
    written = _run(copy, "rules.pages")
    assert written.returncode == 0, written.stderr
    said = _tests(copy)
    assert " passed" in said, said
    assert "failed" not in said, said
    made = {
        str(path.relative_to(copy))
        for path in copy.rglob("*")
        if path.is_file() and "cache" not in str(path) and before.get(path) != path.read_bytes()
    }
    assert made - STEPS.keys() == {
        *("README.md", "docs/report.schema.json", "python/tests/rules/golden/matrix.txt"),
        *("docs/rules/README.md", f"docs/rules/{RULE}.md", "docs/manifest.md"),
    }


@pytest.mark.parametrize(
    "forgotten", ["macros/interface/_promises.sql", "python/tests/rules/cases/promises.yml"]
)
def test_a_forgotten_step_is_named(copy: Path, forgotten: str) -> None:
    for file in STEPS:
        if file != forgotten:
            _follow(copy, file)
    _run(copy, "rules.pages")
    said = _tests(copy)
    assert "FAILED" in said, said
    assert RULE in said, said
