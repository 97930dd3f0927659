"""The parts of dbt and of its adapters that the SQL of the baseline is made with.

They let the dispatched macros run without a connection, for the warehouses that the tests cannot
start. The facts are those of dbt-adapters 1.24 and of dbt-snowflake 1.12, dbt-bigquery 1.12,
dbt-databricks 1.12 and dbt-redshift 1.11: ``Column.TYPE_LABELS``, ``escape_single_quotes``,
``string_literal``, ``quote`` and how a relation is rendered.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from breaking_changes.macro_host import MacroHost


@dataclass(frozen=True)
class Facts:
    """How one adapter writes SQL."""

    prefixes: tuple[str, ...]
    string_type: str = "TEXT"
    timestamp_type: str = "timestamp"
    integer_type: str = "integer"
    escaped_quote: str = "''"
    literal: str = "'{}'"
    identifier: str = '"{}"'
    quotes_relations: bool = True


FACTS = {
    "duckdb": Facts(("duckdb",)),
    "postgres": Facts(("postgres",)),
    "redshift": Facts(("redshift", "postgres")),
    "snowflake": Facts(("snowflake",), escaped_quote="\\'", quotes_relations=False),
    "bigquery": Facts(
        ("bigquery",),
        string_type="string",
        integer_type="INT64",
        escaped_quote="\\'",
        literal="'''{}'''",
        identifier="`{}`",
    ),
    "databricks": Facts(
        ("databricks", "spark"), string_type="string", escaped_quote="\\'", identifier="`{}`"
    ),
}


@dataclass(frozen=True)
class Relation:
    """An address that prints itself as the adapter would."""

    database: str
    schema: str
    identifier: str
    quoted: str

    def __str__(self) -> str:
        return self.quoted


@dataclass(frozen=True)
class Table:
    """What ``run_query`` gives, as far as the macros read it."""

    rows: Sequence[Sequence[Any]]


class Dbt:
    """The macros of dbt's own package that the baseline calls."""

    def __init__(self, facts: Facts, answer: Callable[[str], Sequence[Sequence[Any]]]) -> None:
        self.type_string = lambda: facts.string_type
        self.type_timestamp = lambda: facts.timestamp_type
        self.type_int = lambda: facts.integer_type
        self.escape_single_quotes = lambda text: text.replace("'", facts.escaped_quote)
        self.string_literal = facts.literal.format
        self.information_schema_name = lambda database: f"{database}.INFORMATION_SCHEMA"
        self.run_query = lambda sql: Table(answer(sql))


class Adapter:
    """``adapter`` of the Jinja context: dispatches by prefix and remembers what it was to run."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.executed: list[str] = []
        self.macros: MacroHost | None = None

    def type(self) -> str:
        return self.name

    def dispatch(self, macro: str, package: str) -> Callable[..., Any]:
        macros = self.macros
        assert macros is not None
        for prefix in (*FACTS[self.name].prefixes, "default"):
            candidate = f"{prefix}__{macro}"
            if candidate in macros:
                return lambda *args, name=candidate: macros.call(name, *args)
        raise AssertionError(f"{package}.{macro} has no implementation for {self.name}")

    def quote(self, identifier: str) -> str:
        return FACTS[self.name].identifier.format(identifier)

    def add_query(self, sql: str, abridge_sql_log: bool = False) -> None:
        self.executed.append(sql)

    def commit(self) -> None:
        self.executed.append("commit")


@dataclass(frozen=True)
class Warehouse:
    """A host of the macros that believes it talks to one kind of warehouse."""

    host: MacroHost
    adapter: Adapter
    relation: Relation

    def call(self, macro: str, *args: Any) -> Any:
        return self.host.call(macro, *args)

    def sent(self, send: Callable[..., Any], *args: Any) -> str:
        """The one statement that a call sends, or nothing."""
        self.adapter.executed.clear()
        send(*args)
        sent = [sql for sql in self.adapter.executed if sql != "commit"]
        assert len(sent) <= 1, sent
        return "".join(sent)


def warehouse(
    name: str, answer: Callable[[str], Sequence[Sequence[Any]]] = lambda sql: [[""]]
) -> Warehouse:
    """Makes a warehouse of one kind; ``answer`` gives the rows of each query."""
    adapter = Adapter(name)
    facts = FACTS[name]

    def recorded(sql: str) -> Sequence[Sequence[Any]]:
        adapter.executed.append(sql)
        return answer(sql)

    parts = ("analytics", "prod", "dbt_breaking_changes_baseline")
    written = [adapter.quote(part) if facts.quotes_relations else part for part in parts]
    modules = {
        "re": re,
        "datetime": datetime,
        "pytz": SimpleNamespace(utc=datetime.UTC),
    }
    host = MacroHost(context={"adapter": adapter, "dbt": Dbt(facts, recorded), "modules": modules})
    adapter.macros = host
    return Warehouse(host, adapter, Relation(*parts, quoted=".".join(written)))
