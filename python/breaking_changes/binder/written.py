"""The statement as it is written, where the parser gives functions other names.

DuckDB names an output `len(x)` that the parser reads as LENGTH(x), PostgreSQL calls it `len`. So
a statement with such outputs is parsed once more with every function's name marked, which the
parser then takes for one that it does not know and leaves with its arguments as they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import ErrorLevel, Token, TokenType, exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder.words import MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from breaking_changes.binder.dialects import Traits

_GRAMMAR = frozenset({"CAST", "TRY_CAST", "EXTRACT", "EXISTS", "ANY", "ALL", "SOME", "POSITION"})
"""What looks like a call and has a grammar of its own."""

_AS_WRITTEN = (
    *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Star, exp.Var),
    *(exp.Alias, exp.Paren, exp.DataType, exp.Anonymous),
    *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Not, exp.And, exp.Or),
    *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Dot),
)
"""Expressions that the parser keeps as they are written."""


class Written:
    """Finds the projections of a statement as they are written; parses when it is first asked."""

    def __init__(self, engine: Traits, root: exp.Expr, tokens: list[Token], sql: str) -> None:
        """Take a parsed statement with its tokens."""
        self._engine = engine
        self._root = root
        self._tokens = tokens
        self._sql = sql
        self._found: dict[int, exp.Expr] | None = None

    def of(self, projection: exp.Expr) -> exp.Expr:
        """The projection as it is written, itself where that is not known or all the same."""
        if not any(_is_renamed(node) for node in projection.walk()):
            return projection
        if self._found is None:
            self._found = self._pairs()
        return self._found.get(id(projection), projection)

    def _pairs(self) -> dict[int, exp.Expr]:
        """Each projection's counterpart in the statement that is parsed anew."""
        tree = self._parsed()
        if tree is None:
            return {}
        ours, theirs = list(self._root.find_all(exp.Select)), list(tree.find_all(exp.Select))
        pairs: dict[int, exp.Expr] = {}
        for one, other in zip(ours, theirs, strict=False):
            if len(ours) == len(theirs) and len(one.selects) == len(other.selects):
                pairs |= {
                    id(mine): written
                    for mine, written in zip(one.selects, other.selects, strict=True)
                }
        return pairs

    def _parsed(self) -> exp.Expr | None:
        parser = self._engine.parser
        functions = set(parser.parser_class.FUNCTIONS)
        special = set(parser.parser_class.FUNCTION_PARSERS)
        for names in (functions | special, functions - special):
            try:
                tokens = _marked(self._tokens, names - _GRAMMAR)
                found = parser.parser(error_level=ErrorLevel.IMMEDIATE).parse(tokens, self._sql)
            except SqlglotError:
                continue
            if len(found) == 1 and found[0] is not None:
                return _unmarked(found[0])
        return None


def as_it_is(projection: exp.Expr) -> exp.Expr:
    """Stands for `Written.of` where names of outputs do not depend on those of functions."""
    return projection


def written(
    engine: Traits, root: exp.Expr, tokens: list[Token], sql: str
) -> Callable[[exp.Expr], exp.Expr]:
    """What finds the projections of a statement as they are written."""
    if engine.name in ("duckdb", "postgres", "redshift"):
        return Written(engine, root, tokens, sql).of
    return as_it_is


def _is_renamed(node: exp.Expr) -> bool:
    """Whether an expression may be a function that the parser has read under another name."""
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Star):
        return False
    return not isinstance(node, _AS_WRITTEN)


def _marked(tokens: list[Token], names: set[str]) -> list[Token]:
    found = list(tokens)
    for place in range(len(tokens) - 1):
        token = tokens[place]
        if (
            tokens[place + 1].token_type is TokenType.L_PAREN
            and token.text.upper() in names
            and token.token_type not in (TokenType.STRING, TokenType.IDENTIFIER)
            and (not place or tokens[place - 1].token_type is not TokenType.R_PAREN)
        ):
            found[place] = Token(
                TokenType.VAR, token.text + MARK, token.line, token.col, token.start, token.end
            )
    return found


def _unmarked(tree: exp.Expr) -> exp.Expr:
    for node in tree.find_all(exp.Anonymous, exp.Identifier):
        if isinstance(node.this, str) and node.this.endswith(MARK):
            node.set("this", node.this.removesuffix(MARK))
    return tree
