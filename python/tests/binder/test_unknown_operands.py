"""The type of an expression over columns of unknown type is one that it has for all of them."""

from __future__ import annotations

import pytest
from binder.cases import lookup

from breaking_changes.binder import Column, Relation, analyse
from breaking_changes.binder.type_errors.table import ACCEPTED, MIXED, REFUSED, Table, load

ENGINES = ("duckdb", "postgres", "bigquery", "spark", "clickhouse")
LITERALS = {"number", "text", "null"}
RELATIONS = lookup((Relation("t", (Column("a"), Column("b"), Column("c", "VARCHAR"))),))


def _type_of(expression: str, dialect: str) -> str | None:
    found = analyse(f"select {expression} as x from t", RELATIONS, dialect)
    return found.columns[0].type if found.columns else None


def _results(table: Table, question: str) -> set[str]:
    """The classes of results that a question has for columns of any types."""
    single, double = table.single.get(question, {}), table.double.get(question, {})
    answers: list[tuple[tuple[str, ...], str]] = [
        ((name,), answer) for name, answer in single.items()
    ]
    answers += [(pair, answer) for pair, answer in double.items()]
    given = {answer for classes, answer in answers if LITERALS.isdisjoint(classes)}
    return given - {REFUSED, ACCEPTED, MIXED}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_type_is_known_where_the_engine_gives_the_same_for_all(engine: str) -> None:
    """Asked of the engine: `avg` of a decimal is a decimal, of an integer it is not."""
    table = load(engine)
    questions = [one for one in (*table.single, *table.double) if " AS $2" not in one]
    assert len(questions) > 50
    assert {
        question: type_
        for question in questions
        if len(_results(table, question)) > 1
        and (type_ := _type_of(question.replace("$1", "a").replace("$2", "b"), engine))
    } == {}


@pytest.mark.parametrize(
    ("expression", "dialect", "type_"),
    [
        ("substr(a, 1, 2)", "trino", None),
        ("substr(c, 1, 2)", "trino", "VARCHAR"),
        ("a || b", "trino", None),
        ("a || 'x'", "trino", "VARCHAR"),
        ("concat(c, c)", "redshift", "VARCHAR"),
        ("concat(a, b)", "snowflake", None),
        ("avg(a)", "snowflake", None),
        ("avg(a) over (order by b)", "trino", None),
        ("round(a, 2)", "redshift", None),
        ("0x1F", "trino", None),
        ("extract(day from a)", "trino", "BIGINT"),
        ("lower(a)", "trino", "VARCHAR"),
        ("a || b", "duckdb", None),
        ("a || 1", "duckdb", "VARCHAR"),
    ],
)
def test_a_type_over_an_unknown_one(expression: str, dialect: str, type_: str | None) -> None:
    assert _type_of(expression, dialect) == type_
