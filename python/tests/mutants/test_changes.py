"""The changes that `make mutants` draws from."""

from __future__ import annotations

import ast

import pytest
import yaml
from mutants.changes import MACROS, SOURCE, all_mutants, of_macro, of_python

from breaking_changes.compiled_macros import macro_environment

MODULES = ("binder/blanks.py", "binder/statement.py", "lineage/walk/document.py", "render/words.py")
FILES = ("policy/_severity.sql", "impact/_judge_bound_consumer.sql", "rules/_rules_relation.sql")


@pytest.mark.parametrize("module", MODULES)
def test_every_change_of_a_module_is_another_module(module: str) -> None:
    path = SOURCE / "breaking_changes" / module
    known = ast.dump(ast.parse(path.read_text(encoding="utf-8")))
    made = list(of_python(path))
    assert len(made) > 20
    for mutant in made:
        assert ast.dump(ast.parse(mutant.source)) != known, mutant.name


@pytest.mark.parametrize("file", FILES)
def test_every_change_of_a_macro_is_another_macro(file: str) -> None:
    path = MACROS / file
    text = path.read_text(encoding="utf-8")
    made = list(of_macro(path))
    assert len(made) > 10
    for mutant in made:
        assert mutant.source != text
        macro_environment().parse(mutant.source)


def test_every_survivor_with_a_reason_is_still_a_mutant() -> None:
    listed = yaml.safe_load((SOURCE / "tests/mutants/survivors.yml").read_text(encoding="utf-8"))
    names = {mutant.name for mutant in all_mutants()}
    assert [name for name in listed if name not in names] == []
    assert all(reason.strip() for reason in listed.values())
