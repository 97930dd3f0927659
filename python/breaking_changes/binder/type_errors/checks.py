"""Walks an annotated expression and asks the engine's table about each step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations, product

from sqlglot import exp

from breaking_changes.binder.type_errors.engines import (
    BINDS_TEXT,
    COUNTS_AS_TRUE,
    NAMES,
    READS_TEXT,
    classes_of,
    table_of,
)
from breaking_changes.binder.type_errors.meetings import accepted_beside
from breaking_changes.binder.type_errors.operands import (
    TypeOf,
    annotated_classes,
    bare,
    class_of,
    literal_class,
    reads_as,
)
from breaking_changes.binder.type_errors.operations import (
    columns_in,
    compared_with,
    condition_of,
    paired_rows,
)
from breaking_changes.binder.type_errors.outcome import Finding, Findings, Meeting
from breaking_changes.binder.type_errors.patterns import ORDERED, Match, list_question, matches
from breaking_changes.binder.type_errors.table import ACCEPTED, MIXED, REFUSED

EQUALS = "$1 = $2"
CONDITION = "CASE WHEN $1 THEN 1 END"
BETWEEN = "$1 BETWEEN $2 AND $2"
MEMBER = "$1 IN ($2)"
CASE = "CASE WHEN true THEN $1 ELSE $2 END"
UNION = "$1 UNION ALL $2"
CONCAT = "concat($1, $2)"
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


READS_TEXT_WHEN_REACHED = frozenset({CASE, COMBINING[exp.Coalesce]})
"""Questions in which an operand is only evaluated for the rows that need it."""

LEAVES = (exp.Column, exp.Literal, exp.Identifier, exp.DataType, exp.Null, exp.Boolean, exp.Var)
UNTYPED_LITERALS = frozenset({"text", "null"})
UNKNOWN = frozenset({MIXED})


def check(expression: exp.Expr, dialect: str, type_of: TypeOf | None = None) -> Findings:
    """Asks about every step of a typed expression, or of a clause such as ``exp.Where``.

    Types are what `type_of` says of an expression, else what the engine answered for it, else how
    sqlglot annotated it. Subqueries are left out: they are statements of their own. An expression
    around a refused one is not judged, as it has no type. For a join's USING, ask about an
    ``exp.EQ`` of the two columns.
    """
    if isinstance(bare(expression), exp.Column):
        return Findings((), ())
    checker = _Checker(dialect, type_of)
    checker.walk(expression)
    return checker.findings()


def check_set_operation(
    meeting: Iterable[Sequence[exp.Expr]], dialect: str, type_of: TypeOf | None = None
) -> Findings:
    """Asks whether the columns that a set operation puts in one place can share a type.

    Each item of `meeting` holds the projections that meet in one column of the result, in the order
    of the queries: two for a UNION of two queries, by position or by name.
    """
    checker = _Checker(dialect, type_of)
    columns = list(meeting)
    for projections in columns:
        for projection in projections:
            checker.walk(projection)
    checker.forget_findings()
    for projections in columns:
        checker.combine(projections[0], UNION, projections)
    return checker.findings()


class _Checker:
    def __init__(self, dialect: str, type_of: TypeOf | None) -> None:
        self._engine = dialect
        self._type_of = type_of
        self._known = classes_of(dialect)
        self._refused: list[Finding] = []
        self._undecided: list[Finding] = []
        self._meetings: list[Meeting] = []
        self._results: dict[int, frozenset[str]] = {}
        """What each judged expression may be, by its id."""

    def forget_findings(self) -> None:
        """Keeps only the types of what was judged."""
        self._refused, self._undecided = [], []

    def findings(self) -> Findings:
        return Findings(tuple(self._refused), tuple(self._undecided), tuple(self._meetings))

    def walk(self, node: exp.Expr) -> bool:
        """Judges a tree, and says whether all of it has a type."""
        if isinstance(node, LEAVES):
            return True
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
            return self._ask(
                node, [Match(CASTS[type(node)], (node.this, node.args["to"]))], is_result=False
            )
        if isinstance(node, exp.Ordered):
            return self._judge_order(node)
        # ClickHouse casts the members of a set to the types of the row.
        rows = [] if self._engine == "clickhouse" else paired_rows(node)
        if rows:
            # Every pair is asked about, whatever the first one says.
            asked = [self._ask(node, [Match(EQUALS, pair)], is_result=False) for pair in rows]
            return all(asked)
        if isinstance(node, (exp.In, exp.Between)):
            question = MEMBER if isinstance(node, exp.In) else BETWEEN
            others = compared_with(node)
            return all(self._ask(node, [Match(question, (node.this, other))]) for other in others)
        members = self._members_question(node)
        if members:
            # Each two of them have to share a type.
            pairs = combinations(node.expressions, 2)
            asked = [self._ask(node, [Match(members, pair)]) for pair in pairs]
            return all(asked)
        condition = condition_of(node)
        if condition is not None:
            truthy = COUNTS_AS_TRUE.get(self._engine, frozenset())
            if not isinstance(node, exp.If) and self._classes(condition) & truthy:
                return True
            return self._ask(condition, [Match(CONDITION, (condition,))], is_result=False)
        found = matches(node, self._engine) if self._known else []
        if found or isinstance(node, (exp.Func, exp.Binary)):
            return self._ask(node, found)
        return True

    def _members_question(self, node: exp.Expr) -> str | None:
        """The question about two operands of an operation that takes any number of them."""
        if isinstance(node, exp.Array):
            return list_question(self._engine)
        table = table_of(self._engine)
        is_asked = table is not None and CONCAT in table.double
        return (
            CONCAT
            if is_asked and isinstance(node, exp.Concat) and len(node.expressions) > 2
            else None
        )

    def _judge_order(self, node: exp.Ordered) -> bool:
        """What ORDER BY sorts by; a number there is a position."""
        table = table_of(self._engine)
        if table is None or ORDERED not in table.single or isinstance(node.this, exp.Literal):
            return True
        return self._ask(node, [Match(ORDERED, (node.this,))], is_result=False)

    def _judge_case(self, node: exp.Case) -> bool:
        branches = [branch.args["true"] for branch in node.args["ifs"]]
        default = node.args.get("default")
        typed = self.combine(node, CASE, [*branches, *([default] if default else [])])
        if node.this:
            for branch in node.args["ifs"]:
                typed = self._ask(node, [Match(EQUALS, (node.this, branch.this))]) and typed
        return typed

    def combine(self, node: exp.Expr, question: str, operands: Sequence[exp.Expr]) -> bool:
        """Asks about operands that must share a type, from left to right as the engines do.

        Text literals come last: the other operands decide what they are taken for.
        """
        self._meet(question, operands)
        ordered = sorted(operands, key=self._is_untyped_literal)
        shared = self._classes(ordered[0])
        for position, operand in enumerate(ordered[1:], start=1):
            found = self._classes(operand)
            answers = self._answers(question, (shared, found))
            unread = self._unread(question, (ordered[0], operand), (shared, found))
            if not self._report(node, ordered[: position + 1], answers, [question], unread):
                return False
            shared = _result(answers)
            if not shared:
                break
        self._results[id(node)] = shared
        return True

    def _ask(self, node: exp.Expr, found: Sequence[Match], is_result: bool = True) -> bool:
        """Whether the engine does not surely refuse what the expression asks."""
        answers: frozenset[str] = frozenset()
        for match in found:
            self._meet(match.question, match.operands)
            operands = tuple(self._classes(operand) for operand in match.operands)
            answers |= self._answers(match.question, operands)
            unread = self._unread(match.question, match.operands, operands)
            if unread:
                return self._report(node, match.operands, answers, [match.question], unread)
        involved = [operand for match in found for operand in match.operands]
        questions = [match.question for match in found]
        if is_result and found:
            self._results[id(node)] = _result(answers)
        return self._report(node, involved or [node], answers or UNKNOWN, questions, None)

    def _meet(self, question: str, operands: Sequence[exp.Expr]) -> None:
        """Note which of the operands meets another of unknown type."""
        classes = [self._classes(operand) for operand in operands]
        if all(classes) or not any(classes):
            return
        unknown = [
            place
            for place, operand in enumerate(operands)
            if not classes[place] and self._is_unknown(operand)
        ]
        for place, operand in enumerate(operands if unknown else ()):
            accepts = accepted_beside(
                self._engine, question, classes[place], int(place > unknown[0])
            )
            if accepts is not None:
                columns = (column for column in columns_in(operand) if not self._is_unknown(column))
                self._meetings.append(Meeting(tuple(dict.fromkeys(columns)), accepts))

    def _is_unknown(self, operand: exp.Expr) -> bool:
        """Whether nothing is known of an operand's type; there are types without a class.

        The column of a star in IN (SELECT * ...) is looked at where the query is bound.
        """
        node = bare(operand)
        if node.is_star:
            return False
        known = self._type_of(node) if self._type_of else None
        annotated = node.type
        return known is None and (annotated is None or annotated.this == exp.DType.UNKNOWN)

    def _classes(self, operand: exp.Expr) -> frozenset[str]:
        """The classes of an operand, of those that the engine has at all."""
        node = bare(operand)
        literal = literal_class(node.this if isinstance(node, exp.Neg) else node)
        if literal:
            return frozenset({literal})
        known = self._type_of(node) if self._type_of else None
        if known is not None:
            found = class_of(known, self._engine)
        else:
            judged = self._results.get(id(node))
            found = annotated_classes(node) if judged is None else judged
        return found & self._known if self._known else found

    def _is_untyped_literal(self, operand: exp.Expr) -> bool:
        found = self._classes(operand)
        return bool(found) and found <= UNTYPED_LITERALS

    def _answers(self, question: str, operands: tuple[frozenset[str], ...]) -> frozenset[str]:
        if not self._known or not all(operands):
            return UNKNOWN
        return _answers(self._engine, question, operands)

    def _unread(
        self,
        question: str,
        operands: Sequence[exp.Expr],
        names: tuple[frozenset[str], ...],
    ) -> str | None:
        """A text literal that is no value of the other operand's type."""
        if question not in CONVERTS_TEXT or self._engine not in READS_TEXT:
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
        answers: frozenset[str],
        questions: Sequence[str],
        unread: str | None,
    ) -> bool:
        if not unread and not answers & {REFUSED, MIXED}:
            return True
        columns = tuple(dict.fromkeys(c for operand in operands for c in columns_in(operand)))
        if not columns:
            return True
        engine = NAMES.get(self._engine, self._engine)
        if unread and questions[0] in READS_TEXT_WHEN_REACHED and self._engine not in BINDS_TEXT:
            self._undecided.append(Finding(node, columns, unread))
            return True
        if unread:
            self._refused.append(Finding(node, columns, unread))
            return False
        if answers == {REFUSED}:
            kinds = [" or ".join(sorted(self._classes(operand))) for operand in operands]
            asked = _asked(questions[0], kinds)
            self._refused.append(Finding(node, columns, f"{engine} does not accept {asked}"))
            return False
        reason = f"whether {engine} accepts it is not known"
        self._undecided.append(Finding(node, columns, reason))
        return True


def _result(answers: frozenset[str]) -> frozenset[str]:
    """What an expression may be; nothing where an answer leaves it open."""
    return frozenset() if answers & {ACCEPTED, MIXED} else answers - {REFUSED}


def _asked(question: str, kinds: Sequence[str]) -> str:
    """A question with the operands' classes in place of the operands."""
    for position in (1, 2):
        if f"${position}" in question:
            question = question.replace(
                f"${position}", kinds[position - 1 if position == 1 else -1]
            )
    return question


@lru_cache(maxsize=65536)
def _answers(engine: str, question: str, operands: tuple[frozenset[str], ...]) -> frozenset[str]:
    """What the engine answers for each combination of classes."""
    table = table_of(engine)
    if table is None:
        return UNKNOWN
    if len(operands) == 1:
        single = table.single.get(question, {})
        return frozenset(single.get(name, MIXED) for name in operands[0])
    double = table.double.get(question, {})
    return frozenset(double.get(pair, MIXED) for pair in product(operands[0], operands[1]))
