"""GitHub's workflow commands: escaped, on the right line, and no more than GitHub shows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from render import samples


def lines(report: dict[str, Any]) -> list[str]:
    text: str = samples.HOST.call("_render", report, "github", "prod-state")
    return text.split("\n")


def test_the_commands_of_a_small_report() -> None:
    commands = [line for line in lines(samples.SMALL) if line.startswith("::")]
    assert [command.partition("%0A")[0] for command in commands] == [
        "::error file=models/stg_users.sql,line=1,title=column_removed::"
        "stg_users.phone was removed",
        "::warning file=models/stg_orders.sql,line=1,title=column_type_widened::"
        "stg_orders.amount is wider: DECIMAL(10,2) to DECIMAL(12,2)",
        "::notice title=model_removed::old_users was removed",
    ]


def test_what_follows_is_told_with_its_cause() -> None:
    first = lines(samples.SMALL)[0].split("%0A")
    assert "one finding follows: int_users.phone" in first
    assert (
        first[1] == "breaks   mart_users  models/mart_users.sql:4  reads stg_users.phone in WHERE"
    )


@pytest.mark.parametrize("findings", [9, 10, 11, 400])
def test_the_ten_that_matter_and_the_rest_counted(findings: int) -> None:
    report = samples.big(findings)
    printed = lines(report)
    commands = [match[1] for line in printed if (match := re.match(r"::(\w+) ", line))]
    errors = sum(change["severity"] == "error" for change in report["changes"])
    assert len(commands) == min(findings, 10)
    assert commands.count("error") == min(errors, 10)
    rest = [line for line in printed if " more finding" in line]
    assert [int(line.split()[0]) for line in rest] == [findings - 10] * (findings > 10)


def test_hostile_names_begin_no_command() -> None:
    evil = "x\n::error::forged\r\n::stop-commands::x"
    report = samples.report(
        [
            samples.change("column_removed", "model.shop.a", f"{evil}{number}", message=evil)
            for number in range(12)
        ],
        not_compared=[{"node": evil, "reason": evil, "readers": [evil]}],
    )
    commands = [line for line in lines(report) if line.lstrip().startswith("::")]
    assert len(commands) == 10
    assert all(line.startswith("::error file=models/a.sql,line=1,title=") for line in commands)
