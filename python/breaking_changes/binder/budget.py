"""What the analysis of one statement may cost: SQL comes from whoever opens a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import TokenType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlglot import Token

MOST_NESTED = 300
"""Brackets within brackets; the parser's compiled half does not survive thousands of them."""

MOST_INDEXES = 100
"""Brackets behind one another, as in `a[1][2]`: the parser's time grows with their square."""

LONGEST_INTERVAL = 1000
"""Characters of a text behind INTERVAL, which the parser matches in square time."""

LONGEST_NUMBER = 1000
"""Digits."""

MOST_COLUMNS = 500_000
"""Columns of all queries within a statement together."""

LONGEST_TEXT = 400
"""Characters of a column's canonical text, beyond which a hash stands for it."""

LONGEST_TYPE = 100_000
"""Characters; a longer type is not known."""

DEEPEST_TYPE = 60
"""Types within types; what is nested deeper is not known."""

_OPEN = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
_CLOSE = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})


class TooLargeError(ValueError):
    """A statement is beyond what is analysed; the text is a sentence that says why."""


def readable(type_: str | None) -> str | None:
    """A type that can be read in reasonable time; None for any other."""
    if type_ is None or len(type_) > LONGEST_TYPE:
        return None
    if len(type_) < DEEPEST_TYPE:
        return type_
    depth = 0
    for sign in type_:
        depth += (sign in "(<") - (sign in ")>")
        if depth > DEEPEST_TYPE:
            return None
    return None if type_.count("[") > DEEPEST_TYPE else " ".join(type_.split())


def check(tokens: Sequence[Token]) -> None:
    """Refuse a statement that would keep the parser busy for too long.

    Raises:
        TooLargeError: the statement is nested too deeply or has too long a literal.
    """
    depth = indexes = 0
    before: TokenType | None = None
    for token in tokens:
        kind = token.token_type
        if kind in _OPEN:
            depth += 1
            chained = kind is TokenType.L_BRACKET and before is TokenType.R_BRACKET
            indexes = indexes + 1 if chained else 0
            if depth > MOST_NESTED or indexes > MOST_INDEXES:
                raise TooLargeError("The SQL is nested too deeply to be parsed.")
        elif kind in _CLOSE:
            depth -= 1
        elif kind is TokenType.NUMBER and len(token.text) > LONGEST_NUMBER:
            raise TooLargeError(f"The SQL has a number of {len(token.text)} digits.")
        elif before is TokenType.INTERVAL and len(token.text) > LONGEST_INTERVAL:
            raise TooLargeError(f"The SQL has an interval of {len(token.text)} characters.")
        before = kind
