"""PostgreSQL is asked whether it binds what is found to bind, and which types it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest
from binder.cases import Case, load
from postgres_server import PostgresServer
from sqlglot import exp

if TYPE_CHECKING:
    from breaking_changes.binder import Relation

CASES = load("postgres*.sql")
COLUMNS = """
select attname, format_type(atttypid, atttypmod) from pg_attribute
where attrelid = 'answer'::regclass and attnum > 0 order by attnum
"""


@pytest.fixture(scope="module")
def cursor(postgres: PostgresServer) -> Iterator[Any]:
    connection = psycopg2.connect(postgres.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("create schema binding_cases")
        cursor.execute("set search_path to binding_cases")
        for relation in CASES[0].relations:
            cursor.execute(_create(relation))
        yield cursor
    connection.close()


def _create(relation: Relation) -> str:
    columns = ", ".join(f'"{column.name}" {column.type}' for column in relation.columns)
    return f"create table {relation.id} ({columns})"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_postgres_binds_the_same(case: Case, cursor: Any) -> None:
    found = case.analysis()
    cursor.execute("drop view if exists answer")
    try:
        cursor.execute(f"create view answer as {case.sql}")
    except psycopg2.Error:
        assert found.unbound
        return
    assert found.unbound == ()
    cursor.execute(COLUMNS)
    answer = cursor.fetchall()
    assert [column.name for column in found.columns] == [name for name, _ in answer]
    wrong = [
        (name, type_, column.type)
        for column, (name, type_) in zip(found.columns, answer, strict=True)
        if column.type is not None and _canonical(column.type) != _canonical(type_)
    ]
    assert wrong == []


def test_most_types_are_known() -> None:
    types = [column.type for case in CASES for column in case.analysis().columns]
    unknown = sum(type_ is None for type_ in types)
    assert unknown / len(types) < 0.06


def _canonical(type_: str) -> str:
    """One spelling for `int4`, `integer` and `INT`."""
    return exp.DataType.build(type_, dialect="postgres").sql("postgres")
