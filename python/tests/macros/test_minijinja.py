"""Every macro compiles under minijinja, the engine of dbt v2, and has a name of its own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import minijinja
import pytest

from breaking_changes.macro_host import default_macro_dir

MACRO_DIR = default_macro_dir()
MACRO_FILES = sorted(MACRO_DIR.rglob("*.sql"))


@pytest.mark.parametrize("path", MACRO_FILES, ids=lambda path: path.stem)
def test_macro_compiles_under_minijinja(path: Path) -> None:
    minijinja.Environment().add_template(path.stem, path.read_text(encoding="utf-8"))


def test_minijinja_refuses_what_does_not_compile() -> None:
    with pytest.raises(minijinja.TemplateError):
        minijinja.Environment().add_template("broken", "{% macro broken() %}{% endif %}")


def test_no_two_macros_share_a_name() -> None:
    """dbt resolves macros by name in one namespace, so the second of two would win unseen."""
    names = Counter(
        name
        for path in MACRO_FILES
        for name in re.findall(r"\{%-?\s*macro\s+(\w+)", path.read_text(encoding="utf-8"))
    )
    assert names
    assert [name for name, count in names.items() if count > 1] == []
