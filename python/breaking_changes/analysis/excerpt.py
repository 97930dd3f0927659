"""Cuts the expression around a place out of a statement's text."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from sqlglot.tokenizer_core import TokenType

LONGEST = 120
"""Characters of an excerpt, so that a report's line stays readable."""

_OPEN = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
_CLOSE = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})
_QUERY = frozenset({TokenType.SELECT, TokenType.WITH, TokenType.FROM})
_BOUNDARY_NAMES = """
SELECT DISTINCT FROM WHERE ON AND OR GROUP_BY ORDER_BY PARTITION_BY HAVING QUALIFY JOIN INNER LEFT
RIGHT FULL CROSS LATERAL ROWS RANGE LIMIT OFFSET UNION INTERSECT EXCEPT USING WINDOW ALIAS WITH WHEN
THEN ELSE CASE END ASC DESC FETCH PIVOT UNPIVOT NATURAL ASOF SEMI ANTI COMMA SEMICOLON
"""
_BOUNDARY = frozenset(
    kind for name in _BOUNDARY_NAMES.split() if (kind := getattr(TokenType, name, None)) is not None
)


class Excerpts:
    """Finds the whole operand of a clause or connective around an offset.

    Brackets of calls and groups belong to the operand that they stand in; a subquery in brackets
    has operands of its own.
    """

    def __init__(self, sql: str, tokens: list[Any]) -> None:
        """Take the statement and its tokens."""
        self._sql = sql
        self._tokens = tokens
        self._starts: list[int] = []
        self._owners: list[int] = []
        self._spans: list[list[int]] = []

    def around(self, start: int) -> str:
        """The expression around an offset on one line, cut when it is long."""
        if not self._starts:
            self._divide()
        if not self._starts:
            return ""
        here = self._owners[max(bisect_right(self._starts, start) - 1, 0)]
        first, end = self._spans[here]
        text = " ".join(self._sql[first : end + 1].split())
        return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."

    def _divide(self) -> None:
        """Assign each token to the operand that it belongs to, in one pass."""
        spans, owners, starts = self._spans, self._owners, self._starts
        stack: list[tuple[int, int]] = []
        depth, current, opened = 0, -1, False
        for token in self._tokens:
            kind = token.token_type
            if opened and kind in _QUERY:
                stack.append((depth - 1, current))
                depth, current = 0, -1
            opened = kind in _OPEN
            starts.append(token.start)
            if opened:
                depth += 1
            elif kind in _CLOSE:
                depth -= 1
                if depth < 0 and stack:
                    depth, current = stack.pop()
            boundary = depth == 0 and kind in _BOUNDARY
            if boundary or current < 0:
                spans.append([token.start, token.end])
                current = len(spans) - 1
            owners.append(current)
            spans[current][1] = token.end
            if boundary:
                current = -1
