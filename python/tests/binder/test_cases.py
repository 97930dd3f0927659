"""The tables of SQL cases: what is found, and whether DuckDB agrees."""

from __future__ import annotations

import pytest
from binder.cases import Case, lines_of, load, lookup
from binder.duckdb_oracle import Oracle, without_a_column

from breaking_changes.binder import analyse

CASES = load()
DUCKDB_CASES = load("duckdb_*.sql")


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_findings(case: Case) -> None:
    assert lines_of(case.analysis()) == case.expected


@pytest.mark.parametrize("case", DUCKDB_CASES, ids=lambda case: case.id)
def test_duckdb_binds_the_same(case: Case, oracle: Oracle) -> None:
    found = case.analysis()
    answer = oracle.describe(case.sql, case.relations)
    if answer is None:
        assert found.unbound
    else:
        assert found.unbound == ()
        if found.complete:
            assert [(column.name, column.type) for column in found.columns] == answer


@pytest.mark.parametrize("case", DUCKDB_CASES, ids=lambda case: case.id)
def test_duckdb_misses_the_same_columns(case: Case, oracle: Oracle) -> None:
    """Drop and rename each column of each relation that a case reads: the same ones break it."""
    before = case.analysis()
    read = {found.relation for found in before.reads}
    read |= {found.relation for found in before.stars}
    wrong = []
    for relation, column, relations in without_a_column(case.relations):
        if relation not in read or before.unbound:
            continue
        found = analyse(case.sql, lookup(relations), "duckdb")
        answer = oracle.describe(case.sql, relations)
        named = {gone.relation for gone in found.unbound}
        columns = [(item.name, item.type) for item in found.columns]
        if answer is None and relation not in named:
            wrong.append(f"{relation}.{column}: DuckDB refuses, {found.unbound}")
        elif answer is not None and found.unbound:
            wrong.append(f"{relation}.{column}: DuckDB binds, {found.unbound}")
        elif answer is not None and found.complete and columns != answer:
            wrong.append(f"{relation}.{column}: {columns} against {answer}")
    assert wrong == []


@pytest.mark.parametrize("case", load("refusals_duckdb.sql"), ids=lambda case: case.id)
def test_duckdb_refuses_the_same_types(case: Case, oracle: Oracle) -> None:
    kinds = {gone.kind for gone in case.analysis().unbound}
    assert kinds <= {"type"}
    assert oracle.runs(case.sql, case.relations) is not bool(kinds)


def test_there_are_enough_cases() -> None:
    titles = [case.id for case in CASES]
    assert len(titles) == len(set(titles))
    assert len(titles) >= 200
