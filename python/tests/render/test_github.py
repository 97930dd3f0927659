"""GitHub's workflow commands: escaped, on the right line, and no more than GitHub shows."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from render import samples

from breaking_changes.macro_host import MacroHost

HOST = MacroHost()


def lines(report: dict[str, Any]) -> list[str]:
    text: str = HOST.call("_render_github", report)
    return text.split("\n")


def test_the_commands_of_a_small_report() -> None:
    commands = [line for line in lines(samples.SMALL) if line.startswith("::")]
    assert [command.partition("%0A")[0] for command in commands] == [
        "::error file=models/stg_users.sql,line=1,title=column_removed::"
        "stg_users.phone was removed",
        "::error file=models/int_users.sql,line=1,title=column_removed::"
        "int_users.phone was removed",
        "::warning file=models/stg_orders.sql,line=1,title=column_type_widened::"
        "stg_orders.amount is wider: DECIMAL(10,2) to DECIMAL(12,2)",
        "::notice title=model_removed::old_users was removed",
    ]


@pytest.mark.parametrize("findings", [39, 40, 400])
def test_no_more_than_github_shows_and_the_rest_as_text(findings: int) -> None:
    report = samples.big(findings)
    kinds = {"error": "error", "warn": "warning", "info": "notice"}
    expected = Counter(kinds[change["severity"]] for change in report["changes"])
    printed = lines(report)
    commands = Counter(match[1] for line in printed if (match := re.match(r"::(\w+) ", line)))
    plain = Counter(
        match[1] for line in printed if (match := re.match(r"(error|warning|notice) ", line))
    )
    assert commands == {kind: min(count, 10) for kind, count in expected.items()}
    assert commands + plain == expected


def test_hostile_names_begin_no_command() -> None:
    evil = "x\n::error::forged\r\n::stop-commands::x"
    report = samples.report(
        [samples.change("column_removed", "model.shop.a", evil, message=evil) for _ in range(12)],
        not_compared=[{"node": evil, "reason": evil, "readers": [evil]}],
    )
    commands = [line for line in lines(report) if line.lstrip().startswith("::")]
    assert len(commands) == 10
    assert all(line.startswith("::error file=models/a.sql,line=1,title=") for line in commands)
