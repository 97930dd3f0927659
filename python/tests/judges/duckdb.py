"""DuckDB's judge: DuckDB itself."""

from __future__ import annotations

import duckdb

from breaking_changes.binder import Relation
from judges.judge import Answer

_TEXTS = ("DE", "paid", "1", "2020-01-01", None)
"""What stands in columns of text: whether a text can be read as another type depends on it, and
whether a row gets through the filters of the queries."""

_VALUES = {
    "BIGINT": "1",
    "INTEGER": "20",
    "DECIMAL(12,2)": "200.5",
    "DOUBLE": "0.25",
    "BOOLEAN": "true",
    "DATE": "date '2021-01-01'",
    "TIMESTAMP": "timestamp '2021-01-01 00:00:00'",
}


class DuckDB:
    """Databases in memory, each with one row in each of the relations.

    DuckDB refuses some casts and literals with the first row and not before. A query is refused
    when it fails whatever the texts in its rows are.
    """

    def __init__(self) -> None:
        self.name = f"DuckDB {duckdb.__version__}"
        self._databases = [_Database(text) for text in _TEXTS]

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The engine's answer."""
        answer = Answer(None)
        for database in self._databases:
            answer = database.ask(sql, relations)
            if answer.columns is not None:
                break
        return answer


class _Database:
    def __init__(self, text: str | None) -> None:
        self._connection = duckdb.connect()
        self._tables: dict[str, Relation] = {}
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
        values = ", ".join(self._value(column.type or "") for column in relation.columns)
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
        return _VALUES.get(type_, self._text)
