"""Analyses many statements, in several processes when that pays."""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence

from breaking_changes.binder import Analysis
from breaking_changes.lineage.running.tasks import Task, decode, encode

#: Below this many statements at once, starting processes costs more than it saves.
_WORTH_PROCESSES = 150
_CHUNK = 16


class Workers:
    """Runs tasks here or in other processes; what comes back is encoded, ready for the cache.

    Args:
        processes: How many at most; by default one for each core that this process may use.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or _cores()
        self._pool: concurrent.futures.ProcessPoolExecutor | None = None

    def run(
        self, tasks: Sequence[Task], done: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[Analysis, str]]:
        """Each task's analysis and its encoding, in order; `done` is called after each."""
        if self._processes > 1 and (self._pool or len(tasks) >= _WORTH_PROCESSES):
            for text in self._start().map(_run_encoded, tasks, chunksize=_CHUNK):
                done()
                yield decode(text), text
            return
        for task in tasks:
            analysis = task.run()
            done()
            yield analysis, encode(analysis)

    def _start(self) -> concurrent.futures.ProcessPoolExecutor:
        if self._pool is None:
            method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
            self._pool = concurrent.futures.ProcessPoolExecutor(
                self._processes, multiprocessing.get_context(method)
            )
        return self._pool

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


@contextlib.contextmanager
def workers(processes: int | None = None) -> Iterator[Workers]:
    """Workers that end with the block."""
    made = Workers(processes)
    try:
        yield made
    finally:
        made.close()


def _run_encoded(task: Task) -> str:
    return encode(task.run())


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
