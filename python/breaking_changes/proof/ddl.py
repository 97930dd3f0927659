"""Writes the stubs of a statement as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder import Column
from breaking_changes.proof.statement import Statement, Stub, quoted

#: A stub of a relation of which no column is known: no engine makes a table without columns.
_NO_COLUMNS = (Column("not_known"),)


def definitions(statement: Statement) -> Iterator[str]:
    """The statements that make the stubs, one after the other, without semicolons."""
    dialect = statement.dialect
    schemas: dict[tuple[str, ...], None] = {}
    for stub in statement.stubs:
        schemas[stub.name[:-1]] = None
    if dialect == "duckdb":
        for database in {schema[0]: None for schema in schemas if len(schema) > 1}:
            yield f"attach if not exists ':memory:' as {database}"
    kind = "database" if dialect == "clickhouse" else "schema"
    for schema in schemas:
        if schema:
            yield f"create {kind} if not exists {'.'.join(schema)}"
    for stub in statement.stubs:
        yield _relation(stub, dialect)


def type_of(column: Column, dialect: str) -> str | None:
    """A column's type, none when it is not known or nothing that the dialect reads as a type.

    Whoever writes a project chooses its types: what is no type could end the statement that names
    it and begin another.
    """
    if not column.type:
        return None
    try:
        parsed = exp.DataType.build(column.type, dialect=dialect)
    except (SqlglotError, ValueError, TypeError):
        return None
    # Written anew: what follows a type in the text, as a default would, is not in it.
    return None if parsed.is_type(exp.DType.USERDEFINED) else parsed.sql(dialect=dialect)


def text_type(dialect: str) -> str:
    """The type of text, which stands for types that are not known."""
    return exp.DataType.build("text").sql(dialect=dialect)


def _relation(stub: Stub, dialect: str) -> str:
    name = ".".join(stub.name)
    columns = stub.columns or _NO_COLUMNS
    types = [type_of(column, dialect) for column in columns]
    names = [quoted(column.name, dialect) for column in columns]
    if dialect == "duckdb" and None in types:
        # NULL of no type fits wherever a value of any type does.
        listed = ", ".join(
            f"cast(null as {type_}) as {name}" if type_ else f"null as {name}"
            for name, type_ in zip(names, types, strict=True)
        )
        return f"create view {name} as select {listed} where false"
    text = text_type(dialect)
    listed = ", ".join(f"{name} {type_ or text}" for name, type_ in zip(names, types, strict=True))
    engine = " engine = ReplacingMergeTree order by tuple()" if dialect == "clickhouse" else ""
    return f"create table {name} ({listed}){engine}"
