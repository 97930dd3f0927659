"""Cuts the expression around a place out of a statement's text."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from sqlglot import TokenType

LONGEST = 120
"""Characters of an excerpt, so that a report's line stays readable."""

_OPEN, _CLOSE, _BOUNDARY, _QUERY = 1, 2, 4, 8
_KINDS = {
    _OPEN: "L_PAREN L_BRACKET L_BRACE",
    _CLOSE: "R_PAREN R_BRACKET R_BRACE",
    _QUERY: "SELECT WITH FROM",
    _BOUNDARY: """
        SELECT DISTINCT FROM WHERE ON AND OR GROUP_BY ORDER_BY PARTITION_BY HAVING QUALIFY JOIN
        INNER LEFT RIGHT FULL CROSS LATERAL ROWS RANGE LIMIT OFFSET UNION INTERSECT EXCEPT USING
        WINDOW ALIAS WITH WHEN THEN ELSE CASE END ASC DESC FETCH PIVOT UNPIVOT NATURAL ASOF SEMI
        ANTI COMMA SEMICOLON
    """,
}


def _signs() -> list[int]:
    """What each kind of token means here, by the kind's number."""
    signs = [0] * (max(TokenType) + 1)
    for sign, names in _KINDS.items():
        for name in names.split():
            kind = getattr(TokenType, name, None)
            if kind is not None:
                signs[kind] |= sign
    return signs


_SIGNS = _signs()


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
        self._texts: dict[int, str] = {}

    def around(self, start: int) -> str:
        """The expression around an offset on one line, cut when it is long."""
        if not self._starts:
            self._divide()
        if not self._starts:
            return ""
        here = self._owners[max(bisect_right(self._starts, start) - 1, 0)]
        found = self._texts.get(here)
        if found is None:
            found = self._texts[here] = self._cut(*self._spans[here])
        return found

    def _cut(self, first: int, end: int) -> str:
        text = " ".join(self._sql[first : end + 1].split())
        if text[:1] == "(" and text.find(")") == len(text) - 1:
            text = text[1:-1].strip()
        return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."

    def _divide(self) -> None:
        """Assign each token to the operand that it belongs to, in one pass."""
        spans, owners, starts = self._spans, self._owners, self._starts
        stack: list[tuple[int, int]] = []
        depth, current, opened = 0, -1, False
        for token in self._tokens:
            sign = _SIGNS[token.token_type]
            start = token.start
            starts.append(start)
            if opened and sign & _QUERY:
                stack.append((depth - 1, current))
                depth, current = 0, -1
            opened = sign == _OPEN
            if opened:
                depth += 1
            elif sign == _CLOSE:
                depth -= 1
                if depth < 0 and stack:
                    depth, current = stack.pop()
            boundary = depth == 0 and sign & _BOUNDARY
            if boundary or current < 0:
                spans.append([start, start])
                current = len(spans) - 1
            owners.append(current)
            spans[current][1] = token.end
            if boundary:
                current = -1
