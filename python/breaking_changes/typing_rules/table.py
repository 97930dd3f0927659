"""What an engine answered, for each question and each class of operands.

A question is SQL with one or two operands, such as ``sum($1)`` or ``$1 + $2``. The tables in
``tables/`` are text: a line per question with one operand, and a block per question with two, whose
rows are the first operand's classes and whose columns are the second's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ACCEPTED = "."
REFUSED = "x"
MIXED = "?"
"""The answer depends on more than the classes of the operands."""

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
COMBINES = " -> result"
"""Ends the heading of a question whose answer is the class of the result."""

Answer = Callable[[str, tuple[str, ...]], str]


@dataclass(frozen=True)
class Table:
    """An engine's answers; `single` and `double` map a question to {classes: answer}."""

    header: tuple[str, ...]
    classes: tuple[str, ...]
    single: dict[str, dict[str, str]] = field(default_factory=dict)
    double: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    combining: frozenset[str] = frozenset()

    def answered(self, plain: Answer, combined: Answer) -> Table:
        """The same questions, answered by others."""
        single = {
            question: {name: plain(question, (name,)) for name in self.classes}
            for question in self.single
        }
        double = {
            question: {
                (left, right): (combined if question in self.combining else plain)(
                    question, (left, right)
                )
                for left in self.classes
                for right in self.classes
            }
            for question in self.double
        }
        return Table(self.header, self.classes, single, double, self.combining)


@cache
def load(engine: str) -> Table:
    """Reads the table of an engine, with `ACCEPTED`, `REFUSED`, `MIXED` or a class as answers."""
    lines = (FOLDER / f"{engine}.txt").read_text(encoding="utf-8").splitlines()
    header = tuple(line for line in lines if line.startswith("# "))
    heading, *rows = (line for line in lines if line and not line.startswith("# "))
    classes = tuple(CLASSES[code] for code in heading.partition("|")[2].split())
    single: dict[str, dict[str, str]] = {}
    double: dict[str, dict[tuple[str, str], str]] = {}
    combining = set()
    question = ""
    for row in rows:
        if row.startswith("## "):
            question = row[3:].removesuffix(COMBINES)
            double[question] = {}
            if row.endswith(COMBINES):
                combining.add(question)
            continue
        label, _, cells = row.rpartition(" | ") if " | " in row else (row, "", "")
        answers = [CLASSES.get(cell, cell) for cell in cells.split()]
        if question:
            pairs = zip(classes, answers, strict=False)
            double[question] |= {(label.strip(), right): answer for right, answer in pairs}
        else:
            single[label.strip()] = dict(zip(classes, answers, strict=False))
    return Table(header, classes, single, double, frozenset(combining))


def render(table: Table) -> str:
    """The text of a table, which `load` reads."""
    width = max(len(label) for label in (*table.single, *table.classes))

    def line(label: str, cells: list[str], cell_width: int = 1) -> str:
        return f"{label:<{width}} | {' '.join(cell.ljust(cell_width) for cell in cells)}".rstrip()

    lines = [*table.header, "", line("", [CODES[name] for name in table.classes])]
    lines += [
        line(question, list(answers.values()), 2) for question, answers in table.single.items()
    ]
    for question, answers in table.double.items():
        lines += ["", f"## {question}{COMBINES if question in table.combining else ''}"]
        for left in table.classes:
            cells = [answers[left, right] for right in table.classes]
            codes = [CODES.get(cell, cell) for cell in cells]
            lines.append(line(left, codes, 2 if question in table.combining else 1))
    return "\n".join(lines) + "\n"
