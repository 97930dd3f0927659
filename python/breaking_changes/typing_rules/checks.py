"""Walks an annotated expression and asks the engine's table about each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sqlglot import exp

from breaking_changes.typing_rules.operands import bare, classes, reads_as
from breaking_changes.typing_rules.patterns import Match, matches
from breaking_changes.typing_rules.table import FOLDER, MIXED, REFUSED, Table, load

ENGINES = frozenset(path.stem for path in FOLDER.glob("*.txt"))
NAMES = {"duckdb": "DuckDB", "postgres": "PostgreSQL"}

EQUALS = "$1 = $2"
CONDITION = "CASE WHEN $1 THEN 1 END"
BETWEEN = "$1 BETWEEN $2 AND $2"
MEMBER = "$1 IN ($2)"
CASE = "CASE WHEN true THEN $1 ELSE $2 END"
UNION = "$1 UNION ALL $2"
COMBINING: dict[type[exp.Expr], str] = {
    exp.Coalesce: "COALESCE($1, $2)",
    exp.Greatest: "GREATEST($1, $2)",
    exp.Least: "LEAST($1, $2)",
}
CASTS: dict[type[exp.Expr], str] = {
    exp.Cast: "CAST($1 AS $2)",
    exp.TryCast: "TRY_CAST($1 AS $2)",
}
CONVERTS_TEXT = frozenset(
    {EQUALS, "$1 < $2", "$1 IS DISTINCT FROM $2", BETWEEN, MEMBER, CASE, UNION, "NULLIF($1, $2)"}
    | set(COMBINING.values())
)
"""Questions in which a text literal is taken for a value of the other operand's type."""


@dataclass(frozen=True)
class Finding:
    """A sub-expression that is refused or undecided, the columns in its operands, and why."""

    expression: exp.Expr
    columns: tuple[exp.Column, ...]
    reason: str


@dataclass(frozen=True)
class Findings:
    """What the engine refuses, and what no table can decide, innermost first."""

    refused: tuple[Finding, ...]
    undecided: tuple[Finding, ...]


def check(expression: exp.Expr, dialect: str) -> Findings:
    """Asks about every step of an annotated expression, or of a clause such as ``exp.Where``.

    Subqueries are left out: they are statements of their own. An expression around a refused one is
    not judged, as it has no type.
    """
    checker = _Checker(dialect)
    checker.walk(expression)
    return checker.findings()


def check_set_operation(left: exp.Query, right: exp.Query, dialect: str) -> Findings:
    """Asks whether the projections of two annotated queries can be combined, by position."""
    checker = _Checker(dialect)
    for one, other in zip(left.selects, right.selects, strict=False):
        checker.combine(one, UNION, [one, other])
    return checker.findings()


class _Checker:
    def __init__(self, dialect: str) -> None:
        self._engine = dialect
        self._table = load(dialect) if dialect in ENGINES else None
        self._refused: list[Finding] = []
        self._undecided: list[Finding] = []

    def findings(self) -> Findings:
        return Findings(tuple(self._refused), tuple(self._undecided))

    def walk(self, node: exp.Expr) -> bool:
        """Judges a tree, and says whether all of it has a type."""
        typed = True
        for child in node.iter_expressions():
            if not isinstance(child, exp.Query):
                typed = self.walk(child) and typed
        return typed and self._judge(node)

    def _judge(self, node: exp.Expr) -> bool:
        question = COMBINING.get(type(node))
        if question:
            return self.combine(node, question, [node.this, *node.expressions])
        if isinstance(node, exp.Case):
            return self._judge_case(node)
        if type(node) in CASTS:
            return self._ask(node, [Match(CASTS[type(node)], (node.this, node.args["to"]))])
        if isinstance(node, (exp.In, exp.Between)):
            question = MEMBER if isinstance(node, exp.In) else BETWEEN
            others = _compared_with(node)
            return all(self._ask(node, [Match(question, (node.this, other))]) for other in others)
        condition = _condition(node)
        if condition is not None:
            return self._ask(condition, [Match(CONDITION, (condition,))])
        found = matches(node, self._engine) if self._table else []
        if found or isinstance(node, (exp.Func, exp.Binary)):
            return self._ask(node, found)
        return True

    def _judge_case(self, node: exp.Case) -> bool:
        branches = [branch.args["true"] for branch in node.args["ifs"]]
        default = node.args.get("default")
        typed = self.combine(node, CASE, [*branches, *([default] if default else [])])
        if node.this:
            for branch in node.args["ifs"]:
                typed = self._ask(node, [Match(EQUALS, (node.this, branch.this))]) and typed
        return typed

    def combine(self, node: exp.Expr, question: str, operands: Sequence[exp.Expr]) -> bool:
        """Asks about operands that must share a type, from left to right as the engines do."""
        shared = self._classes(operands[0])
        for position, operand in enumerate(operands[1:], start=1):
            names = (shared, self._classes(operand))
            answers = self._answers(question, names)
            unread = self._unread(question, (operands[0], operand), names)
            involved = operands[: position + 1]
            if not self._report(node, involved, answers, [question], unread):
                return False
            shared = frozenset(answers) if MIXED not in answers else frozenset()
        return True

    def _ask(self, node: exp.Expr, found: Sequence[Match]) -> bool:
        """Whether the engine does not surely refuse what the expression asks."""
        answers: set[str] = set()
        for match in found:
            operands = tuple(self._classes(operand) for operand in match.operands)
            answers |= self._answers(match.question, operands)
            unread = self._unread(match.question, match.operands, operands)
            if unread:
                return self._report(node, match.operands, answers, [match.question], unread)
        involved = [operand for match in found for operand in match.operands]
        questions = [match.question for match in found]
        return self._report(node, involved or [node], answers or {MIXED}, questions, None)

    def _classes(self, operand: exp.Expr) -> frozenset[str]:
        """The classes of an operand, of those that the engine has at all."""
        known = classes(operand)
        return known & set(self._table.classes) if self._table else known

    def _answers(self, question: str, operands: tuple[frozenset[str], ...]) -> set[str]:
        if self._table is None or not all(operands):
            return {MIXED}
        return {_answer(self._table, question, names) for names in product(*operands)}

    def _unread(
        self,
        question: str,
        operands: Sequence[exp.Expr],
        names: tuple[frozenset[str], ...],
    ) -> str | None:
        """A text literal that is no value of the other operand's type."""
        if question not in CONVERTS_TEXT or self._table is None:
            return None
        for literal, other in ((bare(operands[0]), names[1]), (bare(operands[1]), names[0])):
            if not (isinstance(literal, exp.Literal) and literal.is_string and other):
                continue
            if not any(reads_as(literal.this, name, self._engine) for name in other):
                return f"the text {literal.sql()} is no {' or '.join(sorted(other))}"
        return None

    def _report(
        self,
        node: exp.Expr,
        operands: Sequence[exp.Expr],
        answers: set[str],
        questions: Sequence[str],
        unread: str | None,
    ) -> bool:
        columns = tuple(dict.fromkeys(c for operand in operands for c in _columns(operand)))
        if not columns:
            return True
        engine = NAMES.get(self._engine, self._engine)
        if unread:
            self._refused.append(Finding(node, columns, unread))
            return False
        if answers == {REFUSED}:
            kinds = [" or ".join(sorted(classes(operand))) for operand in operands]
            asked = _asked(questions[0], kinds)
            self._refused.append(Finding(node, columns, f"{engine} does not accept {asked}"))
            return False
        if MIXED in answers or REFUSED in answers:
            reason = f"whether {engine} accepts it is not known"
            self._undecided.append(Finding(node, columns, reason))
        return True


def _asked(question: str, kinds: Sequence[str]) -> str:
    """A question with the operands' classes in place of the operands."""
    for position in (1, 2):
        if f"${position}" in question:
            question = question.replace(
                f"${position}", kinds[position - 1 if position == 1 else -1]
            )
    return question


def _answer(table: Table, question: str, names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return table.single.get(question, {}).get(names[0], MIXED)
    return table.double.get(question, {}).get((names[0], names[1]), MIXED)


def _compared_with(node: exp.In | exp.Between) -> list[exp.Expr]:
    if isinstance(node, exp.Between):
        return [node.args["low"], node.args["high"]]
    query = node.args.get("query")
    selects = query.unnest().selects if query else []
    return [*node.expressions, *selects[:1]]


def _condition(node: exp.Expr) -> exp.Expr | None:
    """What a clause takes for true or false."""
    if isinstance(node, exp.If) and isinstance(node.parent, exp.Case) and node.parent.this:
        return None
    found: exp.Expr | None = None
    if isinstance(node, (exp.Where, exp.Having, exp.Qualify, exp.If)):
        found = node.this
    elif isinstance(node, exp.Join):
        found = node.args.get("on")
    return found


def _columns(node: exp.Expr) -> Iterator[exp.Column]:
    if isinstance(node, exp.Column):
        yield node
    elif not isinstance(node, exp.Query):
        for child in node.iter_expressions():
            yield from _columns(child)
