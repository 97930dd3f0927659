"""Calls of a project's own functions in SQL: how many arguments they give, and what they return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlglot import Token, TokenType, exp, tokenize
from sqlglot.errors import TokenError

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.lineage.nodes.relation_names import NormalisedSql, schema_of
from breaking_changes.lineage.nodes.type_names import engine_spelling

_OPEN = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
_FUNCTION = "function."
_CLOSE = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})


@dataclass(frozen=True)
class Call:
    """A call of a function.

    Attributes:
        function: The function's unique_id.
        arguments: How many arguments it is given.
        line: The line of its name in the SQL, from 1.
        start: The offset of its name in the SQL.
        bracket: The offset of its opening bracket.
        end: The offset behind its closing bracket.
    """

    function: str
    arguments: int
    line: int
    start: int
    bracket: int
    end: int


def calls(sql: NormalisedSql, dialect: str) -> list[Call]:
    """The calls in normalised SQL of functions that it may name, in order."""
    if not any(unique_id.startswith(_FUNCTION) for unique_id in sql.names.values()):
        return []
    try:
        tokens = tokenize(sql.sql, read=dialect)
    except TokenError:
        return []
    return list(_calls(tokens, sql.names))


def with_functions(sql: NormalisedSql, functions: Iterable[Node], dialect: str) -> NormalisedSql:
    """The SQL with the name of each called function replaced by a token, as relations are.

    A call is cast to the type that its function returns: the binder knows of no other. Line breaks
    stay where they are.
    """
    known = {node.unique_id: node for node in functions}
    text, names = sql.sql, dict(sql.names)
    for call in reversed(calls(sql, dialect)):
        node = known.get(call.function)
        if node is None:
            continue
        name = exp.to_identifier(node.identifier, quoted=True).sql(dialect=dialect)
        names[(node.unique_id.replace(".", ":").lower(), node.identifier.lower())] = node.unique_id
        called = f"{schema_of(node.unique_id, dialect)}.{name}{text[call.bracket : call.end]}"
        returns = mapping(node.raw.get("returns")).get("data_type")
        type_ = engine_spelling(returns, dialect) or ""
        if type_ and not type_.lower().startswith("table"):
            called = f"cast({called} as {type_})"
        text = text[: call.start] + called + text[call.end :]
    return replace(sql, sql=text, names=names)


def _calls(tokens: list[Token], names: Mapping[tuple[str, ...], str]) -> Iterator[Call]:
    for place, bracket in enumerate(tokens):
        if bracket.token_type != TokenType.L_PAREN:
            continue
        first, parts = _name_before(tokens, place)
        function = names.get(parts) if first is not None else None
        if first is None or function is None or not function.startswith(_FUNCTION):
            continue
        count, last = _arguments(tokens, place + 1)
        if last is not None:
            yield Call(function, count, first.line, first.start, bracket.start, last.end + 1)


def _name_before(tokens: list[Token], place: int) -> tuple[Token | None, tuple[str, ...]]:
    """The name with dots that ends before a token, in lower case, and the token it begins with."""
    parts: list[str] = []
    first: Token | None = None
    while place > 0:
        first = tokens[place - 1]
        # BigQuery quotes a name as a whole: `project.dataset.function`.
        parts = [*first.text.lower().split("."), *parts]
        if place < 2 or tokens[place - 2].token_type != TokenType.DOT:
            break
        place -= 2
    return first, tuple(parts)


def _arguments(tokens: list[Token], place: int) -> tuple[int, Token | None]:
    """How many arguments stand behind an opening bracket, and the bracket that closes it."""
    depth, commas, empty = 1, 0, True
    for token in tokens[place:]:
        depth += (token.token_type in _OPEN) - (token.token_type in _CLOSE)
        if not depth:
            return (0 if empty else commas + 1), token
        empty = False
        commas += depth == 1 and token.token_type == TokenType.COMMA
    return 0, None
