"""What the engine says of each consumer that the report says to break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from breaking_changes.binder import Analysis
from breaking_changes.lineage.nodes.hooks import CLAUSE as HOOK
from breaking_changes.lineage.nodes.relation_names import NormalisedSql
from breaking_changes.lineage.walk.facts import Facts, Miss
from breaking_changes.lineage.walk.side import Side
from breaking_changes.proof.asking import Asking
from breaking_changes.proof.engines import Answer
from breaking_changes.proof.statement import Statement, Statements

CONFIRMED, CONTRADICTED, UNDECIDED = "confirmed", "contradicted", "undecided"

#: What a node may miss without that its SELECT does: what a table or a contract takes of it.
_BESIDE_SQL = ("contract", "table", "fixture")


@dataclass(frozen=True, slots=True)
class Case:
    """A consumer's SQL in one kind of run, on both sides.

    Attributes:
        before: The control: what binds, if the stubs are good.
        after: What is said to bind no longer.
        missed: The kinds of what this SQL newly misses; none where a contract, a table or a hook
            is what breaks.
    """

    before: Statement
    after: Statement
    missed: frozenset[str]


class Cases:
    """Makes the cases of the consumers that a change breaks.

    Args:
        before: The prior side.
        after: The current side.
    """

    def __init__(self, before: Side, after: Side) -> None:
        self._before = before
        self._after = after

    def of(self, unique_id: str) -> list[Case]:
        """The cases of a consumer; none when one side has no SQL of it."""
        if unique_id not in self._before.nodes or unique_id not in self._after.nodes:
            return []
        was, now = self._before.facts(unique_id), self._after.facts(unique_id)
        read = self._read(unique_id)
        prior, current = Statements(self._before, read), Statements(self._after, read)
        found = []
        for (old, _), (sql, analysis) in zip(_runs(was, now), _runs(now, was), strict=True):
            if old is not None and sql is not None:
                missed = _missed(analysis) - _missed(*_analyses(was)) | self._inlined(unique_id)
                kinds = frozenset(kind for kind, _, _ in missed)
                found.append(Case(prior.of(unique_id, old), current.of(unique_id, sql), kinds))
        return found

    def _inlined(self, unique_id: str) -> set[Miss]:
        """What the ephemeral models that a node reads miss and did not miss before."""
        found: set[Miss] = set()
        for name in _inlined(self._after, unique_id):
            known = self._before.facts(name) if name in self._before.nodes else None
            found |= _missed(*_analyses(self._after.facts(name)))
            found -= _missed(*_analyses(known)) if known else set()
        return found

    def _read(self, unique_id: str) -> dict[str, dict[str, None]]:
        """The columns that the node reads by name, on either side, of each relation."""
        found: dict[str, dict[str, None]] = {}
        for side in (self._before, self._after):
            for name in (unique_id, *_inlined(side, unique_id)):
                for analysis in _analyses(side.facts(name)):
                    for read in analysis.reads:
                        found.setdefault(read.relation, {})[read.column.split(".")[0]] = None
        return found


def proofs(report: Mapping[str, Any], cases: Cases, engine: Asking) -> dict[str, Any]:
    """What the engine says of each consumer that breaks, as the macro `_add_proofs` takes it."""
    found: dict[str, dict[str, str | None]] = {}
    for unique_id in broken(report):
        proof = _proof(cases.of(unique_id), engine)
        if proof:
            found[unique_id] = proof
    return {"engine": engine.name, "nodes": found}


def broken(report: Mapping[str, Any]) -> list[str]:
    """The consumers that the report says to break, each once."""
    return list(
        dict.fromkeys(
            impact["node"]
            for change in report["changes"]
            for impact in change["impact"]
            if impact["verdict"] == "breaks"
        )
    )


def _proof(cases: list[Case], engine: Asking) -> dict[str, str | None] | None:
    """The first of the cases that the engine refuses, else what keeps it from telling, else that
    it binds them all."""
    told: dict[str, str | None] | None = None
    for case in cases:
        answer = _answer(case, engine)
        if answer.binds is False:
            return {"outcome": CONFIRMED, "answer": answer.text}
        if answer.binds is None:
            told = {"outcome": UNDECIDED, "answer": answer.text}
        elif case.missed and told is None:
            told = _bound(case)
    return told


def _bound(case: Case) -> dict[str, str | None]:
    """What it means that the engine takes what is said to break."""
    if case.missed == {"type"} and case.after.dialect == "duckdb":
        # As `date_column = bigint_column`, which DuckDB 2.0 plans and then cannot compute.
        return {"outcome": UNDECIDED, "answer": "it binds; some casts fail with the first row only"}
    return {"outcome": CONTRADICTED, "answer": None}


def _answer(case: Case, engine: Asking) -> Answer:
    """The engine's answer, if its control binds."""
    answer = engine.ask(case.after)
    if answer.binds is not False:
        return answer
    control = engine.ask(case.before)
    if control.binds is None:
        return control
    if not control.binds:
        text = (
            f"the prior side is refused as well, over what is known of its parents: {control.text}"
        )
        return Answer(None, text)
    untyped = not (case.before.is_typed and case.after.is_typed)
    if untyped and case.before.query != case.after.query and case.after.dialect != "duckdb":
        return Answer(None, "the types of its parents' columns are not known")
    return answer


def _runs(facts: Facts, other: Facts) -> list[tuple[NormalisedSql | None, Analysis | None]]:
    """The SQL of each kind of run that either side has; the first stands in for a missing one."""
    runs = [(facts.sql, facts.analysis)]
    if facts.later or other.later:
        later = facts.later
        runs.append((later.sql, later.analysis) if later and later.sql else runs[0])
    return runs


def _analyses(facts: Facts) -> Iterator[Analysis]:
    for analysis in (facts.analysis, facts.later.analysis if facts.later else None):
        if analysis is not None:
            yield analysis


def _missed(*analyses: Analysis | None) -> set[Miss]:
    """What the SQL itself refers to and the engine would refuse."""
    return {
        (miss.kind, miss.relation, miss.column)
        for analysis in analyses
        if analysis
        for miss in analysis.unbound
        if miss.kind not in _BESIDE_SQL and miss.clause != HOOK
    }


def _inlined(side: Side, unique_id: str) -> Iterator[str]:
    for parent in side.reading.parents(side.nodes[unique_id]):
        if parent.materialized == "ephemeral" and parent.unique_id != unique_id:
            yield parent.unique_id
            yield from _inlined(side, parent.unique_id)
