"""PostgreSQL is asked whether it binds what is found to bind, and which types it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg2
import pytest
from binder.cases import Case, load, lookup
from binder.mutations import Mutation, additions, drops, names_in
from binder.postgres_oracle import PostgresOracle
from postgres_server import PostgresServer
from sqlglot import exp

from breaking_changes.binder import analyse

if TYPE_CHECKING:
    from breaking_changes.binder import Analysis

CASES = load("postgres*.sql")


@pytest.fixture(scope="module")
def oracle(postgres: PostgresServer) -> Iterator[PostgresOracle]:
    connection = psycopg2.connect(postgres.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        yield PostgresOracle(cursor, "binding_cases")
    connection.close()


def _differences(found: Analysis, answer: list[tuple[str, str]]) -> list[object]:
    """Columns whose name or known type is another one than PostgreSQL's."""
    if [column.name for column in found.columns] != [name for name, _ in answer]:
        return [[column.name for column in found.columns], answer]
    return [
        (name, type_, column.type)
        for column, (name, type_) in zip(found.columns, answer, strict=True)
        if column.type is not None and _canonical(column.type) != _canonical(type_)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_postgres_binds_the_same(case: Case, oracle: PostgresOracle) -> None:
    found = case.analysis()
    answer = oracle.describe(case.sql, case.relations)
    if answer is None:
        assert found.unbound
        return
    assert found.unbound == ()
    assert _differences(found, answer) == []


def _disagreement(case: Case, changed: Mutation, oracle: PostgresOracle) -> str | None:
    found = analyse(case.sql, lookup(changed.relations), "postgres")
    answer = oracle.describe(case.sql, changed.relations, case.relations)
    named = {gone.relation for gone in found.unbound}
    if answer is None and changed.relation not in named and not found.blind:
        return f"{changed.name}: PostgreSQL refuses, {found.unbound}"
    if answer is not None and found.unbound:
        return f"{changed.name}: PostgreSQL binds, {found.unbound}"
    if answer is not None and found.complete and (wrong := _differences(found, answer)):
        return f"{changed.name}: {wrong}"
    return None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_postgres_refuses_the_same_changes(case: Case, oracle: PostgresOracle) -> None:
    """Drop and rename each column that a case may read, and add one of each name that it has."""
    found = case.analysis()
    if found.unbound:
        return
    read = {one.relation for one in found.reads} | {one.relation for one in found.stars}
    new = additions(case.relations, names_in(case.sql, case.dialect), ("TEXT", "INTEGER"))
    changes = [one for one in (*drops(case.relations), *new) if one.relation in read]
    assert [text for one in changes if (text := _disagreement(case, one, oracle))] == []


def test_most_types_are_known() -> None:
    types = [column.type for case in CASES for column in case.analysis().columns]
    unknown = sum(type_ is None for type_ in types)
    assert unknown / len(types) < 0.06


def _canonical(type_: str) -> str:
    """One spelling for `int4`, `integer` and `INT`."""
    return exp.DataType.build(type_, dialect="postgres").sql("postgres")
