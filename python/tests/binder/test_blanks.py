"""Invisible characters are read as the engine reads them: blanks, parts of names, or unknown."""

from __future__ import annotations

import json

import psycopg2
import pytest
from binder.duckdb_oracle import Oracle
from binder.postgres_oracle import PostgresOracle
from judges.blanks import ANSWERS, PLACES, blanks, invisible
from postgres_server import PostgresServer

from breaking_changes.binder import Column, Relation, analyse
from breaking_changes.binder.dialects import traits

USERS = Relation("users", (Column("id", "INTEGER"), Column("phone", "VARCHAR")))
RELATIONS = {("users",): USERS, ("main", "users"): USERS}
KEPT = json.loads(ANSWERS.read_text(encoding="utf-8"))
NOT_ASKED = ("snowflake", "redshift", "databricks", "trino", "athena", "tsql", "fabric")


def _own(engine: str) -> list[str]:
    """The engine's blanks as the binder has them."""
    known = traits(engine).blanks
    assert known is not None
    return sorted(f"{ord(sign):04X}" for sign in known)


def test_duckdb() -> None:
    oracle = Oracle()

    def accepted(sql: str) -> bool:
        described = oracle.describe(sql, (USERS,))
        return described is not None and described[0][0] == "id"

    assert sorted(blanks(accepted)) == _own("duckdb")


def test_postgres(postgres: PostgresServer) -> None:
    connection = psycopg2.connect(postgres.dsn)
    connection.autocommit = True
    oracle = PostgresOracle(connection.cursor(), "blanks")

    def accepted(sql: str) -> bool:
        described = None if "\0" in sql else oracle.describe(sql, (USERS,))
        return described is not None and described[0][0] == "id"

    assert sorted(blanks(accepted)) == _own("postgres")


@pytest.mark.parametrize("engine", ["bigquery", "clickhouse", "spark"])
def test_kept_answers(engine: str) -> None:
    assert sorted(KEPT[engine]) == _own(engine)


@pytest.mark.parametrize("engine", ["duckdb", "bigquery", "clickhouse", "spark"])
def test_a_consumer_is_seen_behind_every_blank(engine: str) -> None:
    known = traits(engine).blanks or frozenset()
    for sign in sorted(known):
        for place in (
            *PLACES,
            "select id from main.{sign}users",
            "select id from main{sign}.users",
        ):
            found = analyse(place.format(sign=sign), RELATIONS.get, engine)
            reads = [(read.relation, read.column) for read in found.reads]
            assert reads == [("users", "id")], ascii(place.format(sign=sign))
            assert found.complete, found.reason


@pytest.mark.parametrize("engine", NOT_ASKED)
def test_engines_that_were_not_asked_leave_it_unknown(engine: str) -> None:
    for sign in invisible():
        for place in PLACES:
            found = analyse(place.format(sign=sign), RELATIONS.get, engine)
            assert not found.complete, ascii(place.format(sign=sign))
            assert (
                found.blind
                == found.reason
                == (
                    f"The SQL has the invisible character U+{ord(sign):04X} outside of quotes,"
                    " which engines read in different ways."
                )
            )


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "bigquery", "clickhouse", "spark"])
def test_nothing_is_a_blank_that_the_engine_takes_for_a_name(engine: str) -> None:
    known = traits(engine).blanks or frozenset()
    for sign in set(invisible()) - known:
        found = analyse(f"select id{sign}phone from users", RELATIONS.get, engine)
        names = [column.name for column in found.columns]
        assert names != ["phone"], f"U+{ord(sign):04X} separates a column from its alias"


QUOTED = [
    ("select '{sign}' as \"a{sign}b\"", ["a{sign}b"]),
    ("select 'it''s{sign}' as \"a\"\"{sign}b\"", ['a"{sign}b']),
    ("select id as a{sign}, '{sign}' as b from users", ["a", "b"]),
    ('select $${sign}$$ as a, "{sign}" as b from (select 1 as "{sign}")', ["a", "b"]),
    ("select id /* {sign} ' */ as a -- {sign} \"\n from users", ["a"]),
]


@pytest.mark.parametrize(("sql", "names"), QUOTED)
@pytest.mark.parametrize("sign", ["\ufeff", "\u00a0", "\u200b", "\u2060"])
def test_quotes_and_comments_keep_what_they_hold(sql: str, names: list[str], sign: str) -> None:
    given = sql.replace("{sign}", sign)
    found = analyse(given, RELATIONS.get, "duckdb")
    described = Oracle().describe(given, (USERS,))
    assert [column.name for column in found.columns] == [one for one, _ in described or ()]
    assert [column.name for column in found.columns] == [
        name.replace("{sign}", sign) for name in names
    ]


def test_a_query_in_a_text_is_read_so_too() -> None:
    found = analyse("select id from query('select id from\ufeffusers')", RELATIONS.get, "duckdb")
    assert [(read.relation, read.column) for read in found.reads] == [("users", "id")]
