"""How a measure is taken and printed: the median of some runs, beside what it is compared with."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

RUNS = 3


def seconds(run: Callable[[], object], runs: int = RUNS) -> float:
    """The median of the wall time that a call takes, in seconds."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def say(what: str, measured: float, bound: float, beside: tuple[str, float] | None = None) -> bool:
    """Prints one line; whether the bound is kept.

    Args:
        what: The measure and its unit.
        measured: What was measured, in that unit.
        bound: The most that is promised.
        beside: What was run beside it on the same machine, and what that took in the same unit.
    """
    kept = measured <= bound
    ratio = f", {measured / beside[1]:.1f} x {beside[0]}" if beside else ""
    verdict = "" if kept else "  TOO MUCH"
    print(f"{what}: {measured:.2f} (at most {bound:.2f}{ratio}){verdict}", flush=True)
    return kept
