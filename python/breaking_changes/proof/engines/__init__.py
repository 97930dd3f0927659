"""The engines that can be asked, one module each; none of them is needed to compare."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from breaking_changes.errors import UserError
from breaking_changes.proof.statement import Statement


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says of a statement.

    Attributes:
        binds: Whether it takes it; none when it cannot tell, for the reason in `text`.
        text: Its error, or why it cannot tell, on one line.
    """

    binds: bool | None
    text: str | None = None


class Engine(Protocol):
    """An engine that binds a statement without running it.

    Attributes:
        name: The engine and its version.
    """

    name: str

    def ask(self, statement: Statement) -> Answer:
        """Whether the engine binds the statement, over stubs without rows."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An engine by what it takes: a module of this package, a package of the index."""

    title: str
    module: str
    package: str
    imported: str
    #: Whether its memory is limited: not where it reserves far more than it uses.
    is_confined: bool


_ENGINES = {
    "duckdb": _Known("DuckDB", "duckdb", "duckdb", "duckdb", True),
    "bigquery": _Known("BigQuery's analyzer", "bigquery", "zetasql", "zetasql", False),
    "clickhouse": _Known("ClickHouse", "clickhouse", "chdb", "chdb", False),
}


def require(dialect: str, adapter_type: str) -> _Known:
    """What is known of the engine of a dialect.

    Raises:
        UserError: There is none for the dialect, or it is not installed.
    """
    known = _ENGINES.get(dialect)
    if known is None:
        raise UserError(
            "--prove asks DuckDB, BigQuery's analyzer or ClickHouse; for the adapter "
            f"{adapter_type} there is none to ask. Leave --prove out; --repro works without it."
        )
    if find_spec(known.imported) is None:
        raise UserError(
            f"--prove asks {known.title}, which is not installed here: "
            f'pip install {known.package}, or pip install "dbt-breaking-changes[prove]".'
        )
    return known


def engine_of(dialect: str) -> Engine:
    """The engine itself, started."""
    engine: Engine = import_module(f"{__name__}.{_ENGINES[dialect].module}").Engine()
    return engine
