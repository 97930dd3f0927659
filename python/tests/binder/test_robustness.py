"""No SQL makes an analysis raise, and what is not understood says so."""

from __future__ import annotations

import re

import pytest
from binder.cases import Case, load
from hypothesis import given, settings
from hypothesis import strategies as st

from breaking_changes.binder import Relation, analyse

CASES = load()
NO_RELATIONS: dict[tuple[str, ...], Relation] = {}
_NAMES = """
duckdb postgres snowflake bigquery redshift databricks spark trino athena clickhouse tsql fabric
"""
DIALECTS = _NAMES.split()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_statement_in_every_dialect(dialect: str) -> None:
    for case in CASES:
        found = analyse(case.sql, case.lookup(), dialect)
        assert found.complete or found.reason


@settings(max_examples=200, deadline=None)
@given(case=st.sampled_from(CASES), data=st.data())
def test_statements_with_words_lost_or_doubled(case: Case, data: st.DataObject) -> None:
    words = re.findall(r"\w+|\s+|[^\w\s]", case.sql)
    place = data.draw(st.integers(0, len(words) - 1))
    kept = words[:place] + data.draw(st.sampled_from([[], [words[place]] * 2, [words[-1]]]))
    found = analyse("".join(kept + words[place + 1 :]), case.lookup(), case.dialect)
    assert found.complete or found.reason


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("", "It has no SQL that says what its columns are."),
        ("select 1;; select 2", "The SQL has 2 statements where one query is expected."),
        (
            "select a from",
            "The SQL could not be parsed at line 1, column 13: Expected table name.",
        ),
        (
            "select json_object(t.a : value) from t",
            "The SQL could not be parsed at line 1, column 31: "
            "JSONKeyValue without its expression.",
        ),
        (
            "select 'a",
            "The SQL could not be tokenized: unclosed quote or comment.",
        ),
        ("vacuum t", "The SQL is not a query that the parser understands."),
        ("select " + "(" * 5000 + "1", "The SQL is nested too deeply to be parsed."),
    ],
)
def test_reasons(sql: str, reason: str) -> None:
    found = analyse(sql, NO_RELATIONS.get, "duckdb")
    assert (found.complete, found.reason, found.blind) == (False, reason, reason)


def test_long_chains_do_not_overflow() -> None:
    conditions = " and ".join(f"a <> {number}" for number in range(3000))
    unions = " union all ".join(["select 1 as a"] * 400)
    sql = f"select a from ({unions}) as x where {conditions}"
    assert analyse(sql, NO_RELATIONS.get, "duckdb").complete


def test_an_unknown_dialect_is_said() -> None:
    with pytest.raises(ValueError, match="Unknown dialect"):
        analyse("select 1", NO_RELATIONS.get, "no_such_engine")
