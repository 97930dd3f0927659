"""DuckDB, which binds a statement by describing and explaining it."""

from __future__ import annotations

import duckdb

from breaking_changes.proof.ddl import definitions
from breaking_changes.proof.engines import Answer
from breaking_changes.proof.statement import Statement

#: The SQL is that of a pull request: no files, no network, no extensions, and no way back.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "allow_community_extensions": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "memory_limit": "256MB",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "threads": 1,
}

#: Errors that say that the engine refuses the statement, whatever rows there are. Constants are
#: computed while a statement is planned, and one that is no value of its type is refused there.
_REFUSALS = (duckdb.BinderException, duckdb.CatalogException, duckdb.ConversionException)


class Engine:
    """A database in memory for each statement."""

    def __init__(self) -> None:
        self.name = f"DuckDB {duckdb.__version__}"

    def ask(self, statement: Statement) -> Answer:
        """The engine's answer."""
        with duckdb.connect(":memory:", config=_CONFIG) as connection:
            try:
                for definition in definitions(statement):
                    connection.execute(definition)
                connection.execute("set lock_configuration = true")
            except duckdb.Error as error:
                return Answer(None, f"its parents cannot be stubbed: {error}")
            return _bound(connection, statement.query)


def _bound(connection: duckdb.DuckDBPyConnection, query: str) -> Answer:
    try:
        parts = connection.extract_statements(query)
        if len(parts) != 1 or parts[0].type != duckdb.StatementType.SELECT:
            return Answer(None, "it is not one SELECT that can be bound without running it")
        for verb in ("describe", "explain"):
            connection.execute(f"{verb} {query}")
    except _REFUSALS as error:
        return Answer(False, str(error))
    except duckdb.Error as error:
        return Answer(None, str(error))
    return Answer(True)
