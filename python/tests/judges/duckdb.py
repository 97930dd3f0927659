"""DuckDB's judge: DuckDB itself."""

from __future__ import annotations

import duckdb

from breaking_changes.binder import Relation
from judges.judge import Answer

_TEXTS = ("DE", "paid", "open", "1", "2020-01-01", None)
"""What stands in columns of text: whether a text can be read as another type depends on it, and
whether a row gets through the filters of the queries."""

_VALUE_ERRORS = ("Conversion Error", "Out of Range Error", "Invalid Input Error")

_VALUES = (
    {
        "BIGINT": "1",
        "INTEGER": "20",
        "DECIMAL(12,2)": "200.5",
        "DOUBLE": "0.25",
        "BOOLEAN": "true",
        "DATE": "date '2021-01-01'",
        "TIMESTAMP": "timestamp '2021-01-01 00:00:00'",
    },
    {
        "BIGINT": "2",
        "INTEGER": "40",
        "DECIMAL(12,2)": "50.25",
        "DOUBLE": "12.5",
        "BOOLEAN": "false",
        "DATE": "date '2021-01-01'",
        "TIMESTAMP": "timestamp '2021-01-01 00:00:00'",
    },
)
"""What stands in other columns, for the same reason."""

_OLDER = {"DATE": "date '1990-01-01'", "TIMESTAMP": "timestamp '1990-01-01 00:00:00'"}
"""What stands in the columns of users in the second case."""


class DuckDB:
    """Databases in memory, each with one row in each of the relations and one text in all columns.

    DuckDB refuses some casts and literals with the first row and not before. So a query is asked
    about in every database in which it runs before anything changes. A change is refused when it
    stops the query in all of them, or in one of them for another reason than the text there: rows
    do not reach every expression with every text.
    """

    def __init__(self) -> None:
        self.name = f"DuckDB {duckdb.__version__}"
        self._databases = [_Database(text, values) for values in _VALUES for text in _TEXTS]
        self._running: dict[str, list[_Database]] = {}

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The engine's answer; the first question about a query is about the unchanged one."""
        if sql not in self._running:
            given = [(one, one.ask(sql, relations)) for one in self._databases]
            self._running[sql] = [one for one, answer in given if answer.columns is not None]
            return next((found for _, found in given if found.columns is not None), given[0][1])
        answers = [database.ask(sql, relations) for database in self._running[sql]]
        for answer in answers:
            if answer.error and not _is_of_a_value(answer.error):
                return answer
        return next((found for found in answers if found.columns is not None), answers[0])


def _is_of_a_value(error: str) -> bool:
    """Whether the engine may take the query with another text in the row."""
    return error.startswith(_VALUE_ERRORS) and "Unimplemented type for cast" not in error


class _Database:
    def __init__(self, text: str | None, values: dict[str, str]) -> None:
        self._connection = duckdb.connect()
        self._tables: dict[str, Relation] = {}
        self._values = values
        self._text = "null" if text is None else f"'{text}'"

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        for relation in relations:
            self._provide(relation)
        try:
            self._connection.execute(f"create or replace temp view answer as {sql}")
            rows = self._connection.execute("describe answer").fetchall()
            self._connection.execute("select * from answer").fetchall()
        except duckdb.Error as error:
            return Answer(None, str(error).splitlines()[0])
        return Answer(tuple((str(row[0]), str(row[1])) for row in rows))

    def _provide(self, relation: Relation) -> None:
        if self._tables.get(relation.id) == relation:
            return
        columns = ", ".join(f'"{column.name}" {column.type}' for column in relation.columns)
        self._connection.execute(f"create or replace table {relation.id} ({columns})")
        special = _OLDER if self._values is _VALUES[1] and relation.id == "users" else {}
        values = ", ".join(
            special.get(column.type or "") or self._value(column.type or "")
            for column in relation.columns
        )
        self._connection.execute(f"insert into {relation.id} values ({values})")
        self._tables[relation.id] = relation

    def _value(self, type_: str) -> str:
        if type_.endswith("[]"):
            return f"[{self._value(type_.removesuffix('[]'))}]"
        if type_.startswith("STRUCT"):
            fields = type_.removeprefix("STRUCT(").removesuffix(")").replace("12,2", "12;2")
            named = [field.strip().replace(";", ",").split(" ") for field in fields.split(",")]
            return "{" + ", ".join(f"'{name}': {self._value(one)}" for name, one in named) + "}"
        if type_.startswith("MAP"):
            return f"map {{'color': {self._text}}}"
        return self._values.get(type_, self._text)
