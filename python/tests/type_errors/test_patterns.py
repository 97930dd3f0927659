"""Every question of a table is found again in the SQL that asks it."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp

from breaking_changes.binder.type_errors.checks import CASTS, CONDITION, UNION
from breaking_changes.binder.type_errors.patterns import ORDERED, matches
from breaking_changes.binder.type_errors.table import load

ENGINES = ["duckdb", "postgres", "bigquery", "clickhouse", "spark"]
HANDLED_BY_CLASS = {*CASTS.values(), CONDITION, UNION, ORDERED}


def questions(engine: str) -> list[tuple[str, str]]:
    table = load(engine)
    return [
        (engine, question)
        for question in (*table.single, *table.double)
        if question not in HANDLED_BY_CLASS
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_question_is_found_in_its_own_sql(engine: str) -> None:
    lost = []
    for _, question in questions(engine):
        sql = question.replace("$1", "one.a").replace("$2", "two.b")
        node = sqlglot.parse_one(f"SELECT {sql}", read=engine, into=exp.Select).selects[0].unalias()
        while isinstance(node, (exp.Window, exp.IgnoreNulls)):
            node = node.this
        operands = [name for name in ("one.a", "two.b") if name in sql]
        found = {
            match.question: [operand.sql(engine) for operand in match.operands]
            for match in matches(node, engine)
        }
        if found.get(question) != operands:
            lost.append((question, found))
    assert lost == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sql", ["a IS NULL", "a IS NOT NULL"])
def test_everything_may_be_asked_for_null(engine: str, sql: str) -> None:
    node = sqlglot.parse_one(f"SELECT {sql}", read=engine, into=exp.Select).selects[0]
    asked = {match.question for one in node.find_all(exp.Is) for match in matches(one, engine)}
    assert asked <= {"$1 IS NULL"}
