"""What an engine answered, for each question and each class of operands.

A question is SQL with one or two operands, such as ``sum($1)`` or ``$1 + $2``; its answer is the
class of the result, or that the engine refuses. The tables in ``tables/`` are text: a line per
question with one operand, and a block per question with two, whose rows are the first operand's
classes and whose columns are the second's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

ACCEPTED = "."
"""Accepted, with a result of no class or of one that depends on more than the operands' classes."""
REFUSED = "x"
MIXED = "?"
"""Whether it is accepted depends on more than the classes of the operands."""

CODES = {
    "integer": "in",
    "bigint": "bi",
    "hugeint": "hu",
    "unsigned": "un",
    "decimal": "de",
    "float": "fl",
    "string": "st",
    "boolean": "bo",
    "date": "da",
    "time": "ti",
    "timetz": "tz",
    "timestamp": "ts",
    "timestamptz": "tt",
    "interval": "iv",
    "binary": "by",
    "json": "js",
    "jsonb": "jb",
    "uuid": "uu",
    "array": "ar",
    "struct": "sr",
    "map": "ma",
    "enum": "en",
    "number": "nr",
    "text": "tx",
    "null": "nu",
}
"""Class of operands to its column heading. ``number`` and ``text`` are literals."""

CLASSES = {code: name for name, code in CODES.items()}
FOLDER = Path(__file__).parent / "tables"
Answer = Callable[[str, tuple[str, ...]], str]


@dataclass(frozen=True)
class Table:
    """An engine's answers; `single` and `double` map a question to {classes: answer}."""

    header: tuple[str, ...]
    classes: tuple[str, ...]
    single: dict[str, dict[str, str]] = field(default_factory=dict)
    double: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)

    def answered(self, answer: Answer) -> Table:
        """The same questions, answered by another."""
        single = {
            question: {name: answer(question, (name,)) for name in self.classes}
            for question in self.single
        }
        double = {
            question: {pair: answer(question, pair) for pair in product(self.classes, self.classes)}
            for question in self.double
        }
        return Table(self.header, self.classes, single, double)


@cache
def load(engine: str) -> Table:
    """Reads the table of an engine; a question without answers is one that is yet to be asked."""
    lines = (FOLDER / f"{engine}.txt").read_text(encoding="utf-8").splitlines()
    header = tuple(line for line in lines if line.startswith("# "))
    heading, *rows = (line for line in lines if line and not line.startswith("# "))
    classes = tuple(CLASSES[code] for code in heading.partition("|")[2].split())
    single: dict[str, dict[str, str]] = {}
    double: dict[str, dict[tuple[str, str], str]] = {}
    question = ""
    for row in rows:
        if row.startswith("## "):
            question = row[3:]
            double[question] = {}
            continue
        label, _, cells = row.rpartition(" | ") if " | " in row else (row, "", "")
        answers = [CLASSES.get(cell, cell) for cell in cells.split()]
        if question:
            pairs = zip(classes, answers, strict=False)
            double[question] |= {(label.strip(), right): answer for right, answer in pairs}
        else:
            single[label.strip()] = dict(zip(classes, answers, strict=False))
    return Table(header, classes, single, double)


def render(table: Table) -> str:
    """The text of a table, which `load` reads."""
    width = max(len(label) for label in (*table.single, *table.classes))

    def line(label: str, answers: Iterable[str]) -> str:
        cells = " ".join(f"{CODES.get(answer, answer):<2}" for answer in answers)
        return f"{label:<{width}} | {cells}".rstrip()

    lines = [*table.header, "", line("", table.classes)]
    lines += [line(question, answers.values()) for question, answers in table.single.items()]
    for question, answers in table.double.items():
        lines += ["", f"## {question}"]
        lines += [
            line(left, (answers[left, right] for right in table.classes)) for left in table.classes
        ]
    return "\n".join(lines) + "\n"
