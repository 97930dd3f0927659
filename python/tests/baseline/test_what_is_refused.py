"""What cannot be saved or read ends in a message, and does not take the run with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from baseline.gate_project import DETECT, SAVE, SAVE_COLUMNS, TABLE, GateProject

from breaking_changes.macro_host import MacroError, MacroHost

NEWER = (
    "was written by dbt_breaking_changes 9.0.0 in format 2; this version reads up to format 1."
    " Upgrade the package"
)


@pytest.mark.parametrize("gate", ["duckdb"], indirect=True)
def test_a_newer_format_is_refused(gate: GateProject) -> None:
    gate.operation("save_baseline").expect_success()
    gate.query(
        f"update {gate.table} set content = replace(replace(content,"
        " '\"format_version\": 1', '\"format_version\": 2'),"
        ' \'"package_version": "0.1.0"\', \'"package_version": "9.0.0"\')'
        " where section = 'header'"
    )
    compared = gate.operation("detect_breaking_changes")
    assert compared.exit_code == 1
    assert NEWER in compared.errors[0]
    saved = gate.saved_ids()
    gate.hooks(end=[SAVE])
    run = gate.dbt("build").expect_success()
    assert any(NEWER in line and "no baseline was saved" in line for line in run.messages)
    assert gate.saved_ids() == saved


@pytest.mark.parametrize("gate", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    ("grant", "obstacle"),
    [
        ("usage", "this user may not create a table in the schema {schema}"),
        ("create", None),
        ("table", "this user may not select from, insert into and delete from {table}"),
    ],
)
def test_a_user_without_the_right(gate: GateProject, grant: str, obstacle: str | None) -> None:
    """The models are built elsewhere; only the table's schema is closed to the user."""
    assert gate.server is not None
    gate.dbt("build").expect_success()
    user, closed = f"user_{gate.schema}", f"closed_{gate.schema}"
    statements = [
        f"create role {user} login",
        f"grant create on database {gate.server.database} to {user}",
        f"create schema {closed}",
        f"grant {'usage, create' if grant == 'create' else 'usage'} on schema {closed} to {user}",
    ]
    if grant == "table":
        statements.append(f"create table {closed}.{TABLE} (baseline_id text)")
    for sql in statements:
        gate.query(sql)
    gate.use({**gate.server.output(f"own_{gate.schema}", user), "threads": 2})
    gate.hooks(end=[SAVE])
    place = ("--vars", json.dumps({"breaking_changes_baseline_schema": closed}))
    outcome = gate.dbt("build", *place).expect_success()
    warned = [line for line in outcome.messages if "no baseline was saved" in line]
    if obstacle is None:
        assert warned == []
        assert len(gate.query(f"select 1 from {closed}.{TABLE} where section = 'header'")) == 1
    else:
        table = f'"postgres"."{closed}"."{TABLE}"'
        assert obstacle.format(schema=closed, table=table) in warned[0]
        assert "the run goes on" in warned[0]


@pytest.mark.parametrize("gate", ["duckdb"], indirect=True)
def test_a_database_that_is_read_only(gate: GateProject) -> None:
    gate.dbt("build").expect_success()
    gate.use(
        {
            "type": "duckdb",
            "path": "target/shop.duckdb",
            "schema": gate.schema,
            "config_options": {"access_mode": "read_only"},
        }
    )
    outcome = gate.operation("save_baseline").expect_success()
    warned = [line for line in outcome.messages if "no baseline was saved" in line]
    assert "the database shop is opened read-only" in warned[0]


@pytest.mark.parametrize("gate", ["duckdb"], indirect=True)
@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"breaking_changes_baseline_keep": 0}, "must be a whole number from 1, not 0"),
        ({"breaking_changes_baseline_keep": "ten"}, "must be a whole number from 1, not ten"),
        ({"breaking_changes_baseline_columns": "warehose"}, "did you mean 'warehouse'?"),
    ],
)
def test_a_setting_that_makes_no_sense(
    gate: GateProject, variables: dict[str, object], message: str
) -> None:
    outcome = gate.dbt("run-operation", "save_baseline", "--vars", json.dumps(variables))
    assert outcome.exit_code == 1
    assert message in outcome.errors[0]


@pytest.mark.parametrize("hook", [DETECT, SAVE_COLUMNS])
@pytest.mark.parametrize("gate", ["duckdb"], indirect=True)
def test_nothing_happens_while_dbt_parses(gate: GateProject, hook: str) -> None:
    gate.hooks(start=[hook], end=[hook])
    outcome = gate.dbt("parse", "--no-partial-parse").expect_success()
    assert not [line for line in outcome.messages if "breaking" in line]


def _start(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dbt.cli.main", "run-operation", "save_baseline"],
        cwd=root,
        env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_saves_at_once(gate: GateProject) -> None:
    """The first save of all also makes the table, which is where two collide."""
    gate.parse()
    if gate.server is not None:
        gate.query(f"create schema {gate.schema}")
    runs = [_start(gate.root) for _ in range(3)]
    outputs = [run.communicate(timeout=120)[0] for run in runs]
    succeeded = [run.returncode == 0 for run in runs]
    if gate.server is not None:
        assert all(succeeded), "\n".join(outputs)
    else:
        # DuckDB lets one process write at a time, and turns the others away.
        assert any(succeeded), "\n".join(outputs)
    saved = gate.saved_ids()
    assert len(saved) == sum(succeeded)
    rows = gate.query(f"select baseline_id, count(*) from {gate.table} group by baseline_id")
    assert {row[0] for row in rows} == set(saved)
    assert len({row[1] for row in rows}) == 1


BROKEN = {
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "another save's": '{"baseline_id": "x", "rows": 1, "nodes": 1, "format_version": 1}',
    "no rows": '{"rows": null}',
    "hostile": '"\n::stop-commands::x"',
}


@pytest.mark.parametrize("gate", ["duckdb"], indirect=True)
def test_a_broken_header_is_named_and_the_others_are_listed(gate: GateProject) -> None:
    gate.operation("save_baseline").expect_success()
    [whole] = gate.saved_ids()
    for number, header in enumerate(BROKEN.values()):
        literal = header.replace("'", "''")
        gate.query(
            f"insert into {gate.table} select * replace ('2999-{number}' as baseline_id, "
            f"'{literal}' as content) from {gate.table} where section = 'header' "
            f"and baseline_id = '{whole}'"
        )
    listed = gate.operation("list_baselines").expect_success()
    lines = "\n".join(listed.printed).splitlines()
    assert lines[1:-1] == [
        f"  2999-{number}  its header cannot be read, not used"
        for number in reversed(range(len(BROKEN)))
    ]
    assert lines[-1].startswith(f"  {whole}  5 nodes")
    assert gate.saved_ids() == [whole]
    compared = gate.operation("detect_breaking_changes").expect_success()
    warned = [line for line in compared.messages if "cannot be read; it is not used" in line]
    assert len(warned) == len(BROKEN)


ENDS_QUOTES = ('m"; {}', "m'; {}", "m`; {}", "m]; {}", "$$; {}", "m\n{}", "m\\{}", "", 7, ["m"])


@pytest.mark.parametrize("name", ENDS_QUOTES, ids=range(len(ENDS_QUOTES)))
def test_a_name_that_could_end_its_quotes_is_refused(name: object) -> None:
    with pytest.raises(MacroError, match="x must be a name without quotes"):
        MacroHost().call("_require_identifier", "x", name)


@pytest.mark.parametrize("name", ["main", "my schema", "a-b", "a.b", "Straße", "a$b", None])
def test_other_names_are_not(name: str | None) -> None:
    MacroHost().call("_require_identifier", "x", name)


@pytest.mark.parametrize("gate", ["postgres"], indirect=True)
@pytest.mark.parametrize("setting", ["schema", "database", "table"])
def test_a_name_from_a_var_runs_nothing(gate: GateProject, setting: str) -> None:
    gate.dbt("build").expect_success()
    name = f'm"; drop table {gate.schema}.stg_customers cascade; --'
    variables = json.dumps({f"breaking_changes_baseline_{setting}": name})
    refused = gate.dbt("run-operation", "save_baseline", "--vars", variables)
    assert refused.exit_code == 1
    assert f"breaking_changes_baseline_{setting} must be a name without" in refused.errors[0]
    assert gate.query(f"select count(*) > 0 from {gate.schema}.stg_customers") == [(True,)]
