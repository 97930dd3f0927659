"""Settings come from vars and arguments, and what is mistyped is refused with the nearest match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from rules import cases

from breaking_changes.macro_host import MacroError, MacroHost


def made(variables: Mapping[str, Any] | None = None, **given: Any) -> dict[str, Any]:
    """The settings that these vars and arguments make."""
    prefixed = {f"breaking_changes_{name}": value for name, value in (variables or {}).items()}
    settings: dict[str, Any] = MacroHost(variables=prefixed).call("_settings", given)
    return settings


def test_defaults() -> None:
    assert {key: made()[key] for key in ("level", "fail_on", "severity", "ignore", "removed")} == {
        "level": "query",
        "fail_on": "error",
        "severity": {},
        "ignore": [],
        "removed": [],
    }


def test_arguments_override_vars() -> None:
    settings = made({"level": "typed", "fail_on": "warn"}, level="strict")
    assert (settings["level"], settings["fail_on"]) == ("strict", "warn")


def test_yaml_reads_off_as_false() -> None:
    assert made({"severity": {"column_added": False}})["severity"] == {"column_added": "off"}


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"level": "strikt"}, "unknown value 'strikt' in level; did you mean 'strict'? One of:"),
        ({"fail_on": "warning"}, "unknown value 'warning' in fail_on; did you mean 'warn'?"),
        ({"format": "jsn"}, "unknown value 'jsn' in format; did you mean 'json'?"),
        ({"severity": ["column_added"]}, "breaking_changes_severity must map rules to severities"),
        ({"severity": {"colum_added": "warn"}}, "unknown rule 'colum_added' in breaking_changes_"),
        ({"severity": {"column_added": "warning"}}, "did you mean 'warn'?"),
        ({"severity": {"column_added": True}}, "unknown value 'True' in breaking_changes_severity"),
        ({"ignore": {"path": "models"}}, "breaking_changes_ignore must be a list of mappings"),
        ({"ignore": ["models"]}, "an entry of breaking_changes_ignore must be a mapping"),
        ({"ignore": [{}]}, "an entry of breaking_changes_ignore must be a mapping"),
        ({"ignore": [{"paths": "models"}]}, "unknown key 'paths' in breaking_changes_ignore; did"),
        ({"ignore": [{"rule": "column_*"}]}, "unknown rule 'column_*' in breaking_changes_ignore"),
        ({"ignore": [{"tag": 7}]}, "tag in breaking_changes_ignore must be text, not 7"),
        ({"ignore": [{"path": ["a", "b"]}]}, "path in breaking_changes_ignore must be text"),
        ({"ignore": [{"path": ""}]}, "path in breaking_changes_ignore must be text"),
        ({"removed": "users"}, "breaking_changes_removed must be a list of mappings"),
        ({"removed": [{"reason": "old"}]}, "breaking_changes_removed must be a mapping with keys"),
        ({"removed": [{"node": "a", "expire": "x"}]}, "unknown key 'expire' in breaking_changes_"),
        ({"removed": [{"node": "a", "rule": "model_removd"}]}, "did you mean 'model_removed'?"),
        ({"removed": [{"node": 1}]}, "node in breaking_changes_removed must be text, not 1"),
    ],
)
def test_refused(variables: Mapping[str, Any], message: str) -> None:
    with pytest.raises(MacroError) as error:
        made(variables)
    assert str(error.value).startswith("dbt_breaking_changes: ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("breaking_changes_levels", "breaking_changes_level"),
        ("breaking_change_ignore", "breaking_changes_ignore"),
        ("breaking_changes_serverity", "breaking_changes_severity"),
    ],
)
def test_mistyped_var_is_refused(name: str, nearest: str) -> None:
    with pytest.raises(MacroError, match=f"unknown var '{name}' in vars; did you mean '{nearest}'"):
        cases.host().call("_validate_var_names", [name])


def test_vars_of_others_are_left_alone() -> None:
    cases.host().call("_validate_var_names", ["start_date", "breaking_changes_level"])


@pytest.mark.parametrize(
    ("fail_on", "result"), [("error", "pass"), ("warn", "fail"), ("never", "pass")]
)
def test_fail_on_a_warning(fail_on: str, result: str) -> None:
    (case,) = (case for case in cases.load() if case.name.startswith("fail_on warn"))
    assert cases.report(case, {"fail_on": fail_on})["result"] == result


@pytest.mark.parametrize(
    ("fail_on", "result"), [("error", "fail"), ("warn", "fail"), ("never", "pass")]
)
def test_fail_on_an_error(fail_on: str, result: str) -> None:
    (case,) = (case for case in cases.load() if case.name == "public model becomes protected")
    assert cases.report(case, {"fail_on": fail_on})["result"] == result


@pytest.mark.parametrize(
    ("pattern", "value", "matches"),
    [
        ("models/staging", "models/staging/stg_users.sql", True),
        ("models/staging", "models/staging", True),
        ("models/staging", "models/staging_old/stg_users.sql", False),
        ("models/*/stg_*", "models/staging/stg_users.sql", True),
        ("models/a.sql", "models/axsql", False),
        ("*", "anything", True),
        ("*", None, False),
        ("models/staging", None, False),
    ],
)
def test_a_pattern_of_ignore(pattern: str, value: str | None, matches: bool) -> None:
    assert cases.host().call("_matches", pattern, value) is matches
