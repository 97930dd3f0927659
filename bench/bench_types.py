"""What the project promises of the type lattice: one pair of scalar types in half a millisecond.

    PYTHONPATH=python/tests python bench/bench_types.py

runs the macro in the helper's host, beside one that only hands its argument back.
"""

from __future__ import annotations

import sys

from measures import say, seconds
from type_grid import host

PAIRS = [("INT", "BIGINT"), ("DECIMAL(10,2)", "DECIMAL(12,2)"), ("DATE", "TIMESTAMP")]
CALLS = 200
RUNS = 9
MILLISECONDS = 0.5


def measure() -> bool:
    """Prints one line a pair; whether every bound is kept."""
    nothing = _milliseconds("_plain", "INT")
    kept = [
        say(
            f"types, {before} to {after}: ms",
            _milliseconds("_classify_type_change", before, after, "duckdb"),
            MILLISECONDS,
            ("a macro that does nothing", nothing),
        )
        for before, after in PAIRS
    ]
    return all(kept)


def _milliseconds(macro: str, *arguments: str) -> float:
    def calls() -> None:
        for _ in range(CALLS):
            host().call(macro, *arguments)

    return seconds(calls, RUNS) / CALLS * 1000


if __name__ == "__main__":
    sys.exit(0 if measure() else 1)
