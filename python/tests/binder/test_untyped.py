"""What an engine accepts beside a column is asked of it, with every type for the unknown one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from binder.cases import Case, load, lookup
from postgres_server import PostgresServer
from type_errors.ask import Engine, ask_duckdb, ask_postgres

from breaking_changes.binder import Column, Relation, analyse
from breaking_changes.binder.type_errors import class_of

#: Cases that the engine refuses whatever the type, or accepts what nothing is noted of.
NOT_ASKED = (
    "a function that the parser does not know",
    "nothing but literals beside it",
    "two unknown values",
)


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "duckdb":
        yield ask_duckdb()
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        yield ask_postgres(server.dsn)


def _query(case: Case, engine: Engine, unknown: str) -> str:
    """The query over relations of one row, with a column of the operands for the unknown one."""
    given = {member: column for column, member in engine.relation.columns}
    ctes = []
    for relation in case.relations:
        parts = [
            f"{unknown if type_ is None else given[_member(type_, engine)]} as {name}"
            for name, type_ in relation.columns
        ]
        ctes.append(f"{relation.id} as (select {', '.join(parts)} from operands)")
    return f"with {', '.join(ctes)} {case.sql}"


def _member(type_: str, engine: Engine) -> str:
    (name,) = class_of(type_, engine.name)
    return next(
        (one for one in engine.members[name] if one.lower() == type_.lower()),
        engine.members[name][0],
    )


def _accepted(case: Case, engine: Engine) -> set[str]:
    """The classes of types of which the engine takes one at least for the unknown column."""
    given = {member: column for column, member in engine.relation.columns}
    return {
        name
        for name, members in engine.members.items()
        if any(engine.takes(_query(case, engine, given[member])) for member in members)
    }


def test_the_engine_accepts_what_is_said(engine: Engine) -> None:
    said, asked = {}, {}
    for case in load(f"untyped_{engine.name}.sql"):
        if case.title not in NOT_ASKED:
            found = [set(one.accepts) for one in case.analysis().untyped]
            said[case.title] = sorted(set(engine.members).intersection(*found))
            asked[case.title] = sorted(_accepted(case, engine))
    assert said == asked


def test_nothing_is_said_of_what_is_known() -> None:
    silent = {case.title: case.analysis().untyped for case in load("untyped_duckdb.sql")}
    assert [title for title, found in silent.items() if not found] == [
        "nothing but literals beside it",
        "two unknown values",
        "NULL in a UNION is known",
    ]


def test_what_was_found_before_hides_nothing() -> None:
    """A star of unknown type is looked at elsewhere; a column beside the same types is not."""
    relations = (
        Relation("users", (Column("name", "VARCHAR"),)),
        Relation("other", (Column("what"),)),
    )
    starred = "select name from users where name = any (select * from other)"
    named = "select name from users, other where name = what"
    for sql in (starred, "select name from users where name = [x for x in what]", named):
        found = analyse(sql, lookup(relations), "duckdb").untyped
    assert [one.column for one in found] == ["name"]
