"""What sqlglot does not promise, but is used: the first to fail when it moves."""

from __future__ import annotations

import re
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import TypeAnnotator
from sqlglot.schema import MappingSchema

import breaking_changes.binder
from breaking_changes.binder.sqlglot_internals import place_of, set_type

PRIVATE = re.compile(r"(?:\bnode|\bannotator|\bchild|\bparser)\._[a-z]|tokenizer_core")


def test_an_annotator_keeps_a_type_that_is_set() -> None:
    column = exp.column("a")
    annotator = TypeAnnotator(MappingSchema(dialect="postgres"), overwrite_types=False)
    assert set_type(annotator, column, exp.DType.UUID) is column
    annotator.annotate_expression(column)
    assert column.is_type("uuid")


def test_a_name_knows_its_place() -> None:
    column = sqlglot.parse_one("select  a", read="duckdb").find(exp.Column)
    assert column is not None
    assert place_of(column.this) == 8
    assert place_of(exp.Select()) is None


def test_nothing_else_uses_private_names() -> None:
    folder = Path(breaking_changes.binder.__file__).parent
    using = {
        path.name
        for path in folder.rglob("*.py")
        if PRIVATE.search(path.read_text(encoding="utf-8"))
    }
    assert using == {"sqlglot_internals.py"}
