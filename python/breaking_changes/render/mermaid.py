"""A mermaid graph of what breaks, for Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from breaking_changes.render.graph import graph_of
from breaking_changes.render.material import Material, Report
from breaking_changes.render.words import name, one_line

#: A wider graph is no longer read, and GitHub stops drawing somewhere above it.
MAX_BOXES = 40

#: Columns named on one arrow.
MAX_COLUMNS = 3

_SPECIAL = re.compile(r"[^\w .,:/()=-]")


def diagram(report: Report, material: Material, names: Mapping[str, str]) -> tuple[str, int]:
    """The fenced diagram, and how many broken consumers are not in it; empty when none breaks."""
    lines: list[str] = []
    edges: dict[tuple[str, str], dict[str, None]] = {}
    ids: dict[str, str] = {}
    kinds: dict[str, str] = {}
    left_out = 0
    groups = material.call("_groups", report)
    for change in (one for group in groups for one in (group["cause"], *group["followers"])):
        if change["acknowledged"] or not any(
            impact["verdict"] == "breaks" for impact in change["impact"]
        ):
            continue
        room = MAX_BOXES - len(ids)
        graph = graph_of(change, material.prior_lineage, verdicts=("breaks",), limit=max(room, 0))
        left_out += graph.left_out
        if len(graph.boxes) < 2:
            continue
        for box in graph.boxes:
            if box.node not in ids:
                ids[box.node] = f"n{len(ids)}"
                lines.append(
                    f'  {ids[box.node]}["{_label(names.get(box.node) or name(box.node))}"]'
                )
            if box.verdict:
                kinds[box.node] = box.verdict
            elif box.node == change["node"]:
                kinds.setdefault(box.node, "changed")
        for (source, column), (target, _) in graph.edges:
            columns = edges.setdefault((ids[source], ids[target]), {})
            if column:
                columns[_label(column)] = None
    if not lines:
        return "", left_out
    arrows = [
        f"  {source} {_arrow(list(columns))} {target}"
        for (source, target), columns in edges.items()
    ]
    styles = [
        *(f"  class {ids[node]} {kind}" for node, kind in kinds.items()),
        "  classDef changed stroke:#bf8700,stroke-width:2px",
        "  classDef breaks stroke:#cf222e,stroke-width:2px",
    ]
    return "\n".join(["```mermaid", "graph LR", *lines, *arrows, *styles, "```"]), left_out


def _arrow(columns: list[str]) -> str:
    if not columns:
        return "-->"
    more = f" and {len(columns) - MAX_COLUMNS} more" if len(columns) > MAX_COLUMNS else ""
    return f'-- "{", ".join(columns[:MAX_COLUMNS])}{more}" -->'


def _label(text: str) -> str:
    """Text that mermaid shows as it is: everything special as an entity code of mermaid's own."""
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", one_line(text, 60))
