"""From one change to what it breaks, column by column, as boxes and edges to draw."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from breaking_changes.macro_lists import verdicts as all_verdicts

#: A row of a box: the box's node and the column (or clause) in it; none for the box itself.
Row = tuple[str, str | None]


@dataclass(frozen=True)
class Box:
    """One node of the project: how far it lies from the change, and its rows."""

    node: str
    depth: int
    verdict: str | None
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """Boxes in the order of their depth, and edges between rows of them."""

    boxes: tuple[Box, ...]
    edges: tuple[tuple[Row, Row], ...]
    left_out: int


def graph_of(
    change: Mapping[str, Any],
    lineage: Mapping[str, Any],
    verdicts: Iterable[str] | None = None,
    limit: int = 60,
) -> Graph:
    """The graph of one change.

    Args:
        change: An entry of the report's ``changes``.
        lineage: Nodes of the prior side's column_lineage.json; without them edges join boxes only.
        verdicts: Consumers to draw, the heaviest first; all by default.
        limit: Boxes at most; the consumers that do not fit are counted.
    """
    order = list(all_verdicts() if verdicts is None else verdicts)
    consumers = [impact for impact in change["impact"] if impact["verdict"] in order]
    consumers.sort(key=lambda impact: (order.index(impact["verdict"]), len(impact["via"])))
    start = change["node"]
    depths = {start: 0}
    steps: dict[tuple[str, str], None] = {}
    left_out = 0
    for impact in consumers:
        path = [start, *impact["via"], impact["node"]]
        if len(depths) + sum(node not in depths for node in path) > limit:
            left_out += 1
            continue
        for parent, child in itertools.pairwise(path):
            # The first path to a node fixes its depth: edges that would turn back are not drawn.
            depths.setdefault(child, depths[parent] + 1)
            if depths[child] > depths[parent]:
                steps[parent, child] = None
    verdict_of = {impact["node"]: impact["verdict"] for impact in consumers}
    rows, edges = _trace(change, list(steps), depths, lineage)
    boxes = tuple(
        Box(node, depth, verdict_of.get(node), tuple(rows[node]))
        for node, depth in sorted(depths.items(), key=lambda item: item[1])
    )
    return Graph(boxes, tuple(edges), left_out)


def _trace(
    change: Mapping[str, Any],
    steps: list[tuple[str, str]],
    depths: Mapping[str, int],
    lineage: Mapping[str, Any],
) -> tuple[dict[str, dict[str, None]], list[tuple[Row, Row]]]:
    """Follows the changed column along the steps: the rows of each box, the edges of each row."""
    rows: dict[str, dict[str, None]] = defaultdict(dict)
    edges: dict[tuple[Row, Row], None] = {}
    if change["column"]:
        rows[change["node"]][change["column"]] = None
    carried = {change["node"]: list(rows[change["node"]])}
    for parent, child in sorted(steps, key=lambda step: depths[step[0]]):
        facts = lineage.get(child) or {}
        drawn = False
        for column in carried.get(parent, []):
            for consumer, carries in _consumers(facts, parent, column):
                rows[child][consumer] = None
                edges[(parent, column), (child, consumer)] = None
                drawn = True
                if carries and consumer not in carried.setdefault(child, []):
                    carried[child].append(consumer)
        if not drawn:
            source = next(iter(carried.get(parent, [])), None)
            edges[(parent, source), (child, None)] = None
    return rows, list(edges)


def _consumers(facts: Mapping[str, Any], parent: str, column: str) -> list[tuple[str, bool]]:
    """Columns that carry the parent's column on, then clauses that only read it."""
    wanted = (parent, column.lower())
    found = [
        (str(one["name"]), True)
        for one in facts.get("columns") or []
        if any((node, str(name).lower()) == wanted for node, name in one.get("from") or [])
    ]
    found += [
        (str(read["clause"]), False)
        for read in facts.get("reads") or []
        if (read["parent"], str(read["column"]).lower()) == wanted and read["clause"] != "SELECT"
    ]
    return found
