"""What every judge can be asked: does the query bind, and what are its columns?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from breaking_changes.binder import Relation


@dataclass(frozen=True)
class Answer:
    """What an engine says of a query: the (name, type) of its columns, or why it refuses it."""

    columns: tuple[tuple[str, str], ...] | None
    error: str | None = None


class Judge(Protocol):
    """An engine's own analyzer.

    Attributes:
        name: The engine and its version, as docs/accuracy.md shows it.
    """

    name: str

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The engine's answer to one query over empty relations of these columns."""


def built(columns: list[tuple[str, str]]) -> Answer:
    """The answer of an engine that selects two columns of one name but builds no relation of them.

    Names of columns are compared without case, as these engines do.
    """
    names = [name.lower() for name, _ in columns]
    for name in names:
        if names.count(name) > 1:
            return Answer(None, f"a relation cannot have two columns {name}")
    return Answer(tuple(columns))
