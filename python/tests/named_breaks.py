"""What the facts of two sides say, beside what a report says breaks or cannot be decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KEY = ("kind", "parent", "column", "clause")


def unnamed(
    report: Mapping[str, Any], prior: Mapping[str, Any], current: Mapping[str, Any]
) -> list[str]:
    """The nodes with an unresolved reference that is new and that the report does not name.

    Args:
        report: A report of level query or above that leaves nothing out.
        prior: The column lineage of the prior side.
        current: That of the current side. A node that is not in the prior one is new.
    """
    named = {
        entry["node"]
        for change in report["changes"]
        for entry in change["impact"]
        if entry["verdict"] == "breaks"
    }
    before, after = prior["nodes"], current["nodes"]
    return [
        f"{unique_id}: {reference}"
        for unique_id, facts in after.items()
        if unique_id not in named
        for reference in sorted(_misses(facts) - _misses(before.get(unique_id, {})))
    ]


def _misses(facts: Mapping[str, Any]) -> set[tuple[str, ...]]:
    return {
        tuple(reference.get(key) or "" for key in _KEY) for reference in facts.get("unbound") or []
    }


def undecided(
    report: Mapping[str, Any], prior: Mapping[str, Any], current: Mapping[str, Any]
) -> list[str]:
    """The nodes that were changed and compared, and of which a verdict is unknown all the same.

    A node counts as compared when it differs and the report does not list it as not compared. Who
    relies on a guarantee that is gone is never known.

    Args:
        report: A report of level query or above that leaves nothing out.
        prior: The column lineage of the prior side.
        current: That of the current side.
    """
    uncompared = {entry["node"] for entry in report["coverage"]["not_compared"]}
    before, after = prior["nodes"], current["nodes"]
    return [
        f"{entry['node']}: {entry['detail']}"
        for change in report["changes"]
        for entry in change["impact"]
        if entry["verdict"] == "unknown"
        and entry["detail"] != "may rely on it"
        and entry["node"] not in uncompared
        and _promised(before.get(entry["node"])) != _promised(after.get(entry["node"]))
    ]


def unexplained(
    report: Mapping[str, Any], prior: Mapping[str, Any], current: Mapping[str, Any]
) -> list[str]:
    """What `undecided` finds, but for nodes whose own SQL holds what nobody can know.

    Their columns are compared all the same: a reference is not understood, stands beside a value of
    unknown type, or gives a column of unknown type, as their facts say.

    Args:
        report: A report of level query or above that leaves nothing out.
        prior: The column lineage of the prior side.
        current: That of the current side.
    """
    doubtful = {
        unique_id
        for side in (prior, current)
        for unique_id, facts in side["nodes"].items()
        if facts["blind"]
        or facts["untyped"]
        or any(column["type"] is None for column in facts["columns"])
    }
    found = undecided(report, prior, current)
    return [one for one in found if one.split(": ", 1)[0] not in doubtful]


def _promised(facts: Mapping[str, Any] | None) -> list[Any]:
    """What consumers of a node rely on, as its facts say."""
    return [facts.get(key) for key in ("columns", "rows", "checksum")] if facts else []
