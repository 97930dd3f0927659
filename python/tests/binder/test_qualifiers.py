"""Columns that are qualified by another schema than FROM names.

What dbt renders in FROM is replaced by a name of the node, whose schema nobody writes.
"""

from __future__ import annotations

import pytest

from breaking_changes.binder import Column, Relation, analyse

NAME = ("model.lab.t", "t")
RELATIONS: dict[tuple[str, ...], Relation] = {
    NAME: Relation("t", (Column("id", "INTEGER"), Column("s", "STRUCT(t STRUCT(id INTEGER))")))
}
FROM = 'from "model.lab.t"."t"'


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "snowflake", "redshift"])
@pytest.mark.parametrize(
    "sql, reads, missing",
    [
        (f"select main.t.id {FROM}", [("id", "SELECT")], []),
        (f"select lab.main.t.id {FROM}", [("id", "SELECT")], []),
        (f"select id {FROM} where main.t.id = 1", [("id", "SELECT"), ("id", "WHERE")], []),
        (f"select main.t.gone {FROM}", [], [("t", "gone")]),
        (f"select main.t.id {FROM} as x", [], [("t", "main")]),
    ],
)
def test_the_relation_goes_by_its_last_part(
    sql: str, reads: list[tuple[str, str]], missing: list[tuple[str, str]], dialect: str
) -> None:
    relations = RELATIONS
    if dialect == "snowflake":
        columns = tuple(Column(one.name.upper(), one.type) for one in RELATIONS[NAME].columns)
        relations = {NAME: Relation("t", columns)}
        # There an unquoted name is stored in upper case, and dbt does not quote.
        sql = sql.replace(FROM, 'from "model.lab.t".t')
    found = analyse(sql, relations.get, dialect)
    assert [(one.column.lower(), one.clause) for one in found.reads] == reads
    assert [(one.relation, (one.column or "").lower()) for one in found.unbound] == missing


def test_a_struct_is_asked_before_another_schema() -> None:
    found = analyse(f"select s.t.id {FROM}", RELATIONS.get, "duckdb")
    assert [one.column for one in found.reads] == ["s"]
    assert found.unbound == ()
