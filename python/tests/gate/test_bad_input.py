"""Bad input gets one clear message that says what to do next."""

from __future__ import annotations

import json
from typing import Any

import pytest
from projects import Project

NEXT_STEPS = (
    "give one as --state DIR, as the argument prior (--args '{prior: path/to/manifest.json}'), "
    "as the var breaking_changes_prior, or save one with dbt run-operation save_baseline"
)


def metadata(version: str, **other: str) -> dict[str, Any]:
    schema = f"https://schemas.getdbt.com/dbt/manifest/{version}.json"
    return {"metadata": {"dbt_schema_version": schema, **other}, "nodes": {}}


CASES: list[tuple[str, Any, str]] = [
    # what lies at given.json, how the gate is called, the whole message
    ("no prior", None, f"no prior manifest to compare with: {NEXT_STEPS}"),
    (
        "missing file",
        {"prior": "nowhere/manifest.json"},
        "there is no prior manifest at nowhere/manifest.json. Keep the target/manifest.json of the "
        "last deployment and give its folder: --state DIR",
    ),
    (
        "missing folder",
        {"prior": "nowhere"},
        "there is no prior manifest at nowhere/manifest.json. Keep the target/manifest.json of the "
        "last deployment and give its folder: --state DIR",
    ),
    (
        "not JSON",
        "prior: yes",
        "given.json is not a JSON object. Give a manifest.json that dbt wrote, or the folder that "
        "holds it",
    ),
    (
        "a JSON list",
        "[1, 2]",
        "given.json is not a JSON object. Give a manifest.json that dbt wrote, or the folder that "
        "holds it",
    ),
    (
        "not a manifest",
        json.dumps({"metadata": {"dbt_schema_version": "dbt/catalog/v1.json"}, "nodes": {}}),
        "given.json is not a dbt manifest: it has no manifest version and nodes. Give the "
        "manifest.json of a target folder",
    ),
    (
        "a manifest that is too old",
        json.dumps(metadata("v10", dbt_version="1.6.1")),
        "given.json has manifest version 10, written by dbt 1.6.1; versions 12 (dbt 1.8) to 20 "
        "(dbt 2) can be compared. Make it again with dbt 1.8 or later",
    ),
    (
        "a manifest that is too new",
        json.dumps(metadata("v99", dbt_version="9.0.0")),
        "given.json has manifest version 99, written by dbt 9.0.0; versions 12 (dbt 1.8) to 20 "
        "(dbt 2) can be compared. Upgrade the package dbt_breaking_changes",
    ),
    (
        "a manifest of another project",
        json.dumps(metadata("v12", project_name="huge")),
        "given.json belongs to the project 'huge', not to 'tiny'. Give a prior manifest of this "
        "project",
    ),
    (
        "an unknown format",
        {"prior": "prior", "format": "jsn"},
        "unknown value 'jsn' in format; did you mean 'json'? One of: text, json, github",
    ),
    (
        "an unknown level",
        {"prior": "prior", "level": "strickt"},
        "unknown value 'strickt' in level; did you mean 'strict'? One of: relation, query, typed, "
        "strict",
    ),
    (
        "an unknown fail_on",
        {"prior": "prior", "fail_on": "warning"},
        "unknown value 'warning' in fail_on; did you mean 'warn'? One of: error, warn, never",
    ),
    (
        "a missing lineage file",
        {"prior": "prior", "lineage": "nowhere.json"},
        "there is no column lineage at nowhere.json. Write it with: dbt compile, then "
        "dbt-breaking-changes lineage",
    ),
    (
        "a lineage file that is none",
        {"prior": "prior", "lineage": "prior/manifest.json"},
        "prior/manifest.json is not a column lineage of format 1. Write it again with this version "
        "of the helper: dbt-breaking-changes lineage",
    ),
]


@pytest.mark.parametrize(("given", "message"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_one_message_with_the_next_step(parsed_tiny: Project, given: Any, message: str) -> None:
    if isinstance(given, str):
        (parsed_tiny.root / "given.json").write_text(given)
        given = {"prior": "given.json"}
    arguments = ("--args", json.dumps(given)) if given else ()
    outcome = parsed_tiny.dbt("run-operation", "detect_breaking_changes", *arguments)
    assert outcome.exit_code == 1
    assert outcome.printed == ()
    assert said(outcome.errors) == [message]


def said(errors: tuple[str, ...]) -> list[str]:
    """The package's own lines among dbt's error messages."""
    own = "dbt_breaking_changes: "
    lines = [line.strip() for error in errors for line in error.splitlines()]
    return [line.removeprefix(own) for line in lines if line.startswith(own)]


VARS: list[tuple[str, str, str]] = [
    (
        "a key that is close",
        "{breaking_changes_levl: strict}",
        "unknown var 'breaking_changes_levl' in vars; did you mean 'breaking_changes_level'?",
    ),
    (
        "a rule that is close",
        "{breaking_changes_severity: {colum_removed: warn}}",
        "unknown rule 'colum_removed' in breaking_changes_severity; did you mean 'column_removed'?",
    ),
    (
        "a severity",
        "{breaking_changes_severity: {column_removed: warning}}",
        "unknown value 'warning' in breaking_changes_severity.column_removed; did you mean 'warn'?",
    ),
    (
        "no mapping",
        "{breaking_changes_severity: [column_removed]}",
        "breaking_changes_severity must map rules to severities, as in {column_removed: warn}",
    ),
    (
        "a key of an entry",
        "{breaking_changes_ignore: [{tags: x}]}",
        "unknown key 'tags' in breaking_changes_ignore; did you mean 'tag'?",
    ),
    (
        "an entry that is no mapping",
        "{breaking_changes_ignore: [stg_users]}",
        "an entry of breaking_changes_ignore must be a mapping with keys of rule, node, path, tag, "
        "package, not stg_users",
    ),
    (
        "a tombstone without its node",
        "{breaking_changes_removed: [{reason: old}]}",
        "an entry of breaking_changes_removed must be a mapping with keys of node, rule, reason, "
        "expires and needs node, not {'reason': 'old'}",
    ),
]


@pytest.mark.parametrize(("given", "message"), [v[1:] for v in VARS], ids=[v[0] for v in VARS])
def test_a_mistyped_var_names_the_nearest(parsed_tiny: Project, given: str, message: str) -> None:
    outcome = parsed_tiny.dbt(
        *("run-operation", "detect_breaking_changes", "--state", "prior", "--vars", given)
    )
    assert outcome.exit_code == 1
    (line,) = said(outcome.errors)
    assert line.startswith(message)


@pytest.mark.parametrize("scope", ["", "  tiny:\n  ", "  dbt_breaking_changes:\n  "])
def test_a_mistyped_var_of_the_project_file_is_found(tiny: Project, scope: str) -> None:
    project = (tiny.root / "dbt_project.yml").read_text()
    tiny.write("dbt_project.yml", f"{project}\nvars:\n{scope}  breaking_changes_levels: strict\n")
    outcome = tiny.dbt("run-operation", "detect_breaking_changes", "--state", "prior")
    assert outcome.exit_code == 1
    (line,) = said(outcome.errors)
    assert line.startswith("unknown var 'breaking_changes_levels' in vars")


def test_a_prior_in_the_target_folder_is_overwritten_by_the_run(tiny: Project) -> None:
    tiny.dbt("compile").expect_success()
    outcome = tiny.dbt("run-operation", "detect_breaking_changes", "--state", "target")
    assert outcome.exit_code == 1
    assert said(outcome.errors) == [
        "target/manifest.json was just overwritten by this run: the prior manifest must not lie in "
        "the target folder. Copy it elsewhere before dbt runs, and give that folder: --state DIR"
    ]


def test_an_adapter_that_cannot_read_files_says_what_can(parsed_tiny: Project) -> None:
    outcome = parsed_tiny.dbt(
        "run-operation", "default___read_text_file", "--args", "{path: p.json}"
    )
    assert outcome.exit_code == 1
    assert said(outcome.errors) == [
        "the adapter 'duckdb' cannot read the file p.json. Compare two target directories with the "
        "helper instead: dbt-breaking-changes check --base DIR; or keep the baseline in the "
        "warehouse: dbt run-operation save_baseline"
    ]


OLD_LINEAGE = {
    "format_version": 1,
    "nodes": {"model.tiny.people": {"checksum": "another", "columns": [], "complete": False}},
}
IS_OLDER = (
    "is older than the SQL of 1 node(s): people. Write it again: dbt compile, then "
    "dbt-breaking-changes lineage"
)


def test_lineage_of_other_sql_is_refused_when_it_was_named(parsed_tiny: Project) -> None:
    (parsed_tiny.root / "lineage.json").write_text(json.dumps(OLD_LINEAGE))
    outcome = parsed_tiny.detect(parsed_tiny.root / "prior", lineage="lineage.json")
    assert outcome.exit_code == 1
    assert said(outcome.errors) == [f"lineage.json {IS_OLDER}"]


def test_lineage_of_other_sql_is_left_aside_when_it_was_found(tiny: Project) -> None:
    tiny.parse().expect_success()
    (tiny.target / "column_lineage.json").write_text(json.dumps(OLD_LINEAGE))
    outcome = tiny.detect(tiny.root / "prior").expect_success()
    warnings = [line for line in outcome.messages if IS_OLDER in line]
    assert len(warnings) == 1
    assert "lineage not used, target/column_lineage.json" in warnings[0]
