"""The example project does what its README says, with the commands of its CI files."""

from __future__ import annotations

import re
import shlex
import uuid
from pathlib import Path

import psycopg2
import pytest
import yaml
from baseline.gate_project import EXAMPLE
from postgres_server import PostgresServer
from projects import Project

ACKNOWLEDGED = """
    config:
      meta:
        breaking_changes_ack:
          - {rule: column_removed, column: phone, reason: "agreed with customer care"}
"""


def dbt_commands(path: str) -> dict[str, list[str]]:
    """The arguments of the ``dbt build`` of each job of a CI file."""
    content = yaml.safe_load((EXAMPLE / path).read_text(encoding="utf-8"))
    jobs = content.get("jobs", content)
    found = {}
    for name in ("check", "deploy"):
        steps = jobs[name].get("script") or [step.get("run", "") for step in jobs[name]["steps"]]
        (command,) = [step for step in steps if step.startswith("dbt build")]
        found[name] = shlex.split(command)[1:]
    return found


GITHUB = dbt_commands(".github/workflows/dbt.yml")
GITLAB = dbt_commands(".gitlab-ci.yml")


@pytest.fixture
def example(tmp_path: Path) -> Project:
    return Project.copy_of(EXAMPLE, tmp_path / "example")


def drop_phone(example: Project) -> None:
    example.edit("models/staging/stg_customers.sql", "    email,\n    phone\n", "    email\n")


def test_local_walk_through(example: Project) -> None:
    first = example.dbt("build").expect_success()
    saved = "5 built by this run, columns of 5 read from the warehouse"
    assert any(saved in line for line in first.messages)
    drop_phone(example)
    for _ in range(2):
        stopped = example.dbt("build")
        assert stopped.exit_code == 2
        assert "error   column_removed: customer_orders.phone was removed" in stopped.printed[-1]
    example.edit(
        "models/marts/_marts.yml", "    description: One row per customer.\n", ACKNOWLEDGED
    )
    example.write(
        "models/staging/_staging.yml",
        "models:\n  - name: stg_customers" + ACKNOWLEDGED,
    )
    example.dbt("build").expect_success()
    listed = example.dbt("run-operation", "list_baselines").expect_success()
    assert len(listed.printed) == 3
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    (operation,) = re.findall(r"^dbt (run-operation detect.*)$", readme, re.MULTILINE)
    example.dbt(*shlex.split(operation)).expect_success()


@pytest.mark.parametrize("commands", [GITHUB, GITLAB], ids=["github", "gitlab"])
def test_a_pull_request_is_compared_with_production(
    commands: dict[str, list[str]],
    example: Project,
    postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = f"example_{uuid.uuid4().hex[:12]}"
    connection = psycopg2.connect(postgres.dsn)
    connection.autocommit = True
    connection.cursor().execute(f"create database {database}")
    connection.close()
    for name, value in {
        "PGHOST": postgres.host,
        "PGPORT": str(postgres.port),
        "PGUSER": postgres.user,
        "PGPASSWORD": "not used",
        "PGDATABASE": database,
        "CI_SCHEMA": "ci_7",
        "GIT_COMMIT": "c0ffee",
    }.items():
        monkeypatch.setenv(name, value)

    def saves() -> tuple[str, ...]:
        listed = example.dbt("run-operation", "list_baselines", "--target", "prod")
        return tuple(line.strip() for line in listed.expect_success().printed[1:])

    example.dbt(*commands["deploy"]).expect_success()
    before = saves()
    assert [line.endswith("commit c0ffee") for line in before] == [True]
    unchanged = example.dbt(*commands["check"]).expect_success()
    assert not [line for line in unchanged.messages if "saved baseline" in line]
    drop_phone(example)
    stopped = example.dbt(*commands["check"])
    assert stopped.exit_code == 2
    assert "customer_orders.phone was removed" in stopped.printed[-1]
    assert saves() == before


def test_a_pull_request_builds_where_production_is_not() -> None:
    assert GITHUB["deploy"] == GITLAB["deploy"] == ["build", "--target", "prod"]
    for commands in (GITHUB, GITLAB):
        assert commands["check"][:3] == ["build", "--target", "ci"]
        variables = yaml.safe_load(commands["check"][4])
        assert variables["breaking_changes_baseline_schema"] == "prod"
        assert variables["breaking_changes_baseline_target"] == "prod"
