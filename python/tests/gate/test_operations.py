"""The operations beside the gate: YAML that acknowledges findings, and the text of a rule."""

from __future__ import annotations

import json

import yaml
from projects import Outcome, Project

EMPTY, REASON = 'reason: ""', 'reason: "agreed with support"'


def printed_yaml(project: Project) -> str:
    outcome = project.dbt(
        *("run-operation", "acknowledge_breaking_changes"),
        *("--args", json.dumps({"prior": "prior"})),
    )
    (text,) = outcome.expect_success().printed
    return text


def paste(project: Project, text: str) -> None:
    """Puts the printed config of the one model into the YAML that is there."""
    (model,) = yaml.safe_load(text)["models"]
    known = yaml.safe_load((project.root / "models/models.yml").read_text())
    (described,) = known["models"]
    assert model["name"] == described["name"]
    described["config"] |= model["config"]
    project.write("models/models.yml", yaml.safe_dump(known))


def gate(project: Project) -> Outcome:
    return project.detect(project.root / "prior")


def test_pasted_yaml_counts_once_it_has_reasons(tiny_without_phone: Project) -> None:
    project = tiny_without_phone
    text = printed_yaml(project)
    assert gate(project).exit_code == 1
    paste(project, text)
    outcome = gate(project)
    rules = {change["rule"]: change["acknowledged"] for change in outcome.report["changes"]}
    assert rules == {"column_removed": None, "acknowledgement_without_reason": None}
    assert outcome.exit_code == 1
    paste(project, text.replace(EMPTY, REASON))
    outcome = gate(project).expect_success()
    (change,) = outcome.report["changes"]
    assert change["acknowledged"] == {"reason": "agreed with support", "expires": None}


def test_a_removed_model_is_agreed_to_by_a_var(tiny: Project) -> None:
    tiny.delete("models/callers.sql")
    removed = yaml.safe_load(printed_yaml(tiny))["vars"]
    removed["breaking_changes_removed"][0]["reason"] = "nobody calls"
    outcome = tiny.dbt(
        *("run-operation", "detect_breaking_changes", "--vars", json.dumps(removed)),
        *("--args", json.dumps({"prior": "prior", "format": "json", "fail_on": "warn"})),
    )
    (change,) = outcome.expect_success().report["changes"]
    assert change["rule"] == "model_removed"
    assert change["acknowledged"] == {"reason": "nobody calls", "expires": None}


def test_explain_rule_prints_the_rule(parsed_tiny: Project) -> None:
    outcome = parsed_tiny.dbt("run-operation", "explain_rule", "--args", "{rule: column_removed}")
    assert outcome.expect_success().printed[0].startswith("column_removed: Column removed\n")


def test_explain_rule_suggests_the_nearest(parsed_tiny: Project) -> None:
    outcome = parsed_tiny.dbt("run-operation", "explain_rule", "--args", "{rule: column_remove}")
    assert outcome.exit_code == 1
    assert "unknown rule 'column_remove' in rule; did you mean 'column_removed'?" in str(
        outcome.errors
    )
