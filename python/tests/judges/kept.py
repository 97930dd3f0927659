"""Answers of the judges, kept by the content of the questions in `answers/<engine>.json`.

One line a question: its key, the columns of the query as it stands, and the answer to each change:
null when it is refused, 0 when nothing is other than before, else the columns, each of them the
position of a former one or a new [name, type].
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from judges.judge import Answer

ANSWERS = Path(__file__).parent / "answers"

Given = tuple[Answer, ...]
"""The answers to a query as it stands, and after each change."""


def load(engine: str) -> tuple[str, dict[str, Given]]:
    """The judge's name and its answers by the keys of the questions."""
    path = ANSWERS / f"{engine}.json"
    if not path.exists():
        return "", {}
    content = json.loads(path.read_text("utf-8"))
    return content["judge"], {key: _decoded(*one) for key, one in content["answers"].items()}


def save(engine: str, judge: str, given: Mapping[str, Given]) -> None:
    """Writes all answers of one engine, one question a line."""
    lines = [
        f"{json.dumps(key)}: {json.dumps(_encoded(answers), separators=(',', ':'))}"
        for key, answers in given.items()
    ]
    body = ",\n".join(lines)
    ANSWERS.mkdir(exist_ok=True)
    (ANSWERS / f"{engine}.json").write_text(
        f'{{"judge": {json.dumps(judge)}, "answers": {{\n{body}\n}}}}\n', "utf-8"
    )


def _encoded(answers: Sequence[Answer]) -> list[Any]:
    base = answers[0].columns
    if base is None:
        return [answers[0].error, []]
    return [base, [_difference(base, answer) for answer in answers[1:]]]


def _difference(base: Sequence[tuple[str, str]], answer: Answer) -> Any:
    if answer.columns is None:
        return None
    if answer.columns == base:
        return 0
    places = {column: place for place, column in enumerate(base)}
    return [places.get(column, list(column)) for column in answer.columns]


def _decoded(base: Any, differences: Sequence[Any]) -> Given:
    if isinstance(base, str):
        return (Answer(None, base),)
    columns = tuple((name, type_) for name, type_ in base)
    return (Answer(columns), *(_answer(columns, one) for one in differences))


def _answer(base: tuple[tuple[str, str], ...], given: Any) -> Answer:
    if given is None:
        return Answer(None)
    if given == 0:
        return Answer(base)
    return Answer(tuple(base[one] if isinstance(one, int) else (one[0], one[1]) for one in given))
