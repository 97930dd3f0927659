"""A consumer that several findings concern is listed in the one that harms it most, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from rules import cases, sides

COLUMNS = {"id": "INTEGER", "name": "VARCHAR", "phone": "VARCHAR"}
USERS = {"facts": {"columns": COLUMNS}}
READS = ["users:name SELECT", "users:phone WHERE"]
MART = {"from": ["users"], "facts": {"columns": {"id": "INTEGER"}, "reads": READS}}
BROKEN = {
    "columns": {"id": "INTEGER"},
    "unbound": ["missing users:name SELECT", "missing users:phone WHERE"],
}
LESS = {"sql": "select id", "facts": {"columns": {"id": "INTEGER"}}}
ACK = {"rule": "column_removed", "column": "name", "reason": "agreed"}

Nodes = Mapping[str, Any]

# Of each finding the consumers with verdict and further proofs, and how many are listed elsewhere.
LISTED: dict[str, tuple[Nodes, Nodes, dict[str, Any]]] = {
    "two reasons to break, both shown": (
        {"users": USERS, "mart": MART},
        {"users": LESS, "mart": {**MART, "facts": BROKEN}},
        {
            "users:name": ({"mart": ("breaks", [("users:phone", 3, "WHERE")])}, 0),
            "users:phone": ({}, 1),
        },
    ),
    "what was agreed comes after what was not": (
        {"users": USERS, "mart": MART},
        {
            "users": {**LESS, "meta": {"breaking_changes_ack": [ACK]}},
            "mart": {**MART, "facts": BROKEN},
        },
        {
            "users:phone": ({"mart": ("breaks", [("users:name", 3, "SELECT")])}, 0),
            "users:name": ({}, 1),
        },
    ),
    "a break before an adapted consumer, which proves nothing more": (
        {"users": USERS, "mart": MART},
        {
            "users": LESS,
            "mart": {
                **MART,
                "sql": "select 2",
                "facts": {**BROKEN, "unbound": ["missing users:phone WHERE"]},
            },
        },
        {
            "users:name": ({}, 1),
            "users:phone": ({"mart": ("breaks", [])}, 0),
        },
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), LISTED.values(), ids=LISTED)
def test_a_consumer_is_listed_once(before: Nodes, after: Nodes, expected: dict[str, Any]) -> None:
    report = cases.host().call(
        "find_breaking_changes",
        *(sides.side(before), sides.side(after), sides.facts(before), sides.facts(after)),
        cases.settings({}),
    )
    names = {
        change["fingerprint"]: f"{sides.short(change['node'])}:{change['column']}"
        for change in report["changes"]
    }
    found = {}
    for change in report["changes"]:
        impact = {}
        for entry in change["impact"]:
            also = [
                (names[one["finding"]], one["line"], one["detail"].split()[-1])
                for one in entry["also"]
            ]
            impact[sides.short(entry["node"])] = (entry["verdict"], also)
        found[names[change["fingerprint"]]] = (impact, change["elsewhere"])
    assert found == expected
