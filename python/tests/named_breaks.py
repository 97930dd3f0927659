"""What the facts of two sides say does not bind, beside what a report says breaks."""

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
