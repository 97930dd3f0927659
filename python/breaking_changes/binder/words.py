"""Tokens of a statement, corrected where the parser would take a column's name for something else.

Sources: the grammars of PostgreSQL (UIDENT, subscripts without a lower bound) and DuckDB (words
that name a type are no reserved words); `tests/binder` asks both engines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import Token, TokenType, exp

from breaking_changes.binder import budget
from breaking_changes.binder.blanks import tokenized

if TYPE_CHECKING:
    from breaking_changes.binder.dialects import Traits

_CONSTRUCTORS = frozenset({TokenType.ARRAY})
"""Type words that make a value with brackets behind them, as in ARRAY[1]."""

MARK = "\ue000"
"""Stands behind a name that the parser would take for a constructor by its text."""

_MARKED = frozenset({"array", "list", "map"})

_DATE_PART = "date_part"
"""A function that the parser takes for EXTRACT, whose result has another type."""

_CASTS = frozenset({TokenType.DCOLON, TokenType.ALIAS})
_NESTED = frozenset({TokenType.MAP, TokenType.STRUCT, TokenType.UNION, TokenType.ARRAY})
_ESCAPE = re.compile(r"\\(?:\\|([0-9a-fA-F]{4})|\+([0-9a-fA-F]{6}))")


def tokens_of(engine: Traits, sql: str) -> list[Token]:
    """The tokens of a statement, each with its place in the SQL that was given.

    Raises:
        sqlglot.errors.TokenError: a quote or comment is not closed.
        TooLargeError: the statement is beyond what is analysed.
    """
    tokens = tokenized(engine, sql)
    budget.check(tokens)
    if "&" in sql and engine.unicode_names:
        tokens = _with_unicode_names(tokens)
    if engine.names_date_part:
        tokens = [
            Token(TokenType.VAR, token.text + MARK, token.line, token.col, token.start, token.end)
            if token.text.lower() == _DATE_PART and _kind(tokens, place + 1) is TokenType.L_PAREN
            else token
            for place, token in enumerate(tokens)
        ]
    if "[" not in sql and "map" not in sql.lower():
        return tokens
    words = engine.parser.parser_class.TYPE_TOKENS | {TokenType.LIST, TokenType.MAP}
    opened: list[int] = []
    corrected: list[Token] = []
    for place, token in enumerate(tokens):
        kind = token.token_type
        if (kind in words or token.text.lower() in _MARKED) and _is_name(
            tokens, place, opened[-1] if opened else -1
        ):
            token = _as_name(token)
        corrected.append(token)
        if kind is TokenType.L_PAREN:
            opened.append(place)
        elif kind is TokenType.R_PAREN and opened:
            opened.pop()
        elif kind is TokenType.L_BRACKET and engine.open_slices and _starts_slice(tokens, place):
            corrected.append(Token(TokenType.NUMBER, "1", token.line, token.col, token.start))
    return corrected


def unmark(tree: exp.Expr, tokens: list[Token]) -> None:
    """Give names that `tokens_of` has marked their own text again."""
    if not any(token.text.endswith(MARK) for token in tokens):
        return
    for ident in tree.find_all(exp.Identifier):
        if ident.name.endswith(MARK):
            ident.set("this", ident.name.removesuffix(MARK))
    for call in list(tree.find_all(exp.Anonymous)):
        if call.name.lower() == _DATE_PART + MARK:
            call.replace(_extract(call))


def _extract(call: exp.Expr) -> exp.Expr:
    """date_part('year', x) as the parser has it, with a note of what it was."""
    if len(call.expressions) != 2 or not isinstance(call.expressions[0], exp.Literal):
        return exp.Anonymous(this=_DATE_PART, expressions=call.expressions)
    unit, moment = call.expressions
    found = exp.Extract(this=exp.Var(this=unit.name.upper()), expression=moment)
    found.meta[_DATE_PART] = True
    return found


def _as_name(token: Token) -> Token:
    text = token.text + MARK if token.text.lower() in _MARKED else token.text
    return Token(TokenType.VAR, text, token.line, token.col, token.start, token.end, token.comments)


def _kind(tokens: list[Token], place: int) -> TokenType | None:
    return tokens[place].token_type if 0 <= place < len(tokens) else None


def _is_name(tokens: list[Token], place: int, opened: int) -> bool:
    """Whether a word that names a type stands for a column."""
    kind, before, after = (
        tokens[place].token_type,
        _kind(tokens, place - 1),
        _kind(tokens, place + 1),
    )
    if before is TokenType.DOT:
        return after is not TokenType.L_PAREN
    if kind is TokenType.STRING:
        return False
    if kind is TokenType.MAP:
        return before is not TokenType.DCOLON and after not in (
            TokenType.L_PAREN,
            TokenType.L_BRACE,
            TokenType.LT,
        )
    if after is not TokenType.L_BRACKET or kind in _CONSTRUCTORS:
        return False
    if _kind(tokens, place + 2) is TokenType.R_BRACKET or before in _CASTS:
        return False
    if before in (TokenType.VAR, TokenType.IDENTIFIER):
        # A name and its type, as in `f(x) as t(a int[3])`.
        return False
    return not (
        before in (TokenType.L_PAREN, TokenType.COMMA) and _kind(tokens, opened - 1) in _NESTED
    )


def _starts_slice(tokens: list[Token], place: int) -> bool:
    """Whether a bracket opens `[:upper]`."""
    return (
        _kind(tokens, place + 1) is TokenType.COLON
        and _kind(tokens, place + 2) is not TokenType.R_BRACKET
    )


def _with_unicode_names(tokens: list[Token]) -> list[Token]:
    r"""PostgreSQL's `U&"n\0061me"` is one name, with escapes in it."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.text in ("u", "U") and _joins(tokens, place):
            name = tokens[place + 2]
            text, used = _unescaped(tokens, place + 2)
            found.append(_as_quoted(token, text, name.end))
            place += used
            continue
        found.append(token)
        place += 1
    return found


def _as_quoted(token: Token, text: str, end: int) -> Token:
    return Token(TokenType.IDENTIFIER, text, token.line, token.col, token.start, end)


def _joins(tokens: list[Token], place: int) -> bool:
    """Whether `u`, `&` and a quoted name follow one another without a gap."""
    if _kind(tokens, place + 1) is not TokenType.AMP:
        return False
    if _kind(tokens, place + 2) is not TokenType.IDENTIFIER:
        return False
    return tokens[place + 2].start == tokens[place].start + 2


def _unescaped(tokens: list[Token], place: int) -> tuple[str, int]:
    """A name without its escapes, and how many tokens it takes from the `u` on."""
    text = tokens[place].text
    if (
        _kind(tokens, place + 2) is TokenType.STRING
        and tokens[place + 1].text.lower() == "uescape"
        and len(tokens[place + 2].text) == 1
    ):
        sign = tokens[place + 2].text
        text = text.replace("\\", "\\\\").replace(sign, "\\")
        return _ESCAPE.sub(_character, text), 5
    return _ESCAPE.sub(_character, text), 3


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code and int(code, 16) < 0x110000 else "\\"
