"""Writes the tables of breaking_changes.binder.type_errors by asking the engines.

``make tables`` asks DuckDB and PostgreSQL every question that the tables list, for every class of
operand, and writes the answers; ``make judges`` asks the analyzers of the other engines. To add
a question, add a line with it (or a ``##`` line, when it has two operands) and run this. Review the
difference before committing it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import product

import duckdb
import postgres_server
import psycopg2
from judges.judge import Judge

from breaking_changes.binder import Column, Relation
from breaking_changes.binder.type_errors.operands import class_of
from breaking_changes.binder.type_errors.table import (
    ACCEPTED,
    FOLDER,
    MIXED,
    REFUSED,
    Table,
    load,
    render,
)

# The types that a class of operands stands for; all of them must get the same answer.
MEMBERS = {
    "duckdb": {
        "integer": ["TINYINT", "SMALLINT", "INTEGER"],
        "bigint": ["BIGINT"],
        "hugeint": ["HUGEINT"],
        "unsigned": ["UTINYINT", "UINTEGER", "UBIGINT"],
        "decimal": ["DECIMAL(18,3)", "DECIMAL(38,0)"],
        "float": ["FLOAT", "DOUBLE"],
        "string": ["VARCHAR"],
        "boolean": ["BOOLEAN"],
        "date": ["DATE"],
        "time": ["TIME"],
        "timetz": ["TIMETZ"],
        "timestamp": ["TIMESTAMP"],
        "timestamptz": ["TIMESTAMPTZ"],
        "interval": ["INTERVAL"],
        "binary": ["BLOB"],
        "json": ["JSON"],
        "uuid": ["UUID"],
        "array": ["INTEGER[]", "VARCHAR[]"],
        "struct": ["STRUCT(a INTEGER)", "STRUCT(a VARCHAR, b DATE)"],
        "map": ["MAP(VARCHAR, INTEGER)", "MAP(DATE, VARCHAR)", "MAP(INTEGER, VARCHAR)"],
        "enum": ["ENUM('a', 'b')", "ENUM('x')"],
    },
    "postgres": {
        "integer": ["smallint", "integer"],
        "bigint": ["bigint"],
        "decimal": ["numeric"],
        "float": ["real", "double precision"],
        "string": ["text", "varchar(5)", "char(5)"],
        "boolean": ["boolean"],
        "date": ["date"],
        "time": ["time"],
        "timetz": ["timetz"],
        "timestamp": ["timestamp"],
        "timestamptz": ["timestamptz"],
        "interval": ["interval"],
        "binary": ["bytea"],
        "json": ["json"],
        "jsonb": ["jsonb"],
        "uuid": ["uuid"],
        "array": ["integer[]", "text[]"],
    },
    "bigquery": {
        "bigint": ["INT64"],
        "decimal": ["NUMERIC", "BIGNUMERIC"],
        "float": ["FLOAT64"],
        "string": ["STRING"],
        "boolean": ["BOOL"],
        "date": ["DATE"],
        "time": ["TIME"],
        "timestamp": ["DATETIME"],
        "timestamptz": ["TIMESTAMP"],
        "interval": ["INTERVAL"],
        "binary": ["BYTES"],
        "json": ["JSON"],
        "array": ["ARRAY<INT64>", "ARRAY<STRING>"],
        "struct": ["STRUCT<a INT64>", "STRUCT<a STRING, b DATE>"],
    },
    "spark": {
        "integer": ["INT"],
        "bigint": ["BIGINT"],
        "decimal": ["DECIMAL(18,3)"],
        "float": ["DOUBLE"],
        "string": ["STRING"],
        "boolean": ["BOOLEAN"],
        "date": ["DATE"],
        "timestamp": ["TIMESTAMP_NTZ"],
        "timestamptz": ["TIMESTAMP"],
        "interval": ["INTERVAL DAY TO SECOND"],
        "binary": ["BINARY"],
        "array": ["ARRAY<INT>", "ARRAY<STRING>"],
        "struct": ["STRUCT<a: INT>"],
        "map": ["MAP<STRING, INT>"],
    },
    "clickhouse": {
        "integer": ["Int8", "Int32"],
        "bigint": ["Int64"],
        "hugeint": ["Int128"],
        "unsigned": ["UInt8", "UInt64"],
        "decimal": ["Decimal(18, 3)", "Decimal(38, 0)"],
        "float": ["Float32", "Float64"],
        "string": ["String"],
        "boolean": ["Bool"],
        "date": ["Date"],
        "timestamp": ["DateTime"],
        "uuid": ["UUID"],
        "array": ["Array(Int64)", "Array(String)", "Array(Tuple(a Int64))"],
        "struct": ["Tuple(a Int64)", "Tuple(a String, b Date)"],
        "map": ["Map(String, Int64)"],
        "enum": ["Enum8('a' = 1)"],
    },
}

JUDGES = {"bigquery": "BigQuery", "spark": "Spark", "clickhouse": "ClickHouse"}
"""The engines that a judge answers for: its module in `judges`, and its class."""

# A text literal that reads as a value of the other operand's class.
TEXTS = {
    "boolean": "true",
    "date": "2024-02-29",
    "time": "12:00:00",
    "timetz": "12:00:00+00",
    "timestamp": "2024-02-29 12:00:00",
    "timestamptz": "2024-02-29 12:00:00+00",
    "interval": "1 day",
    "uuid": "00000000-0000-0000-0000-000000000001",
    "string": "x",
    "enum": "a",
    "struct": "{'a': 1}",
    "map": "{}",
    "json": "1",
    "jsonb": "1",
}
ARRAY_TEXTS = {"duckdb": "[1]", "postgres": "{1}", "clickhouse": "[1]"}
MEMBER_TEXTS = {
    "STRUCT(a VARCHAR, b DATE)": "{'a': x, 'b': 2024-02-29}",
    "MAP(VARCHAR, INTEGER)": "{x=1}",
    "MAP(DATE, VARCHAR)": "{2024-02-29=x}",
    "MAP(INTEGER, VARCHAR)": "{1=x}",
    "ENUM('x')": "x",
}

# How the engines describe results whose type has another name above.
DESCRIBED = {
    "time with time zone": "timetz",
    "time without time zone": "time",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
    "character": "string",
    "character varying": "string",
    '"null"': "null",
    "string_literal": "text",
    "integer_literal": "number",
}

DUCKDB_VALUE_ERRORS = (
    duckdb.ConversionException,
    duckdb.OutOfRangeException,
    duckdb.InvalidInputException,
)
"""Errors that depend on the values of a row: the expression itself is accepted, as it is on
PostgreSQL's ``DataError`` (SQLSTATE class 22)."""

Ask = Callable[[str], "str | None"]


class Engine:
    """One engine, and a relation that has a column of every member type."""

    def __init__(self, name: str, ask: Ask) -> None:
        self.name = name
        self.members = MEMBERS[name]
        self._ask = ask
        self._columns = {
            member: f"c{position}"
            for position, member in enumerate(m for ms in self.members.values() for m in ms)
        }

    @property
    def relation(self) -> Relation:
        """The relation of the operands."""
        columns = (Column(column, member) for member, column in self._columns.items())
        return Relation("operands", tuple(columns))

    def takes(self, query: str) -> bool:
        """Whether the engine runs a query over the relation of the operands."""
        return self._ask(query) is not None

    def create(self, execute: Callable[[str], object]) -> Engine:
        """Makes the relation with one row of values."""
        columns = ", ".join(f"{column} {member}" for member, column in self._columns.items())
        values = ", ".join(
            f"CAST({self._text(name, member)} AS {member})"
            for name, members in self.members.items()
            for member in members
        )
        execute(f"CREATE TEMP TABLE operands ({columns})")
        execute(f"INSERT INTO operands SELECT {values}")
        return self

    def answer(self, question: str, classes: tuple[str, ...]) -> str:
        """The class of the result; accepted, refused or mixed when the types within differ."""
        results = [
            self._asked(question, operands) for operands in self._operands(question, classes)
        ]
        if not any(results):
            return REFUSED
        if not all(results):
            return MIXED
        found = {self._class_of(result) for result in results if result}
        return found.pop() if len(found) == 1 else ACCEPTED

    def _operands(self, question: str, classes: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        return product(*(self._spellings(question, classes, i) for i in range(len(classes))))

    def _spellings(self, question: str, classes: tuple[str, ...], position: int) -> list[str]:
        name = classes[position]
        if f"AS ${position + 1})" in question:
            return self.members.get(name, [])
        if name == "null":
            return ["NULL"]
        if name == "number":
            return ["1"]
        if name == "text":
            return [self._text(classes[1 - position] if len(classes) == 2 else "string")]
        return [self._columns[member] for member in self.members[name]]

    def _text(self, name: str, member: str = "") -> str:
        """A text literal that reads as a value of a class, or of one of its members."""
        text = ARRAY_TEXTS.get(self.name, "[]") if name == "array" else TEXTS.get(name, "1")
        text = MEMBER_TEXTS.get(member, text)
        quote = "\\'" if self.name in JUDGES else "''"
        return "'" + text.replace("'", quote) + "'"

    def _asked(self, question: str, operands: tuple[str, ...]) -> str | None:
        if self.name == "bigquery":
            question = question.replace("TRY_CAST", "SAFE_CAST")
        for position, operand in enumerate(operands, start=1):
            question = question.replace(f"${position}", operand)
        select, _, union = question.partition(" UNION ALL ")
        named = "" if select.startswith(("posexplode", "inline")) else " AS result"
        query = f"SELECT {select}{named} FROM operands"
        return self._ask(f"{query} UNION ALL SELECT {union} FROM operands" if union else query)

    def _class_of(self, described: str) -> str:
        if self.name in JUDGES:
            found = class_of(described, self.name) & self.members.keys()
            return next(iter(found), ACCEPTED)
        if described.endswith("]"):
            return "array"
        name = described.split("(")[0].lower()
        for operands, members in self.members.items():
            if name in {member.split("(")[0].lower() for member in members}:
                return operands
        return DESCRIBED.get(name, ACCEPTED)


def ask_duckdb() -> Engine:
    connection = duckdb.connect()

    def ask(query: str) -> str | None:
        try:
            return str(connection.execute(query).description[0][1])
        except DUCKDB_VALUE_ERRORS as error:
            # Some casts are refused only when a row comes by, but then whatever its value.
            if "Unimplemented type for cast" in str(error):
                return None
            return "some value"
        except duckdb.Error:
            return None

    return Engine("duckdb", ask).create(connection.execute)


def ask_postgres(dsn: str) -> Engine:
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("SELECT oid, format_type(oid, NULL) FROM pg_type")
    names = dict(cursor.fetchall())

    def ask(query: str) -> str | None:
        try:
            cursor.execute(query)
        except psycopg2.DataError:
            return "some value"
        except psycopg2.Error:
            return None
        assert cursor.description, query
        return str(names[cursor.description[0].type_code])

    return Engine("postgres", ask).create(cursor.execute)


def ask_judge(name: str) -> Engine:
    """An engine that is asked by its judge."""
    judge: Judge = getattr(import_module(f"judges.{name}"), JUDGES[name])()

    def ask(query: str) -> str | None:
        answer = judge.ask(query, (engine.relation,))
        return None if answer.columns is None else answer.columns[0][1]

    engine = Engine(name, ask)
    return engine


def asked(engine: Engine, table: Table) -> Table:
    """The same questions with the engine's answers of now."""
    return table.answered(engine.answer)


def main(names: Iterable[str]) -> None:
    """Asks the judges of these engines what is not answered yet; without names all of the rest."""
    for name in names:
        _write(ask_judge(name), missing=not os.environ.get("ANEW"))
    if not names:
        with postgres_server.running() as server:
            for engine in (ask_duckdb(), ask_postgres(server.dsn)):
                _write(engine, missing=False)


def _write(engine: Engine, missing: bool) -> None:
    table = load(engine.name)

    def answer(question: str, classes: tuple[str, ...]) -> str:
        if len(classes) == 1:
            known = table.single[question].get(classes[0])
        else:
            known = table.double[question].get((classes[0], classes[1]))
        return known if missing and known else engine.answer(question, classes)

    (FOLDER / f"{engine.name}.txt").write_text(render(table.answered(answer)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
