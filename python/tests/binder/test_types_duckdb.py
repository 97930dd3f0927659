"""DuckDB is asked again for every fact that type inference rests on."""

from __future__ import annotations

import json
from itertools import combinations_with_replacement, product

import duckdb
import pytest
from binder import duckdb_facts

from breaking_changes.binder import Column, Relation, analyse

TYPES = (
    "BOOLEAN",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "UINTEGER",
    "UBIGINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL(4,1)",
    "DECIMAL(10,2)",
    "DECIMAL(18,3)",
    "DECIMAL(38,5)",
    "VARCHAR",
    "DATE",
    "TIMESTAMP",
    "TIMESTAMP_S",
    "TIMESTAMP_NS",
    "TIMESTAMP WITH TIME ZONE",
    "TIME",
    "INTERVAL",
    "BLOB",
    "UUID",
    "JSON",
    "INTEGER[]",
    "STRUCT(a INTEGER)",
    "MAP(VARCHAR, INTEGER)",
)
LITERALS = ("1", "300", "100000", "10000000000", "-1", "1.5", "0.25", "'1'", "null", "true")
FUNCTIONS = """
sum avg min max median stddev count list mode any_value first last abs ceil floor round trunc sign
sqrt bit_and bool_and string_agg epoch year month dayofweek last_day upper length concat to_json
hash typeof product approx_count_distinct array_agg variance greatest coalesce lag ntile
"""


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    columns = ", ".join(f"c{number} {type_}" for number, type_ in enumerate(TYPES))
    connection.execute(f"create table t ({columns})")
    return connection


RELATION = Relation("t", tuple(Column(f"c{number}", type_) for number, type_ in enumerate(TYPES)))
RELATIONS: dict[tuple[str, ...], Relation] = {("t",): RELATION}


def disagreements(database: duckdb.DuckDBPyConnection, expressions: list[str]) -> list[str]:
    """The expressions that DuckDB accepts and gives another type than inference does."""
    wrong = []
    for expression in expressions:
        try:
            answer = database.execute(f"describe select {expression} as x from t").fetchall()[0][1]
        except duckdb.Error:
            continue
        found = analyse(f"select {expression} as x from t", RELATIONS.get, "duckdb")
        if found.columns[0].type != answer:
            wrong.append(f"{expression}: {answer}, not {found.columns[0].type}")
    return wrong


def columns() -> list[str]:
    return [f"c{number}" for number in range(len(TYPES))]


def test_functions_and_keywords() -> None:
    assert json.loads(duckdb_facts.TARGET.read_text("utf-8")) == duckdb_facts.ask()


@pytest.mark.parametrize("form", ["coalesce({0}, {1})", "case when c0 then {0} else {1} end"])
def test_common_types(database: duckdb.DuckDBPyConnection, form: str) -> None:
    pairs = combinations_with_replacement(columns(), 2)
    assert disagreements(database, [form.format(*pair) for pair in pairs]) == []


@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "//", "%"])
def test_arithmetic(database: duckdb.DuckDBPyConnection, operator: str) -> None:
    pairs = product(columns(), repeat=2)
    assert disagreements(database, [f"{one} {operator} {two}" for one, two in pairs]) == []


@pytest.mark.parametrize(
    "form", ["coalesce({0}, {1})", "{0} + {1}", "{0} * {1}", "greatest({0}, {1})"]
)
def test_literals(database: duckdb.DuckDBPyConnection, form: str) -> None:
    pairs = [pair for pair in product(columns(), LITERALS) if pair[1] != "'1'" or "coal" in form]
    assert disagreements(database, [form.format(*pair) for pair in pairs]) == []


@pytest.mark.parametrize("function", FUNCTIONS.split())
def test_functions(database: duckdb.DuckDBPyConnection, function: str) -> None:
    over = " over (order by c3)" if function in ("lag", "ntile") else ""
    assert disagreements(database, [f"{function}({name}){over}" for name in columns()]) == []


def test_set_operations(database: duckdb.DuckDBPyConnection) -> None:
    wrong = []
    for one, two in product(columns(), repeat=2):
        sql = f"select {one} as x from t union all select {two} from t"
        try:
            answer = database.execute(f"describe {sql}").fetchall()[0][1]
        except duckdb.Error:
            continue
        found = analyse(sql, RELATIONS.get, "duckdb")
        if found.columns[0].type != answer:
            wrong.append(f"{sql}: {answer}, not {found.columns[0].type}")
    assert wrong == []
