"""What decides whether a run passes where no consumer breaks."""

from __future__ import annotations

from typing import Any

import pytest
from rules import cases, sides

BEFORE: dict[str, Any] = {
    "users": {"facts": {"columns": {"id": "INTEGER", "phone": "VARCHAR"}}},
    "mart": {"from": ["users"], "facts": {"columns": {}, "blind": "it cannot be read"}},
}
AFTER = {**BEFORE, "users": {"sql": "select 2", "facts": {"columns": {"id": "INTEGER"}}}}


@pytest.mark.parametrize(
    ("settings", "severity", "result"),
    [
        ({}, "warn", "pass"),
        ({"promise": "all"}, "error", "fail"),
        ({"promise": "all", "fail_on": "never"}, "error", "pass"),
        ({"on_unknown": "fail"}, "warn", "fail"),
        ({"on_unknown": "fail", "fail_on": "never"}, "warn", "pass"),
        ({"on_unknown": "pass"}, "warn", "pass"),
        ({"on_unknown": "warn", "fail_on": "warn"}, "warn", "fail"),
    ],
)
def test_the_result(settings: dict[str, str], severity: str, result: str) -> None:
    report = cases.host().call(
        "find_breaking_changes",
        *(sides.side(BEFORE), sides.side(AFTER), sides.facts(BEFORE), sides.facts(AFTER)),
        {**cases.settings({}), **settings},
    )
    assert [change["severity"] for change in report["changes"]] == [severity]
    assert report["summary"]["undecided"] == {"changed": 0, "consumers": 1}
    assert report["result"] == result
