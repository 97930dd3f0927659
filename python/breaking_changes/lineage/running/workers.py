"""Analyses statements in processes that have a budget for each and can be ended.

Whoever writes a model writes its SQL: one statement must not take the time or the memory of all the
others. Over its budget it is unknown, with the reason, and the work goes on.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait

from breaking_changes.binder import Analysis
from breaking_changes.child import Child
from breaking_changes.limits import Limits, TookTooLong, clock, confine
from breaking_changes.lineage.running.tasks import Task, decode, encode

#: Below this many statements at once, starting more than one process costs more than it saves.
_WORTH_PROCESSES = 60

#: What one statement may take: seconds of CPU, bytes beyond what the process has at its start.
BUDGET = Limits(seconds=5.0, memory=512 * 1024 * 1024)

#: How much longer than its CPU time it may take by the clock on the wall, on a busy machine.
_PATIENCE = 12

_TIME, _MEMORY = "time", "memory"


class Workers:
    """Runs tasks in other processes; what comes back is encoded, ready for the cache.

    Args:
        processes: How many at most; by default one for each core that this process may use.
        budget: What one task may use.
    """

    def __init__(self, processes: int | None = None, budget: Limits = BUDGET) -> None:
        self._processes = processes or _cores()
        self._budget = budget
        self._children: list[_Child] = []

    def run(
        self, tasks: Sequence[Task], done: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[Analysis, str | None]]:
        """Each task's analysis and its encoding, in order; `done` is called after each.

        There is no encoding of a task that was ended: another time it may come to an end.
        """
        waiting = deque(range(len(tasks)))
        finished: dict[int, tuple[Analysis, str | None]] = {}
        for position in range(len(tasks)):
            while position not in finished:
                self._start(tasks, waiting)
                for child in self._ready():
                    self._take(child, waiting, finished, done)
            yield finished.pop(position)

    def _start(self, tasks: Sequence[Task], waiting: deque[int]) -> None:
        """Gives work to idle processes, and starts as many as that pays for."""
        most = self._processes if len(tasks) >= _WORTH_PROCESSES else 1
        while waiting and len(self._children) < most:
            self._children.append(_Child(self._budget))
        for child in self._children:
            if waiting and child.task is None:
                number = waiting.popleft()
                child.begin(number, tasks[number])

    def _ready(self) -> list[_Child]:
        """The processes that have an answer, or that will have none."""
        working = [child for child in self._children if child.task is not None]
        patience = max(0.0, min(child.deadline for child in working) - time.monotonic())
        answered = wait([child.pipe for child in working], patience)
        now = time.monotonic()
        return [child for child in working if child.pipe in answered or child.deadline <= now]

    def _take(
        self,
        child: _Child,
        waiting: deque[int],
        finished: dict[int, tuple[Analysis, str | None]],
        done: Callable[[], None],
    ) -> None:
        number, fresh = child.task, child.is_fresh
        assert number is not None
        answer, problem = child.answer()
        if problem is not None:
            self._children.remove(child)
            child.end()
        if problem not in (None, _TIME) and not fresh:
            # What earlier statements left in that process may have been too much for this one.
            waiting.appendleft(number)
            return
        if answer is None:
            finished[number] = _unknown(self._reason(problem)), None
        else:
            finished[number] = decode(answer), answer
        done()

    def _reason(self, problem: str | None) -> str:
        if problem == _TIME:
            return f"Its SQL takes more than {self._budget.seconds:g} s to analyse."
        if problem == _MEMORY:
            return f"Its SQL takes more than {self._budget.memory >> 20} MB to analyse."
        return "Its SQL cannot be analysed: it ends the process that does."

    def close(self) -> None:
        """Ends the processes."""
        for child in self._children:
            child.end()
        self._children = []


@contextlib.contextmanager
def workers(processes: int | None = None) -> Iterator[Workers]:
    """Workers that end with the block."""
    made = Workers(processes)
    try:
        yield made
    finally:
        made.close()


class _Child(Child):
    """One process, which has one task at a time."""

    def __init__(self, budget: Limits) -> None:
        super().__init__(_serve, budget)
        self.task: int | None = None
        self.deadline = 0.0
        self.is_fresh = True
        self._budget = budget

    def begin(self, number: int, task: Task) -> None:
        """Sends a task."""
        self.task = number
        self.deadline = time.monotonic() + self._budget.seconds * _PATIENCE
        # A process that is gone shows when its answer is read.
        with contextlib.suppress(OSError):
            self.pipe.send(task)

    def answer(self) -> tuple[str | None, str | None]:
        """The encoded analysis, or none and what went wrong."""
        self.task, self.is_fresh = None, False
        if not self.pipe.poll():
            return None, _TIME
        try:
            text = self.pipe.recv_bytes().decode()
        except (EOFError, OSError):
            return None, "end"
        return (None, text) if text in (_TIME, _MEMORY) else (text, None)


def _serve(connection: Connection, budget: Limits) -> None:
    """Runs tasks until the other side is gone or one took too much."""
    confine(budget)
    with contextlib.suppress(EOFError, OSError):
        while True:
            task: Task = connection.recv()
            answer = _run(task, budget)
            connection.send_bytes(answer.encode())
            if answer in (_TIME, _MEMORY):
                return


def _run(task: Task, budget: Limits) -> str:
    try:
        with clock(budget.seconds):
            return encode(task.run())
    except TookTooLong:
        return _TIME
    except MemoryError:
        return _MEMORY


def _unknown(reason: str) -> Analysis:
    return Analysis(complete=False, reason=reason, blind=reason)


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
