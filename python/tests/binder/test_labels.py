"""The names of outputs without an alias, and of every function that the parser has a class for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import psycopg2
import pytest
from postgres_server import PostgresServer
from sqlglot.dialects.dialect import Dialect

from breaking_changes.binder import Column, Relation, analyse

FIXTURES = Path(__file__).parent / "fixtures"

Ask = Callable[[str], "str | None"]
"""Gives the name of the first output of a query, None when the engine refuses it."""

DUCKDB = {
    "s": "VARCHAR",
    "i": "INTEGER",
    "b": "BOOLEAN",
    "l": "INTEGER[]",
    "d": "DATE",
    "ts": "TIMESTAMP",
    "j": "JSON",
    "m": "MAP(VARCHAR, INTEGER)",
    "st": "STRUCT(a INTEGER)",
}
POSTGRES = {
    "s": "text",
    "i": "integer",
    "n": "numeric",
    "b": "boolean",
    "l": "integer[]",
    "d": "timestamp",
    "j": "jsonb",
}

ARGUMENTS = (
    *("", "s", "i", "l", "d", "b", "s, s", "s, i", "i, i", "l, i", "l, l", "d, d", "s, d", "j, s"),
    *("s, i, i", "s, s, s", "'day', d", "'day', d, d", "i, i, i", "l, i, i", "s, s, s, s"),
    *("distinct i", "i order by s", "l, lambda x: x + 1"),
)
"""Arguments that every function is called with; the engine refuses most calls."""

#: What the parser does not tell apart from something else that is written in its place.
NOT_TOLD_APART = {
    "duckdb": {
        "array_agg(s order by i desc nulls last)",  # nulls last is what goes without saying
        "date_trunc('month', d) + interval 1 day",  # interval 1 day, '1' day and '1 day'
        "d + interval '1' day",
        "d + interval 3 month",
        "interval '1 day'",
        "date_add(d, interval 1 day)",
        "i ^ 2",  # **
        "+i",  # i
        "j->>'$.a'",  # 'a'
        "(select max(len(s)) from t)",  # a whole query
        "i = any(select 1)",
        "1 = any(l)",
        "date '2020-01-01'",  # cast('2020-01-01' as date)
        "@i",  # abs(i)
        "i!",  # is not parsed
    },
    "postgres": set(),
}


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[tuple[str, dict[str, str], Ask]]:
    if request.param == "duckdb":
        yield "duckdb", DUCKDB, _ask_duckdb()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    connection = psycopg2.connect(server.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"create temp table t ({_listed(POSTGRES)})")
        cursor.execute("set statement_timeout to '2s'")

        def ask(query: str) -> str | None:
            try:
                cursor.execute(query)
            except psycopg2.Error:
                return None
            return cursor.description[0].name if cursor.description else None

        yield "postgres", POSTGRES, ask
    connection.close()


def _ask_duckdb() -> Ask:
    connection = duckdb.connect()
    connection.execute(f"create table t ({_listed(DUCKDB)})")

    def ask(query: str) -> str | None:
        try:
            return str(connection.execute(f"describe {query}").fetchall()[0][0])
        except duckdb.Error:
            return None

    return ask


def _functions_of_duckdb() -> set[str]:
    found = duckdb.execute("select distinct function_name from duckdb_functions()").fetchall()
    return {name for (name,) in found}


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{name} {type_}" for name, type_ in columns.items())


def _named(sql: str, engine: str, columns: dict[str, str]) -> str | None:
    relation = Relation("t", tuple(Column(*column) for column in columns.items()))
    found = analyse(sql, lambda name: relation if name == ("t",) else None, engine)
    return found.columns[0].name if found.columns else None


def test_expressions(engine: tuple[str, dict[str, str], Ask]) -> None:
    name, columns, ask = engine
    expressions = (FIXTURES / f"labels_{name}.txt").read_text("utf-8").splitlines()
    asked = {one: ask(f"select {one} from t") for one in expressions}
    assert [one for one, answer in asked.items() if answer is None] == []
    wrong = {
        one: (_named(f"select {one} from t", name, columns), answer)
        for one, answer in asked.items()
        if _named(f"select {one} from t", name, columns) != answer
    }
    assert {one: pair for one, pair in wrong.items() if one not in NOT_TOLD_APART[name]} == {}
    assert set(wrong) == NOT_TOLD_APART[name]


def test_every_function_that_the_parser_knows(engine: tuple[str, dict[str, str], Ask]) -> None:
    name, columns, ask = engine
    parser = Dialect.get_or_raise(name).parser_class
    functions = {one.lower() for one in (*parser.FUNCTIONS, *parser.FUNCTION_PARSERS)}
    if name == "duckdb":
        # To be told what a missing function may have meant takes a while.
        functions &= _functions_of_duckdb() | {"coalesce", "date", "if", "ifnull", "try"}
    wrong, known = {}, set()
    for function in sorted(functions):
        for arguments in ARGUMENTS:
            sql = f"select {function}({arguments}) from t"
            answer = ask(sql)
            if answer is not None:
                known.add(function)
                found = _named(sql, name, columns)
                if found not in (None, answer):
                    wrong[sql] = (found, answer)
    assert wrong == {}
    assert len(known) > {"duckdb": 200, "postgres": 100}[name]
