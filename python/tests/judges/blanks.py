"""Which invisible characters an engine takes for blanks: `python -m judges.blanks [engine ...]`.

The answers of the engines that need a judge stand in `answers/blanks.json`; `tests/binder` asks
DuckDB and PostgreSQL itself.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from breaking_changes.binder import Column, Relation
from judges.ask import ENGINES
from judges.judge import Judge

ANSWERS = Path(__file__).parent / "answers" / "blanks.json"

PLACES = (
    "select{sign}id from users",
    "{sign}select id from users",
    "select id from {sign}users",
    "select id{sign}from users",
)
"""Where a blank changes nothing."""

_TYPES = {"bigquery": "INT64", "clickhouse": "Int64", "spark": "INT"}


def invisible() -> Iterator[str]:
    """Unicode's spaces, separators, format and control characters but for those of every engine."""
    for code in range(0x110000):
        sign = chr(code)
        if (
            unicodedata.category(sign) in ("Zs", "Zl", "Zp", "Cf", "Cc")
            and sign not in " \t\n\v\f\r"
        ):
            yield sign


def blanks(accepted: Callable[[str], bool]) -> list[str]:
    """The code points that an engine takes for a blank in every place."""
    return [
        f"{ord(sign):04X}"
        for sign in invisible()
        if all(accepted(place.format(sign=sign)) for place in PLACES)
    ]


def main() -> None:
    """Asks the engines that are named, or all that are kept."""
    kept = json.loads(ANSWERS.read_text(encoding="utf-8")) if ANSWERS.exists() else {}
    for engine in sys.argv[1:] or _TYPES:
        judge: Judge = getattr(import_module(f"judges.{engine}"), ENGINES[engine])()
        users = (Relation("users", (Column("id", _TYPES[engine]),)),)

        def accepted(sql: str, judge: Judge = judge, users: tuple[Relation, ...] = users) -> bool:
            columns = judge.ask(sql, users).columns
            return columns is not None and columns[0][0] == "id"

        kept[engine] = blanks(accepted)
    ANSWERS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
