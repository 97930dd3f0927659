"""Writes the tables of docs/accuracy.md: `python -m judges.accuracy`.

With names of engines it prints what differs from their judges instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from judges.ask import ENGINES
from judges.measure import Measure, faults, measure

PAGE = Path(__file__).parents[3] / "docs" / "accuracy.md"
START, END = "<!-- measured by make judges -->", "<!-- end -->"
TITLES = {
    "bigquery": "BigQuery",
    "spark": "Spark",
    "clickhouse": "ClickHouse",
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
}
KINDS = ("drop", "rename", "new type", "addition")


def tables(found: dict[str, Measure]) -> str:
    """All tables as Markdown."""
    return "\n".join([*_verdicts(found), "", *_columns(found)])


def _verdicts(found: dict[str, Measure]) -> Iterator[str]:
    yield (
        "| engine | judge | consumers | change | refused by the engine | `breaks` | `unknown`"
        " | `changes` only | nothing said | taken by the engine | false `breaks` |"
    )
    yield "|---|---|---:|---|---:|---:|---:|---:|---:|---:|---:|"
    for engine, one in found.items():
        for kind in KINDS:
            refused, taken = one.count(kind, True), one.count(kind, False)
            said = [one.count(kind, True, word) for word in ("unknown", "changes", "nothing")]
            cells = [
                TITLES[engine],
                one.judge,
                str(one.consumers),
                kind,
                str(refused),
                _share(one.count(kind, True, "breaks"), refused),
                *map(str, said),
                str(taken),
                _share(one.count(kind, False, "breaks"), taken),
            ]
            yield f"| {' | '.join(cells)} |"


def _columns(found: dict[str, Measure]) -> Iterator[str]:
    yield (
        "| engine | output columns | name and type right | type not known | name wrong"
        " | type wrong |"
    )
    yield "|---|---:|---:|---:|---:|---:|"
    for engine, one in found.items():
        total = one.columns.total()
        unknown = one.columns["type not known"] + one.columns["not known"]
        counts = (
            one.columns["right"],
            unknown,
            one.columns["wrong name"],
            one.columns["wrong type"],
        )
        shares = [_share(count, total) for count in counts]
        yield f"| {' | '.join([TITLES[engine], str(total), *shares])} |"


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.1f} %)" if whole else "0"


def page(text: str, found: dict[str, Measure]) -> str:
    """The page with its tables made anew."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{tables(found)}\n{END}{after}"


if __name__ == "__main__":
    if sys.argv[1:]:
        for chosen in sys.argv[1:]:
            measured = measure(chosen)
            print("\n".join(faults(measured)))
            print(tables({chosen: measured}))
    else:
        everything = {engine: measure(engine) for engine in ENGINES}
        PAGE.write_text(page(PAGE.read_text("utf-8"), everything), "utf-8")
