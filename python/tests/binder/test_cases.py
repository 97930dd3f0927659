"""The tables of SQL cases: what is found, and whether DuckDB agrees."""

from __future__ import annotations

import pytest
from binder.cases import Case, lines_of, load, lookup
from binder.duckdb_oracle import Oracle
from binder.mutations import Mutation, additions, drops, names_in

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


def _disagreement(case: Case, changed: Mutation, oracle: Oracle) -> str | None:
    """How the findings after a change differ from what DuckDB makes of it."""
    found = analyse(case.sql, lookup(changed.relations), "duckdb")
    answer = oracle.describe(case.sql, changed.relations)
    named = {gone.relation for gone in found.unbound}
    columns = [(item.name, item.type) for item in found.columns]
    if answer is None and changed.relation not in named:
        return f"{changed.name}: DuckDB refuses, {found.unbound}"
    if answer is not None and found.unbound:
        return f"{changed.name}: DuckDB binds, {found.unbound}"
    if answer is not None and found.complete and columns != answer:
        return f"{changed.name}: {columns} against {answer}"
    return None


def _read(case: Case) -> set[str]:
    found = case.analysis()
    if found.unbound:
        return set()
    return {read.relation for read in found.reads} | {star.relation for star in found.stars}


@pytest.mark.parametrize("case", DUCKDB_CASES, ids=lambda case: case.id)
def test_duckdb_misses_the_same_columns(case: Case, oracle: Oracle) -> None:
    """Drop and rename each column of each relation that a case reads: the same ones break it."""
    read = _read(case)
    changes = [change for change in drops(case.relations) if change.relation in read]
    assert [text for change in changes if (text := _disagreement(case, change, oracle))] == []


@pytest.mark.parametrize("case", DUCKDB_CASES, ids=lambda case: case.id)
def test_duckdb_refuses_the_same_additions(case: Case, oracle: Oracle) -> None:
    """Add a column of each name that a case makes or mentions to each relation that it reads."""
    read = _read(case)
    new = additions(case.relations, names_in(case.sql, case.dialect), ("VARCHAR", "INTEGER"))
    changes = [change for change in new if change.relation in read]
    assert [text for change in changes if (text := _disagreement(case, change, oracle))] == []


@pytest.mark.parametrize("case", load("refusals_duckdb.sql"), ids=lambda case: case.id)
def test_duckdb_refuses_the_same_types(case: Case, oracle: Oracle) -> None:
    kinds = {gone.kind for gone in case.analysis().unbound}
    assert kinds <= {"type"}
    assert oracle.runs(case.sql, case.relations) is not bool(kinds)


def test_there_are_enough_cases() -> None:
    titles = [case.id for case in CASES]
    assert len(titles) == len(set(titles))
    assert len(titles) >= 200
