"""What binding asks of type inference, whichever way an engine's types are inferred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlglot import exp

    from breaking_changes.binder.scopes import Value


Doubt = tuple[object, ...]
"""An operation and its operands' types, of which it is not known that the engine accepts it."""


class Typer(Protocol):
    """Infers types; each type is in the engine's own spelling, None when it is not known.

    `judges` says whether there is a table of what the engine refuses.
    """

    judges: bool

    def open_clause(self) -> object:
        """Start to collect doubts for one clause; gives what was collected around it."""

    def close_clause(self, around: object) -> set[Doubt]:
        """What the typing rules have to be asked about in the clause; goes on around it."""

    def is_settled(self, doubt: Doubt) -> bool:
        """Whether what was found of a doubt holds wherever it comes up again."""

    def infer(self, node: exp.Expr, operands: list[Value]) -> str | None:
        """The type of an operator or function over its bound operands, in the order of the SQL."""

    def bound(self, node: exp.Expr, type_: str | None) -> None:
        """Take note of the type of a column or subquery."""

    def parsed(self, type_: str | None) -> exp.DataType:
        """A type as sqlglot represents it."""

    def final(self, type_: str | None) -> str | None:
        """The type that a value has when it meets nothing: literals have taken theirs."""

    def annotate(self, node: exp.Expr) -> None:
        """Set the types of an expression's parts, those of its columns being set already."""

    def finish(self, node: exp.Expr, type_: str | None) -> str | None:
        """The type of a whole output expression as the engine stores it."""

    def unify(self, types: Iterable[str | None]) -> str | None:
        """The common type that the branches of a set operation or VALUES are cast to."""

    def members_unify(self, one: str | None, other: str | None) -> bool:
        """Whether operations that never cast text (IN (SELECT ...), FULL JOIN USING, UNPIVOT) can
        take two types together; True where that is not known."""

    def unpivots(self, one: str | None, other: str | None) -> bool:
        """Whether UNPIVOT makes one column of two types; True where that is not known."""

    def members_of(self, type_: str | None) -> tuple[str, ...] | None:
        """The classes of types that `members_unify` takes together with one, None where that is not
        known."""

    def niladic(self, name: str) -> str | None:
        """The type of a function that is called without parentheses, such as current_date."""

    def element_by_name(self, type_: str | None) -> str | None:
        """The type of a named part of a value that is no struct (JSON, map)."""

    def is_scalar(self, type_: str | None) -> bool:
        """Whether a type is known to have no named parts."""

    def element(self, type_: str | None) -> str | None:
        """The type of an array's elements."""

    def aggregates(self, name: str) -> bool:
        """Whether a function that the parser does not know is an aggregate."""
