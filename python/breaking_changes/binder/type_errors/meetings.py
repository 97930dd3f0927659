"""Where an operand meets another of unknown type, and what the engine accepts beside it."""

from __future__ import annotations

from functools import lru_cache

from breaking_changes.binder.type_errors.engines import table_of
from breaking_changes.binder.type_errors.table import REFUSED

_LITERALS = frozenset({"number", "text", "null"})
"""Classes that no column and no computed value has."""


@lru_cache(maxsize=4096)
def accepted_beside(
    engine: str, question: str, classes: frozenset[str], place: int
) -> tuple[str, ...] | None:
    """The classes that the engine may accept as the other operand, None where no table says.

    Args:
        engine: sqlglot's name of the dialect.
        question: A question of two operands, such as ``$1 = $2``.
        classes: What the known operand may be.
        place: 0 when the known operand comes first in the question, else 1.
    """
    table = table_of(engine)
    answers = table.double.get(question) if table else None
    if not answers or not classes or classes & _LITERALS or table is None:
        return None
    return tuple(
        other
        for other in table.classes
        if other not in _LITERALS
        and not any(
            answers.get((known, other) if place == 0 else (other, known)) == REFUSED
            for known in classes
        )
    )
