"""A prior manifest of hostile names, compared by dbt itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hostile.names import NAMES
from hostile.safe import forbidden
from hostile.states import hostile_states
from projects import Outcome, Project


def _detect(project: Project, prior: dict[str, Any], **arguments: Any) -> Outcome:
    (project.root / "hostile.json").write_text(json.dumps(prior), encoding="utf-8")
    arguments = {"prior": "hostile.json", "level": "strict", **arguments}
    return project.dbt("run-operation", "detect_breaking_changes", "--args", json.dumps(arguments))


@pytest.fixture(scope="module")
def prior() -> dict[str, Any]:
    before: dict[str, Any] = hostile_states()[0]
    before["metadata"]["project_name"] = "tiny"
    return before


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_no_format_shows_what_a_log_obeys(
    parsed_tiny: Project, prior: dict[str, Any], format_: str
) -> None:
    outcome = _detect(parsed_tiny, prior, format=format_)
    assert outcome.exit_code == 1
    shown = "\n".join(outcome.printed)
    found = forbidden(shown)
    if format_ == "github":
        own = ("::error ", "::warning ", "::notice ")
        found = [one for one in found if not one.startswith(own)]
    assert found == []
    for line in (*outcome.messages, *outcome.errors):
        # What dbt says of its own error may have several lines; none of ours is a command.
        assert [one for one in forbidden(line) if one.startswith(("##", "U+"))] == []
    if format_ == "json":
        removed = {change["node"] for change in outcome.report["changes"]}
        assert len(removed) >= len(NAMES)


@pytest.mark.parametrize("name", NAMES[::40], ids=range(len(NAMES[::40])))
def test_errors_are_one_line(parsed_tiny: Project, prior: dict[str, Any], name: str) -> None:
    other = {**prior, "metadata": {**prior["metadata"], "project_name": f"x{name}"}}
    outcome = _detect(parsed_tiny, other)
    assert outcome.exit_code == 1
    (said,) = [line for line in outcome.errors[0].splitlines() if "dbt_breaking_changes:" in line]
    assert "belongs to the project" in said
    assert forbidden(outcome.errors[0]) == []
