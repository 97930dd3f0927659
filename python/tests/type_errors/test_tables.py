"""The tables say what DuckDB and a real PostgreSQL say when they are asked again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgres_server import PostgresServer
from type_errors.ask import Engine, ask_duckdb, ask_postgres, asked

from breaking_changes.binder.type_errors.patterns import EQUIVALENT
from breaking_changes.binder.type_errors.table import FOLDER, load, render

STEP = 11
"""Of questions with two operands every eleventh pair is asked again; ``ask.py`` asks them all."""


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "duckdb":
        yield ask_duckdb()
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        yield ask_postgres(server.dsn)


def test_questions_with_one_operand(engine: Engine) -> None:
    table = load(engine.name)
    answers = {
        question: {name: engine.answer(question, (name,)) for name in table.classes}
        for question in table.single
    }
    assert answers == table.single


def test_questions_with_two_operands(engine: Engine) -> None:
    table = load(engine.name)
    pairs = [(question, classes) for question, cells in table.double.items() for classes in cells][
        ::STEP
    ]
    answers = {(question, classes): engine.answer(question, classes) for question, classes in pairs}
    assert answers == {(question, pair): table.double[question][pair] for question, pair in pairs}


@pytest.mark.parametrize("operator, listed", [("<>", "="), (">", "<"), (">=", "<"), ("<=", "<")])
def test_operators_that_share_answers(engine: Engine, operator: str, listed: str) -> None:
    cells = load(engine.name).double[f"$1 {listed} $2"]
    asked_now = {pair: engine.answer(f"$1 {operator} $2", pair) for pair in cells}
    assert asked_now == cells


def test_every_equivalent_operator_is_asked() -> None:
    names = {kind.__name__ for kind in EQUIVALENT}
    assert names == {"NEQ", "GT", "GTE", "LTE", "NullSafeEQ"}


@pytest.mark.parametrize("name", ["duckdb", "postgres"])
def test_a_table_is_written_as_it_is_read(name: str) -> None:
    assert render(load(name)) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["duckdb", "postgres"])
def test_no_question_is_answered_alike_for_every_operand(name: str) -> None:
    """A question that the engine refuses for every operand is one that it does not know."""
    table = load(name)
    refused = [question for question, cells in table.single.items() if set(cells.values()) == {"x"}]
    refused += [
        question for question, cells in table.double.items() if set(cells.values()) == {"x"}
    ]
    assert refused == []


def test_asking_finds_a_wrong_answer(engine: Engine) -> None:
    table = load(engine.name)
    assert engine.answer("sum($1)", ("string",)) == "x"
    assert engine.answer("sum($1)", ("integer",)) in {"hugeint", "bigint"}
    assert asked(engine, type(table)((), ("string",), {"sum($1)": {}})).single == {
        "sum($1)": {"string": "x"}
    }
