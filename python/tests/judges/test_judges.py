"""What is found of the judges' queries agrees with their kept answers, as docs/accuracy.md says."""

from __future__ import annotations

from functools import cache

import pytest

from judges.accuracy import KINDS, PAGE, TITLES, page
from judges.ask import ENGINES
from judges.kept import load
from judges.measure import Measure, measure
from judges.questions import QUERIES, questions

#: At least so many queries in the dialect of each engine, beside those that all of them take.
FEWEST = {"bigquery": 300, "spark": 300, "clickhouse": 200}

#: Of the changes that an engine refuses, the least share that is said to break a consumer.
LEAST = {"drop": 0.99, "rename": 0.99, "addition": 0.95}

#: The same of new types.
LEAST_OF_TYPES = {
    "bigquery": 0.9,
    "duckdb": 0.9,
    "postgres": 0.9,
    "clickhouse": 0.9,
    "spark": 0.9,
}


@cache
def _measured(engine: str) -> Measure:
    return measure(engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_question_was_asked(engine: str) -> None:
    _, answers = load(engine)
    assert [one.sql for one in questions(engine) if one.key() not in answers] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_every_query_is_one_that_the_engine_takes(engine: str) -> None:
    _, answers = load(engine)
    refused = [key for key, given in answers.items() if given[0].columns is None]
    assert refused == []


@pytest.mark.parametrize("engine", FEWEST)
def test_every_engine_has_queries_of_its_own(engine: str) -> None:
    lines = (QUERIES / f"{engine}.sql").read_text(encoding="utf-8").splitlines()
    own = {line for line in lines if line and not line.startswith("--")}
    assert len(own) >= FEWEST[engine]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_refused_drop_or_rename_is_silent(engine: str) -> None:
    silent = [
        (one.sql, one.change)
        for one in _measured(engine).verdicts
        if one.kind in ("drop", "rename") and one.refused and one.said == "nothing"
    ]
    assert silent == []


@pytest.mark.parametrize("kind", LEAST)
@pytest.mark.parametrize("engine", ENGINES)
def test_what_the_engine_refuses_breaks(engine: str, kind: str) -> None:
    found = _measured(engine)
    assert found.count(kind, True, "breaks") >= LEAST[kind] * found.count(kind, True)


@pytest.mark.parametrize("engine", LEAST_OF_TYPES)
def test_new_types_that_the_engine_refuses_break(engine: str) -> None:
    found = _measured(engine)
    refused = found.count("new type", True)
    assert found.count("new type", True, "breaks") >= LEAST_OF_TYPES[engine] * refused


@pytest.mark.parametrize("engine", ENGINES)
def test_every_query_binds_as_it_stands(engine: str) -> None:
    assert _measured(engine).unbound == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("engine", ENGINES)
def test_what_the_engine_takes_seldom_breaks(engine: str, kind: str) -> None:
    found = _measured(engine)
    assert found.count(kind, False, "breaks") <= 0.005 * found.count(kind, False)


def test_the_page_says_what_is_measured() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text, {engine: _measured(engine) for engine in ENGINES}) == text


def test_every_engine_has_a_title() -> None:
    assert set(TITLES) == set(ENGINES)
    assert set(LEAST) < set(KINDS)
