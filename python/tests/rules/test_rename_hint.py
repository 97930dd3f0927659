"""When a removed column's message asks whether a new one is the same under another name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from rules import cases, sides

Columns = Mapping[str, Any]

# columns before and after, and what phone was possibly renamed to
HINTS: dict[str, tuple[Columns, Columns, str | None]] = {
    "one new column of the type": ({"phone": "VARCHAR"}, {"tel": "varchar"}, "tel"),
    "two new columns of the type": (
        {"phone": "VARCHAR"},
        {"tel": "VARCHAR", "fax": "VARCHAR"},
        None,
    ),
    "one of the type, one of another": (
        {"phone": "VARCHAR"},
        {"tel": "VARCHAR", "age": "INTEGER"},
        "tel",
    ),
    "no new column of the type": ({"phone": "VARCHAR"}, {"tel": "INTEGER"}, None),
    "its own type is not known": ({"phone": None}, {"tel": None}, None),
    "a column that was there": ({"phone": "VARCHAR", "tel": "VARCHAR"}, {"tel": "VARCHAR"}, None),
    "new, from the same origin": (
        {"phone": ["VARCHAR", "a.phone", "source.raw.a:phone"]},
        {"tel": ["VARCHAR", "trim(a.phone)", "source.raw.a:PHONE"]},
        "tel",
    ),
    "new, from another origin": (
        {"phone": ["VARCHAR", "a.phone", "source.raw.a:phone"]},
        {"tel": ["VARCHAR", "a.tel", "source.raw.a:tel"]},
        None,
    ),
    "new, of which no origin is known": (
        {"phone": ["VARCHAR", "a.phone", "source.raw.a:phone"]},
        {"tel": ["VARCHAR", None]},
        "tel",
    ),
    "new, with what another column was": (
        {
            "phone": ["VARCHAR", "a.phone || a.tel", "source.raw.a:phone", "source.raw.a:tel"],
            "other": ["VARCHAR", "a.tel", "source.raw.a:tel"],
        },
        {
            "other": ["VARCHAR", "'x'"],
            "tel": ["VARCHAR", "a.tel", "source.raw.a:tel"],
        },
        None,
    ),
    "new, but another one's new name": (
        {
            "phone": ["VARCHAR", "a.phone", "source.raw.a:phone"],
            "fax": ["VARCHAR", "a.fax", "source.raw.a:fax"],
        },
        {"tel": ["VARCHAR", "a.fax", "source.raw.a:fax"]},
        None,
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), HINTS.values(), ids=HINTS)
def test_a_hint_names_the_one_that_it_could_be(
    before: Columns, after: Columns, expected: str | None
) -> None:
    was, now = (
        {"users": {"sql": str(names), "facts": {"columns": {"id": "BIGINT", **names}}}}
        for names in (before, after)
    )
    report = cases.host().call(
        "find_breaking_changes",
        *(sides.side(was), sides.side(now), sides.facts(was), sides.facts(now)),
        cases.settings({}),
    )
    (message,) = (
        change["message"]
        for change in report["changes"]
        if (change["rule"], change["column"]) == ("column_removed", "phone")
    )
    hint = message.partition("possibly renamed to ")[2].partition(";")[0]
    assert hint == (expected or "")
