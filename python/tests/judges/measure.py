"""Compares what the helper finds with the judges' answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder import Analysis, Lookup, Relation, analyse
from judges.kept import Given, load
from judges.questions import Change, Question, changed, questions

KINDS = {"drop": "drop", "rename": "rename", "add": "addition"}
"""Kinds of change by what was asked; all others are a new type."""


@dataclass(frozen=True)
class Verdict:
    """One change, what the engine does with the query after it, and what the helper says."""

    sql: str
    change: Change
    refused: bool
    said: str

    @property
    def kind(self) -> str:
        """The kind of change, as docs/accuracy.md calls it."""
        return KINDS.get(self.change.kind, "new type")


@dataclass
class Measure:
    """All verdicts on one engine, and how the columns of its queries compare."""

    judge: str
    consumers: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    columns: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    unbound: list[str] = field(default_factory=list)

    def count(self, kind: str, refused: bool, said: str | None = None) -> int:
        """How many changes of a kind the engine refuses, or takes, that the helper calls so."""
        return sum(
            one.kind == kind and one.refused == refused and said in (None, one.said)
            for one in self.verdicts
        )


def measure(engine: str) -> Measure:
    """Analyses every query before and after each change that the engine's judge answered."""
    judge, answers = load(engine)
    found = Measure(judge)
    for question in questions(engine):
        given = answers.get(question.key())
        if given is not None and given[0].columns is not None:
            _add(found, engine, question, given)
    return found


def _add(found: Measure, engine: str, question: Question, given: Given) -> None:
    found.consumers += 1
    before = analyse(question.sql, _lookup(question.relations), engine)
    _compare_columns(found, engine, question, before, given[0].columns or ())
    if before.unbound:
        found.unbound.append(f"{question.sql}\n    {before.unbound[0]}")
    for change, answer in zip(question.changes, given[1:], strict=True):
        relations = changed(question.relations, change, engine)
        after = analyse(question.sql, _lookup(relations), engine)
        said = verdict(before, after, change)
        found.verdicts.append(Verdict(question.sql, change, answer.columns is None, said))


def verdict(before: Analysis, after: Analysis, change: Change) -> str:
    """What the macros make of the facts: breaks, unknown, changes, or nothing."""
    known = {(one.kind, one.relation, one.column, one.clause) for one in before.unbound}
    missed = {(one.kind, one.relation, one.column, one.clause) for one in after.unbound}
    if missed - known:
        return "breaks"
    if after.blind or not after.complete:
        return "unknown"
    if change.kind not in KINDS and _meets_unknown(before, after, change):
        return "unknown"
    if before.columns != after.columns:
        return "changes"
    reads = (*before.reads, *after.reads)
    if change.kind != "add" and any(
        read.relation == change.relation and read.column.split(".")[0].lower() == change.column
        for read in reads
    ):
        return "changes"
    return "nothing"


def _meets_unknown(before: Analysis, after: Analysis, change: Change) -> bool:
    """Whether the column meets a value of unknown type that the engine may refuse beside it now."""
    for now in after.untyped:
        if (now.relation, now.column) == (change.relation, change.column):
            former = [one for one in before.untyped if one[:3] == now[:3] and one.sql == now.sql]
            if not former or any(set(one.accepts) - set(now.accepts) for one in former):
                return True
    return False


def _compare_columns(
    found: Measure,
    engine: str,
    question: Question,
    before: Analysis,
    answer: tuple[tuple[str, str], ...],
) -> None:
    if not before.complete:
        found.columns["not known"] += len(answer)
        found.differences.append(f"{question.sql}\n    {before.reason}")
        return
    if len(before.columns) != len(answer):
        found.columns["wrong name"] += len(answer)
        found.differences.append(f"{question.sql}\n    {before.columns} != {answer}")
        return
    for column, (name, type_) in zip(before.columns, answer, strict=True):
        state = _state(column.name, column.type, name, type_, engine)
        found.columns[state] += 1
        if state != "right":
            found.differences.append(
                f"{state}: {column.name} {column.type}, engine: {name} {type_}: {question.sql}"
            )


def _state(name: str, type_: str | None, real_name: str, real: str, engine: str) -> str:
    unnamed = real_name.startswith("$")
    if name != real_name and not unnamed:
        return "wrong name"
    if type_ is None:
        return "type not known"
    return "right" if canonical(type_, engine) == canonical(real, engine) else "wrong type"


def canonical(type_: str, engine: str) -> str:
    """One spelling of a type, whatever case and synonyms it is written in."""
    try:
        return exp.DataType.build(type_, dialect=engine).sql(engine).lower().replace(": ", " ")
    except (SqlglotError, ValueError):
        return type_.lower()


def _lookup(relations: tuple[Relation, ...]) -> Lookup:
    by_name: dict[tuple[str, ...], Relation] = {(one.id,): one for one in relations}
    return by_name.get


def faults(found: Measure) -> Iterator[str]:
    """Everything that is not as the engine does it, for whoever looks into it."""
    for one in found.unbound:
        yield f"unbound as it stands: {one}"
    for verdict_ in found.verdicts:
        if verdict_.refused and verdict_.said != "breaks":
            yield f"refused, {verdict_.said}: {_text(verdict_)}"
        elif not verdict_.refused and verdict_.said == "breaks":
            yield f"taken, breaks: {_text(verdict_)}"
    yield from found.differences


def _text(one: Verdict) -> str:
    return f"{one.change.kind} {one.change.relation}.{one.change.column}: {one.sql}"
