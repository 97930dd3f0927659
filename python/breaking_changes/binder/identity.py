"""Canonical text of expressions and its hash: the same meaning gives the same text."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterable

CONNECTIVES: frozenset[type[exp.Expr]] = frozenset({exp.And, exp.Or})
"""Chains whose operands count as a set."""

COMMUTATIVE: frozenset[type[exp.Expr]] = frozenset(
    {exp.EQ, exp.NEQ, exp.Mul, exp.NullSafeEQ, exp.NullSafeNEQ, exp.BitwiseAnd, exp.BitwiseOr}
)
"""Operators whose two operands may swap; `+` depends on the engine (text in T-SQL)."""

MIRRORED: dict[type[exp.Expr], str] = {exp.GT: "lt", exp.GTE: "lte"}
"""Comparisons that are written as another with its operands swapped."""


def digest(text: str) -> str:
    """A hash of 12 hexadecimal digits, the same in every process."""
    return blake2b(text.encode(), digest_size=6).hexdigest()


def leaf(relation: str, column: str) -> str:
    """The text of a base column."""
    return f"{relation}.{column.lower()}"


def shorten(text: str) -> str:
    """The same text, or a hash of it where it would grow without end through nested queries."""
    return text if len(text) < 120 else "@" + blake2b(text.encode(), digest_size=12).hexdigest()


def call(key: str, parts: Iterable[str | None]) -> str | None:
    """The text of an operator over its operands, None when one of them is not known."""
    texts = list(parts)
    if None in texts:
        return None
    return f"{key}({','.join(texts)})"  # type: ignore[arg-type]


def joined(texts: list[str | None]) -> str | None:
    """Several conditions whose order does not count, None when one is not known."""
    known = sorted({text for text in texts if text is not None})
    if None in texts:
        return None
    return known[0] if len(known) == 1 else f"and({','.join(known)})"


def equality(one: str, other: str) -> str:
    """The condition that USING stands for, as if it were written with ON."""
    return f"eq({','.join(sorted((one, other)))})"


def combine(node: exp.Expr, texts: list[str | None], plus_commutes: bool) -> str | None:
    """The text of an operator with the order of its operands made canonical."""
    if None in texts:
        return None
    kind = type(node)
    if kind in COMMUTATIVE or (kind is exp.Add and plus_commutes):
        texts = sorted(texts)  # type: ignore[type-var]
    elif kind in MIRRORED:
        return call(MIRRORED[kind], reversed(texts))
    return call(node.key, texts)
