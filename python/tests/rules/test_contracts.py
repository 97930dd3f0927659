"""Changes to enforced contracts: what the installed dbt says, and what the rules say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from dbt.version import __version__ as dbt_version
from rules import cases, contracts, pages, sides

TABLE = yaml.safe_load(pages.CONTRACTS.read_text(encoding="utf-8"))
DBT = ".".join(dbt_version.split(".")[:2])


def test_dbt_says_so() -> None:
    if DBT not in TABLE["nothing"]["dbt"]:
        pytest.skip(f"docs/contracts.yml has no answers of dbt {DBT}")
    assert contracts.dbt_says() == {change: row["dbt"][DBT] for change, row in TABLE.items()}


def _spec(model: Mapping[str, Any]) -> dict[str, Any]:
    """A model of the table in the notation of the cases."""
    return {
        "columns": {
            name: {"type": column["data_type"], "constraints": column.get("constraints", [])}
            for name, column in model["columns"].items()
        },
        "contract": model.get("enforced", True),
        "constraints": model.get("constraints", []),
        "materialized": model.get("materialized", "table"),
        "deprecation": "2020-01-01" if model.get("deprecated") else None,
    }


def _rules(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> set[str]:
    current = {"users": _spec(after)} if after else {}
    report = cases.host().call(
        "find_breaking_changes",
        *(sides.side({"users": _spec(before)}, "postgres"), sides.side(current, "postgres")),
        *(None, None),
        cases.settings({"level": "strict"}),
    )
    return {change["rule"] for change in report["changes"]}


@pytest.mark.parametrize("change", TABLE)
def test_the_rules_say_so(change: str) -> None:
    assert _rules(*contracts.CHANGES[change]) == set(TABLE[change]["rules"])


#: Where dbt sees a breaking change and no rule fires, and why.
NOT_SAID = {"a type spelled otherwise": "both texts name the same type"}


@pytest.mark.parametrize("change", TABLE)
def test_what_dbt_refuses_is_found(change: str) -> None:
    row = TABLE[change]
    refused = any("error" in answers for answers in row["dbt"].values())
    assert not refused or row["rules"] or change in NOT_SAID
