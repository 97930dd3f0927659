"""The gate as an operation and as a hook: exit codes, formats, and what it leaves alone."""

from __future__ import annotations

import json

import pytest
from projects import Project

HOOK = 'on-run-start: "{{ dbt_breaking_changes.detect_breaking_changes() }}"\n'
TEXT = """\
breaking changes: 1 error: no consumer breaks; 1 consumer could not be checked, compared with prior

error   column_removed: people.phone was removed
        at models/people.sql:1
        was varchar, evidence: contract, error because: public model
        unknown  callers  models/callers.sql:2  no column lineage
        fix: Keep the column, or change its consumers in the same pull request; for a rename declare
            meta.renamed_from.

coverage: 2 nodes, 1 changed, 1 compared (1 by contract)
result: fail"""
GITHUB = """\
::error file=models/people.sql,line=1,title=column_removed::people.phone was removed%0A\
unknown  callers  models/callers.sql:2  no column lineage%0A\
fix: Keep the column, or change its consumers in the same pull request; for a rename declare \
meta.renamed_from.
breaking changes: 1 error: no consumer breaks; 1 consumer could not be checked
coverage: 2 nodes, 1 changed, 1 compared (1 by contract)"""


def add_hook(project: Project) -> None:
    text = (project.root / "dbt_project.yml").read_text()
    project.write("dbt_project.yml", text + HOOK)


@pytest.mark.parametrize(("format", "printed"), [("text", TEXT), ("github", GITHUB)])
def test_reports_are_printed_whole(tiny_without_phone: Project, format: str, printed: str) -> None:
    arguments = json.dumps({"prior": "prior", "format": format})
    outcome = tiny_without_phone.dbt(
        "run-operation", "detect_breaking_changes", "--args", arguments
    )
    assert outcome.exit_code == 1
    assert outcome.printed == (printed,)


@pytest.mark.parametrize(
    ("fail_on", "exit_code", "result"), [("error", 1, "fail"), ("never", 0, "pass")]
)
def test_fail_on_decides_the_exit_code(
    tiny_without_phone: Project, fail_on: str, exit_code: int, result: str
) -> None:
    outcome = tiny_without_phone.detect(tiny_without_phone.root / "prior", fail_on=fail_on)
    assert outcome.exit_code == exit_code
    assert outcome.report["result"] == result


@pytest.mark.parametrize("name", ["pr[i]or", "it's * prior?", "prior/../prior", "prior/"])
def test_any_folder_name_can_hold_the_prior(tiny: Project, name: str) -> None:
    manifest = (tiny.root / "prior/manifest.json").read_text()
    tiny.write(f"{name}/manifest.json", manifest)
    outcome = tiny.dbt("run-operation", "detect_breaking_changes", "--state", name)
    assert outcome.expect_success().printed[0].startswith("breaking changes: nothing breaks")


def test_the_prior_may_be_given_as_itself(tiny_without_phone: Project) -> None:
    manifest = json.loads((tiny_without_phone.root / "prior/manifest.json").read_text())
    arguments = json.dumps({"prior": manifest, "format": "json"})
    outcome = tiny_without_phone.dbt(
        "run-operation", "detect_breaking_changes", "--args", arguments
    )
    assert [change["rule"] for change in outcome.report["changes"]] == ["column_removed"]


def test_the_hook_stops_the_run_before_any_model(tiny_without_phone: Project) -> None:
    add_hook(tiny_without_phone)
    outcome = tiny_without_phone.dbt("build", "--state", "prior")
    assert outcome.exit_code == 2
    assert outcome.statuses == {}
    assert outcome.printed == (TEXT,)


def test_the_hook_lets_a_compatible_run_pass(tiny: Project) -> None:
    add_hook(tiny)
    outcome = tiny.dbt("build", "--state", "prior").expect_success()
    assert outcome.statuses["model.tiny.callers"] == "success"


def test_the_hook_warns_when_there_is_nothing_to_compare_with(tiny: Project) -> None:
    add_hook(tiny)
    outcome = tiny.dbt("build").expect_success()
    assert outcome.printed == ()
    warnings = [line for line in outcome.messages if "nothing was compared" in line]
    assert len(warnings) == 1
    assert "give one as --state DIR" in warnings[0]
    assert outcome.statuses["model.tiny.callers"] == "success"


@pytest.mark.parametrize("command", ["parse", "ls", "compile", "docs generate"])
def test_the_hook_is_silent_where_nothing_is_built(
    tiny_without_phone: Project, command: str
) -> None:
    before = tiny_without_phone.dbt(*command.split()).expect_success()
    add_hook(tiny_without_phone)
    after = tiny_without_phone.dbt(*command.split()).expect_success()
    assert after.printed == before.printed
    assert len(after.messages) - len(before.messages) <= 1
