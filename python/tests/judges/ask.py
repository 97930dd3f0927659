"""Asks the engines' own analyzers: `python -m judges.ask [engine ...]`, or all of them.

What was asked before is not asked again, unless `ANEW=1`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module

from breaking_changes.binder import Relation
from judges.judge import Answer, Judge
from judges.kept import load, save
from judges.questions import Question, changed, questions

ENGINES = {
    "bigquery": "BigQuery",
    "spark": "Spark",
    "clickhouse": "ClickHouse",
    "duckdb": "DuckDB",
    "postgres": "Postgres",
}
"""The engines with a judge: its module here, and its class."""


def ask(engine: str, told: Callable[[str], None]) -> None:
    """Asks one engine whatever it was not asked before, and keeps the answers."""
    wanted = {question.key(): question for question in questions(engine)}
    name, known = load(engine) if not os.environ.get("ANEW") else ("", {})
    known = {key: given for key, given in known.items() if given[0].columns is not None}
    missing = {key: question for key, question in wanted.items() if key not in known}
    if missing:
        judge: Judge = getattr(import_module(f"judges.{engine}"), ENGINES[engine])()
        name = judge.name
        known.update(_answers(judge, missing, engine, told))
    save(engine, name, {key: known[key] for key in wanted})


def _answers(
    judge: Judge, wanted: dict[str, Question], engine: str, told: Callable[[str], None]
) -> dict[str, tuple[Answer, ...]]:
    given: dict[str, list[Answer]] = {}
    for key, question in wanted.items():
        answer = judge.ask(question.sql, question.relations)
        given[key] = [answer]
        if answer.columns is None:
            told(f"{engine} refuses: {question.sql}\n    {answer.error}")
    # The same relations for many queries in turn, as to make them takes longer than to ask.
    states: dict[tuple[Relation, ...], list[tuple[str, int]]] = {}
    for key, question in wanted.items():
        if given[key][0].columns is not None:
            given[key] += [Answer(None)] * len(question.changes)
            for number, change in enumerate(question.changes):
                state = changed(question.relations, change, engine)
                states.setdefault(state, []).append((key, number))
    for done, (state, asked) in enumerate(states.items()):
        if done % 50 == 0:
            told(f"{engine}: {done} of {len(states)} states of the relations")
        for key, number in asked:
            given[key][number + 1] = judge.ask(wanted[key].sql, state)
    return {key: tuple(answers) for key, answers in given.items()}


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ENGINES:
        ask(chosen, lambda line: print(line, file=sys.stderr, flush=True))
