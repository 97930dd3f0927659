"""Tokens of a statement with invisible characters, which engines read in different ways.

Between words, an engine takes a no-break space or a byte order mark for a blank, for a part of a
name, or for an error; the tokenizer has one answer for all engines. `tests/binder/test_blanks.py`
holds what DuckDB, PostgreSQL, BigQuery, Spark and ClickHouse say to each such character.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sqlglot import Token, TokenType

from breaking_changes.binder.budget import TooLargeError

if TYPE_CHECKING:
    from breaking_changes.binder.dialects import Traits

_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc"})
"""Unicode's categories of spaces, separators, format and control characters."""

_BLANKS = frozenset(" \t\n\v\f\r")
"""What every engine takes for a blank, and the tokenizer too."""

_UNUSUAL = re.compile(r"[^\t-\r -~]")

_DOUBTFUL = "\ue001"
"""Stands for a character that is no blank for certain: the tokenizer makes it a part of a name."""

_QUOTED = frozenset(
    {
        TokenType.STRING,
        TokenType.IDENTIFIER,
        TokenType.NATIONAL_STRING,
        TokenType.RAW_STRING,
        TokenType.HEREDOC_STRING,
        TokenType.UNICODE_STRING,
        TokenType.BYTE_STRING,
    }
)


def tokenized(engine: Traits, sql: str) -> list[Token]:
    """The tokens of a statement, with blanks where the engine sees them.

    Strings, quoted names and comments keep what they hold.

    Raises:
        sqlglot.errors.TokenError: a quote or comment is not closed.
        TooLargeError: it is not known how the engine reads a character outside of quotes.
    """
    signs = _signs(engine, sql) if _UNUSUAL.search(sql) else {}
    if not signs:
        tokens: list[Token] = engine.parser.tokenize(sql)
        return tokens
    changed = sql.translate(signs)
    return [
        _as_given(engine, token, sql, changed) if token.token_type in _QUOTED else _sure(token, sql)
        for token in engine.parser.tokenize(changed)
    ]


def _signs(engine: Traits, sql: str) -> dict[int, str]:
    """What stands for each invisible character of a statement."""
    signs = {}
    for sign in set(sql):
        if sign in _BLANKS or unicodedata.category(sign) not in _INVISIBLE:
            continue
        if engine.blanks is None or (sign not in engine.blanks and sign.isspace()):
            signs[ord(sign)] = _DOUBTFUL
        elif sign in engine.blanks:
            signs[ord(sign)] = " "
    return signs


def _as_given(engine: Traits, token: Token, sql: str, changed: str) -> Token:
    """A quoted token with the text that it has in the SQL."""
    place = slice(token.start, token.end + 1)
    if sql[place] == changed[place]:
        return token
    (alone,) = engine.parser.tokenize(sql[place])
    return Token(
        token.token_type,
        alone.text,
        token.line,
        token.col,
        token.start,
        token.end,
        token.comments,
    )


def _sure(token: Token, sql: str) -> Token:
    if _DOUBTFUL in token.text:
        sign = sql[token.start + token.text.index(_DOUBTFUL)]
        raise TooLargeError(
            f"The SQL has the invisible character U+{ord(sign):04X} outside of quotes, which"
            " engines read in different ways."
        )
    return token
