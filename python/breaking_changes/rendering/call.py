"""One rendering under way: the node, its world and what it asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from breaking_changes.artifacts import Node

ColumnList = Sequence[tuple[str, str | None]]
Rows = Sequence["str | int | float"]
ColumnsOf = Callable[[str], ColumnList | None]


@dataclass(frozen=True)
class MadeUp:
    """What a rendering takes for true though nobody knows it.

    Attributes:
        rows: The values of the one column that every query finds, one a row; none where a query
            ends the rendering.
        target: Members of `target` that the manifest does not tell; any other ends the rendering.
    """

    rows: Rows | None = None
    target: Mapping[str, str] = field(default_factory=dict)


class Call:
    """What one rendering is about.

    Args:
        node: The node.
        columns_of: The columns of a node's relation by its unique_id; none when not known.
        incremental: Whether the node's own relation exists already.
        is_empty: Whether the warehouse holds no relation at all, as that of a CI job may.
        made_up: What it takes for true.
    """

    def __init__(
        self,
        node: Node,
        columns_of: ColumnsOf,
        incremental: bool,
        is_empty: bool = False,
        made_up: MadeUp | None = None,
    ) -> None:
        self.node = node
        self.incremental = incremental
        self.is_empty = is_empty
        self.made_up = made_up or MadeUp()
        #: What `statement` keeps by its name.
        self.results: dict[str, dict[str, Any]] = {}
        self.asked: dict[str, bool] = {}
        self._columns_of = columns_of

    def columns(self, unique_id: str) -> ColumnList:
        """The columns of a relation, none of them when they are not known."""
        known = self._columns_of(unique_id)
        self.asked[unique_id] = known is not None
        return known or ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Relations whose columns were asked for and are not known."""
        return tuple(name for name, known in self.asked.items() if not known)
