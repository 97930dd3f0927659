"""The example project on a warehouse of its own, with what the tests ask of it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import psycopg2
import yaml
from postgres_server import PostgresServer
from projects import REPOSITORY, Outcome, Project

EXAMPLE = REPOSITORY / "examples" / "deploy_gate"
TABLE = "dbt_breaking_changes_baseline"

# Prints what a load gives; the package has no macro that shows a baseline to people.
LOAD = """
{% macro load_baseline(name="latest") %}
    {% do print(tojson(dbt_breaking_changes._baseline_prior(name))) %}
{% endmacro %}
{% macro round_trip(side) %}
    {% set settings = dbt_breaking_changes._baseline_settings() %}
    {% set relation = dbt_breaking_changes._baseline_relation(settings) %}
    {% do dbt_breaking_changes._baseline_prepare(relation) %}
    {% set side = fromjson(side) %}
    {% set header = dbt_breaking_changes._baseline_header(settings, side) %}
    {% set documents = dbt_breaking_changes._baseline_documents(side, {}) %}
    {% do dbt_breaking_changes._baseline_write(relation, header, documents) %}
    {% do load_baseline() %}
{% endmacro %}
"""

SAVE = "{{ dbt_breaking_changes.save_baseline() }}"
SAVE_COLUMNS = "{{ dbt_breaking_changes.save_baseline(columns='warehouse') }}"
DETECT = "{{ dbt_breaking_changes.detect_breaking_changes() }}"
DETECT_COLUMNS = "{{ dbt_breaking_changes.detect_breaking_changes(current='warehouse') }}"


@dataclass
class GateProject(Project):
    """A copy of the example; its hooks are what a test says."""

    server: PostgresServer | None = None
    schema: str = "deployed"

    def hooks(self, start: Sequence[str] = (), end: Sequence[str] = ()) -> None:
        """Replaces the hooks of the project."""
        project = yaml.safe_load((self.root / "dbt_project.yml").read_text(encoding="utf-8"))
        project.update({"on-run-start": list(start), "on-run-end": list(end)})
        self.write("dbt_project.yml", json.dumps(project))

    def use(self, output: dict[str, Any]) -> None:
        """Makes one output the only one of the profile, as target ``local``."""
        profile = {"deploy_gate": {"target": "local", "outputs": {"local": output}}}
        self.write("profiles.yml", json.dumps(profile))

    def dbt(self, *args: str) -> Outcome:
        """Runs one dbt command; the project is only parsed again when a file changed."""
        if self._manifest is None and args[0] != "parse":
            super().parse().expect_success()
        return super().dbt(*args)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Runs one statement in the warehouse, past dbt."""
        if self.server is None:
            with duckdb.connect(str(self.database)) as duck:
                return duck.execute(sql).fetchall()
        with contextlib.closing(psycopg2.connect(self.server.dsn)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []

    @property
    def table(self) -> str:
        """The baseline table, with its schema."""
        return f"{self.schema}.{TABLE}"

    def operation(self, macro: str, **arguments: Any) -> Outcome:
        """Runs one macro of the package or of the project."""
        return self.dbt("run-operation", macro, "--args", json.dumps(arguments))

    def load(self, name: str = "latest") -> Any:
        """What a load of one baseline gives: header, side and lineage; or nothing."""
        outcome = self.operation("load_baseline", name=name).expect_success()
        return json.loads(outcome.printed[0])

    def saved_ids(self) -> list[str]:
        """The ids of all whole saves, newest first."""
        outcome = self.operation("list_baselines", format="json").expect_success()
        return [save["id"] for save in json.loads(outcome.printed[0]) if save["complete"]]

    @property
    def manifest(self) -> dict[str, Any]:
        """What dbt wrote last."""
        text = (self.target / "manifest.json").read_text(encoding="utf-8")
        content: dict[str, Any] = json.loads(text)
        return content
