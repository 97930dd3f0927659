"""What analyses in one dialect have found out before, kept for the next statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from breaking_changes.binder.inference import Doubt
    from breaking_changes.binder.model import Relation
    from breaking_changes.binder.scopes import Table

MOST_HARMLESS = 50_000
"""Operations; they grow with the types in use, not with the number of statements."""

MOST_TABLES = 4096
"""Relations."""


@dataclass(slots=True)
class Memory:
    """Facts that hold for every statement of a dialect; losing them costs time alone.

    A relation is kept beside its table so that its id stays its own; tables are never changed.
    """

    _harmless: set[Doubt] = field(default_factory=set)
    _tables: dict[int, tuple[Relation, Table]] = field(default_factory=dict)

    def is_harmless(self, doubt: Doubt) -> bool:
        """Whether the engine is known to accept an operation."""
        return doubt in self._harmless

    def note_harmless(self, doubts: Iterable[Doubt]) -> None:
        """Remember operations that the engine accepts."""
        if len(self._harmless) < MOST_HARMLESS:
            self._harmless.update(doubts)

    def table(self, relation: Relation) -> Table | None:
        """The table of a relation that was read before: many statements read the same object."""
        kept = self._tables.get(id(relation))
        return kept[1] if kept is not None else None

    def keep_table(self, relation: Relation, table: Table) -> None:
        """Remember the table of a relation."""
        if len(self._tables) >= MOST_TABLES:
            self._tables.clear()
        self._tables[id(relation)] = (relation, table)
