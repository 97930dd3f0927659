"""Collects what binding finds and says where in the SQL it is."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from breaking_changes.binder.excerpt import Excerpts
from breaking_changes.binder.model import Read, Star, Unbound, Untyped
from breaking_changes.binder.sqlglot_internals import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlglot import exp


class Findings:
    """Reads, unbound references and stars of one statement, the first of each kind."""

    def __init__(self, sql: str, tokens: list[Any]) -> None:
        """Take the statement and its tokens."""
        self._sql = sql
        self._lines = [0]
        start = sql.find("\n")
        while start >= 0:
            self._lines.append(start + 1)
            start = sql.find("\n", start + 1)
        self._excerpts = Excerpts(sql, tokens)
        self._reads: dict[tuple[str, str, str], int] = {}
        self._stars: dict[str, bool] = {}
        self._unbound: dict[tuple[str, str | None, str | None, str], tuple[int, str | None]] = {}
        self._untyped: dict[tuple[str, str, str, int], tuple[str, ...]] = {}
        self.blind: str | None = None

    def read(self, relation: str, column: str, clause: str, node: exp.Expr) -> None:
        """A base column is used by name."""
        entry = (relation, column, clause)
        if entry not in self._reads:
            self._reads[entry] = start_of(node)

    def star(self, relation: str, positional: bool = False) -> None:
        """All columns of a relation flow on."""
        self._stars[relation] = positional or self._stars.get(relation, False)

    def is_starred(self, relation: str) -> bool:
        """Whether all columns of a relation flow on, by a star or as a whole row."""
        return relation in self._stars

    def unbound(
        self,
        kind: str,
        relations: Iterable[str],
        column: str | None,
        clause: str,
        node: exp.Expr,
        detail: str | None = None,
    ) -> None:
        """The engine refuses a reference; listed for each relation that could have held it."""
        at = start_of(node)
        for relation in tuple(relations) or (None,):
            self._unbound.setdefault((kind, relation, column, clause), (at, detail))

    def untyped(
        self, base: tuple[str, str], clause: str, node: exp.Expr, accepts: tuple[str, ...]
    ) -> None:
        """A base column meets a value of unknown type."""
        entry = (*base, clause, start_of(node))
        known = self._untyped.get(entry, accepts)
        self._untyped[entry] = tuple(name for name in known if name in accepts)

    def cannot_know(self, reason: str) -> None:
        """Some reference cannot be accounted for; the first reason is kept."""
        self.blind = self.blind or reason

    def offset_of(self, text: str) -> int:
        """Where a text stands in the SQL, the start when it is written otherwise there."""
        return max(0, self._sql.find(text))

    def reads(self) -> tuple[Read, ...]:
        """All reads in the order of the SQL."""
        found = sorted(self._reads.items(), key=lambda item: (item[1], item[0]))
        return tuple(
            Read(relation, column, clause, *self._place(at), self._excerpts.around(at))
            for (relation, column, clause), at in found
        )

    def stars(self) -> tuple[Star, ...]:
        """All stars, by relation."""
        return tuple(Star(*item) for item in sorted(self._stars.items()))

    def all_unbound(self) -> tuple[Unbound, ...]:
        """All unbound references in the order of the SQL."""
        found = sorted(
            self._unbound.items(),
            key=lambda item: (item[1][0], tuple(part or "" for part in item[0])),
        )
        return tuple(
            Unbound(
                kind, relation, column, clause, *self._place(at), self._excerpts.around(at), detail
            )
            for (kind, relation, column, clause), (at, detail) in found
        )

    def all_untyped(self) -> tuple[Untyped, ...]:
        """Where columns meet values of unknown type, in the order of the SQL."""
        found = sorted(self._untyped.items(), key=lambda item: (item[0][3], item[0]))
        return tuple(
            Untyped(relation, column, clause, *self._place(at), self._excerpts.around(at), accepts)
            for (relation, column, clause, at), accepts in found
        )

    def _place(self, start: int) -> tuple[int, int]:
        line = bisect_right(self._lines, start)
        return line, start - self._lines[line - 1] + 1


def start_of(node: exp.Expr) -> int:
    """The offset in the SQL of an expression's first positioned part, 0 when none has one."""
    own = place_of(node)
    if own is not None:
        return own
    return min((at for child in node.walk() if (at := place_of(child)) is not None), default=0)
