"""The words that several formats share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from breaking_changes.macro_lists import verdicts
from breaking_changes.render.material import Report

_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]+"
)


def one_line(text: object, limit: int = 500) -> str:
    """The text on one line, without control characters, cut when longer than ``limit``."""
    line = _UNPRINTABLE.sub(" ", str(text)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends in a mark already."""
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def name(unique_id: str) -> str:
    """What people call a node: ``model.shop.stg_users`` is stg_users; tests lose their hash."""
    parts = unique_id.split(".", 2)
    return parts[-1].rpartition(".")[0] or parts[-1] if parts[0] == "test" else parts[-1]


def subject(change: Mapping[str, Any]) -> str:
    """What changed: ``stg_users.phone``, or the node alone."""
    column = change["column"]
    return name(change["node"]) + (f".{column}" if column else "")


def location(item: Mapping[str, Any]) -> str:
    """``models/a.sql:7``, as far as it is known; else an empty string."""
    path, line = item["path"], item["line"]
    return (f"{path}:{line}" if line else str(path)) if path else ""


def counted(number: int, word: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def headline(report: Report) -> str:
    """The report in one line, as the macros say it."""
    return str(report["headline"])


def coverage_line(report: Report) -> str:
    """How much was compared, and on what evidence, as one sentence."""
    coverage = report["coverage"]
    evidence = ", ".join(f"{count:,} {kind}" for kind, count in coverage["by_evidence"].items())
    line = f"{coverage['changed']:,} of {counted(coverage['nodes'], 'node')} changed, "
    line += f"{coverage['compared']:,} compared" + (f" ({evidence})" if evidence else "")
    if coverage["not_compared"]:
        line += f", {len(coverage['not_compared']):,} not compared"
    return line + "." + _ignored(coverage["ignored"])


def why_not_compared(entry: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """The reason, and the consumers that are left without a verdict."""
    consumers = [(names or {}).get(node, node) for node in entry["readers"]]
    if not consumers:
        return str(entry["reason"])
    shown = ", ".join(consumers if len(consumers) <= 6 else consumers[:5])
    more = f" and {len(consumers) - 5:,} more" if len(consumers) > 6 else ""
    return f"{entry['reason']}; downstream nodes not checked: {shown}{more}"


def _ignored(entries: Sequence[Mapping[str, Any]]) -> str:
    """A sentence on what a setting left out, because the report would look clean without it."""
    changes, breaks = (sum(entry[key] for entry in entries) for key in ("changes", "breaks"))
    if not changes:
        return ""
    proven = f", {breaks:,} with a proven break" if breaks else ""
    return f" {counted(changes, 'change')} ignored by breaking_changes_ignore{proven}."


def verdict_counts(change: Mapping[str, Any]) -> str:
    """``breaks 2, changes 1``, in the order of weight; empty without consumers."""
    counts = Counter(impact["verdict"] for impact in change["impact"])
    return ", ".join(f"{verdict} {counts[verdict]:,}" for verdict in verdicts() if counts[verdict])
