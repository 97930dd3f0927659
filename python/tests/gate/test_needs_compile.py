"""A changed model whose SQL only dbt can compile: a run that leaves it out does not pass."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from projects import Project

from breaking_changes import cli

ADVICE = (
    "no SQL to compare for listed, which changed and only dbt can compile. Compare what dbt "
    "compile wrote for both sides, or let pass what could not be checked (on_unknown: pass)."
)
LISTED = "select id, {{ env_var('PATH') | length }} as env from {{ ref('people') }}\n"
BY_TARGET = "select id{% if target.name == 'prod' %}, 1 as n{% endif %} from {{ ref('people') }}\n"


def edited(sql: str) -> str:
    """The model with a further column."""
    return sql.replace("select id", "select id, 2 as two")


def state(project: Project, folder: str, command: str = "parse") -> Path:
    """The artifacts of the project as it is now, with its column lineage."""
    shutil.rmtree(project.target, ignore_errors=True)
    project.dbt(command).expect_success()
    project.lineage()
    return Path(shutil.copytree(project.target, project.root / folder))


@pytest.mark.parametrize(
    ("commands", "settings", "codes"),
    [
        (("parse", "parse"), {}, (1, 2)),
        (("compile", "parse"), {"on_unknown": "warn"}, (1, 2)),
        (("compile", "compile"), {}, (0, 0)),
        (("parse", "parse"), {"on_unknown": "pass"}, (0, 0)),
        (("parse", "parse"), {"on_unknown": "fail"}, (1, 1)),
    ],
)
def test_both_hosts_stop_and_say_what_to_do(
    commands: tuple[str, str],
    settings: dict[str, str],
    codes: tuple[int, int],
    tiny: Project,
) -> None:
    tiny.write("models/listed.sql", LISTED)
    prior = state(tiny, "listed_before", commands[0])
    tiny.write("models/listed.sql", edited(LISTED))
    current = state(tiny, "listed_after", commands[1])
    # The operation itself writes the manifest anew, without the SQL that dbt compiled.
    by_dbt = tiny.detect(prior, **settings)
    options = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
    sides = ["--base", str(prior), "--current", str(current), "--project-dir", str(tiny.root)]
    by_helper = CliRunner().invoke(cli.main, ["check", *sides, "--format=json", *options])
    assert (by_dbt.exit_code, by_helper.exit_code) == codes
    assert by_helper.stdout == json.dumps(by_dbt.report) + "\n"
    assert by_dbt.report["result"] == ("fail" if codes[0] else "pass")
    needs = [] if commands == ("compile", "compile") else ["model.tiny.listed"]
    assert by_dbt.report["coverage"]["needs_compile"] == needs
    stopped = codes == (1, 2)
    assert (ADVICE in "\n".join(by_dbt.errors)) == stopped
    told = f"Error: {ADVICE} In a dbt project check --compile runs it.\n"
    assert by_helper.stderr == (told if stopped else "")


@pytest.mark.parametrize("name", [None, "prod"])
def test_the_name_of_the_target_is_all_that_lacks(name: str | None, tiny: Project) -> None:
    tiny.write("models/listed.sql", BY_TARGET)
    prior = state(tiny, "named_before")
    tiny.write("models/listed.sql", edited(BY_TARGET))
    current = state(tiny, "named_after")
    sides = ["--base", str(prior), "--current", str(current), "--project-dir", str(tiny.root)]
    options = ["--target", name] if name else []
    found = CliRunner().invoke(cli.main, ["check", *sides, "--format=json", *options])
    assert found.exit_code == 0
    coverage = json.loads(found.stdout)["coverage"]
    reason = "It uses target.name, which no manifest holds; --target gives it."
    assert [one["reason"] for one in coverage["not_compared"]] == ([] if name else [reason])
    assert coverage["compared"] == (1 if name else 0)
