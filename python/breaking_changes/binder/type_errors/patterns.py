"""Finds the question of a table that an expression asks, and its operands in that expression."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import sqlglot
from sqlglot import exp

from breaking_changes.binder.type_errors.engines import table_of

Step = tuple[str, int]
"""An argument, and the position in it, -1 where it is no list."""

Path = tuple[tuple[Step, type[exp.Expr]], ...]
"""Steps from an expression to an operand, each with the class of what it leads to."""

Shape = tuple[object, ...]

EQUIVALENT: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.NEQ: exp.EQ,
    exp.GT: exp.LT,
    exp.GTE: exp.LT,
    exp.LTE: exp.LT,
    exp.NullSafeEQ: exp.NullSafeNEQ,
}
"""Operators that every engine treats as another of the same kind; the tests ask them all."""

ORDERED = "row_number() OVER (ORDER BY $1)"
"""The question whether values have an order; it is asked of ORDER BY, wherever that stands."""

NO_OPERANDS = (exp.Distinct, exp.Order, exp.Ordered, exp.Star, exp.Any, exp.All)
"""What stands in an operand's place but has no type of its own."""


@dataclass(frozen=True)
class Pattern:
    """A question, and where an expression of its shape has the operands."""

    question: str
    paths: tuple[Path, ...]
    fixed: tuple[tuple[Step, exp.Expr], ...]


@dataclass(frozen=True)
class Match:
    """One question that an expression asks, with its operands."""

    question: str
    operands: tuple[exp.Expr, ...]


@cache
def patterns(engine: str) -> dict[Shape, tuple[Pattern, ...]]:
    """The questions of an engine's table by the shape of the expressions that ask them."""
    found: dict[Shape, list[Pattern]] = defaultdict(list)
    table = table_of(engine)
    for question in (*table.single, *table.double) if table else ():
        if question.endswith("AS $2)") or " UNION ALL " in question or question == ORDERED:
            continue
        text = question.replace("$1", "_1").replace("$2", "_2")
        node = _root(sqlglot.parse_one(f"SELECT {text}", read=engine, into=exp.Select).selects[0])
        paths = tuple(_paths(node, name) for name in ("_1", "_2") if name in text)
        starts = {path[0][0] for hole in paths for path in hole}
        fixed = tuple((step, child) for step, child in _arguments(node) if step not in starts)
        found[_shape(node)].append(Pattern(question, tuple(hole[0] for hole in paths), fixed))
    return {shape: tuple(group) for shape, group in found.items()}


@cache
def list_question(engine: str) -> str | None:
    """The question whether two values can be members of one list; None where it was not asked."""
    return next(
        (
            found[0].question
            for (kind, *_, steps), found in patterns(engine).items()
            if kind is exp.Array and isinstance(steps, frozenset) and len(steps) == 2
        ),
        None,
    )


def matches(node: exp.Expr, engine: str) -> list[Match]:
    """The questions that an expression asks; several when they only differ in a constant."""
    candidates = patterns(engine).get(_shape(node), ())
    exact = [
        pattern
        for pattern in candidates
        if all(_argument(node, step) == constant for step, constant in pattern.fixed)
    ]
    asked = exact or [one for one in candidates if _could_ask(node, one)]
    return list(_found(node, asked, plain=True)) or list(_found(node, asked, plain=False))


def _found(node: exp.Expr, asked: Iterable[Pattern], plain: bool) -> Iterator[Match]:
    for pattern in asked:
        operands = [_follow(node, path, plain) for path in pattern.paths]
        if all(operand is not None for operand in operands):
            yield Match(pattern.question, tuple(o for o in operands if o is not None))


def _could_ask(node: exp.Expr, pattern: Pattern) -> bool:
    """Whether the constants of an expression may stand for those of a question."""
    return all(_alike(_argument(node, step), constant) for step, constant in pattern.fixed)


def _alike(one: exp.Expr | None, constant: exp.Expr) -> bool:
    """`IS NULL` is not `IS TRUE`, and `m['a']` is not `m[1]`."""
    if isinstance(constant, (exp.Boolean, exp.Null)):
        return isinstance(one, type(constant))
    if isinstance(constant, exp.Literal) and isinstance(one, exp.Literal):
        return bool(one.is_string) == bool(constant.is_string)
    return True


def _root(node: exp.Expr) -> exp.Expr:
    node = node.unalias()
    while isinstance(node, (exp.Window, exp.IgnoreNulls)):
        node = node.this
    return node


def _shape(node: exp.Expr) -> Shape:
    """What two calls of one function, with as many arguments, have in common."""
    kind = EQUIVALENT.get(type(node), type(node))
    named = isinstance(node, (exp.Anonymous, exp.AnonymousAggFunc))
    name = node.name.lower() if named else ""
    inner = type(node.this) if isinstance(node, exp.WithinGroup) else None
    return (kind, name, inner, frozenset(key for key, _ in _arguments(node)))


def _arguments(node: exp.Expr) -> Iterator[tuple[Step, exp.Expr]]:
    for key, value in node.args.items():
        if isinstance(value, exp.Expr):
            yield (key, -1), value
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, exp.Expr):
                    yield (key, position), item


def _paths(node: exp.Expr, name: str) -> list[Path]:
    """Every path to the column of a name."""
    found: list[Path] = []
    for step, child in _arguments(node):
        if isinstance(child, exp.Column) and child.name == name:
            found.append(((step, exp.Expr),))
        else:
            found += [((step, type(child)), *rest) for rest in _paths(child, name)]
    return found


def _argument(node: exp.Expr, step: Step) -> exp.Expr | None:
    key, position = step
    value = node.args.get(key)
    if position >= 0:
        value = value[position] if isinstance(value, list) and len(value) > position else None
    return value if isinstance(value, exp.Expr) else None


def _follow(node: exp.Expr, path: Path, plain: bool) -> exp.Expr | None:
    """The operand at the end of a path, unless the expression has none there.

    Where no question asks for it as it stands, `sum(DISTINCT x)` and `string_agg(x ORDER BY y)` are
    taken for `sum(x)` and `string_agg(x)`.
    """
    for step, kind in path:
        child = _argument(node, step)
        if not isinstance(child, kind):
            return None
        node = child
    if not plain and isinstance(node, exp.Order) and isinstance(node.this, exp.Expr):
        node = node.this
    if not plain and isinstance(node, exp.Distinct) and len(node.expressions) == 1:
        node = node.expressions[0]
    return None if isinstance(node, NO_OPERANDS) else node
