"""Asks an engine in a process of its own, which has limits and can be ended."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.connection import Connection

from breaking_changes.child import Child
from breaking_changes.limits import Limits, TookTooLong, clock, confine
from breaking_changes.proof.engines import Answer, engine_of
from breaking_changes.proof.statement import Statement

#: What an engine may use for one statement: seconds of CPU, bytes beyond what it has at its start.
BUDGET = Limits(seconds=10.0, memory=1 << 30)

#: Seconds by the clock on the wall: for one statement, and for an engine to start. BigQuery's
#: analyzer is compiled then, which takes about a minute on one core.
_PATIENCE, _TO_START = 60.0, 300.0


class Asking:
    """The process of one engine; a statement that is too much for it gets a new one.

    Args:
        dialect: sqlglot's name of the engine's dialect.
        budget: What one statement may use.
        confined: Whether memory is limited too: not of engines that reserve far more than they use.
    """

    def __init__(self, dialect: str, budget: Limits, confined: bool) -> None:
        self._dialect = dialect
        self._budget = budget
        self._confined = confined
        self._child: Child | None = None
        #: The engine and its version; empty when it cannot be started.
        self.name = ""

    def ask(self, statement: Statement) -> Answer:
        """The engine's answer, or why there is none."""
        child = self._child or self._start()
        if child is None:
            return Answer(None, "the engine does not start")
        answer: Answer | None = None
        with contextlib.suppress(OSError, EOFError):
            child.pipe.send(statement)
            if child.pipe.poll(_PATIENCE):
                answer = child.pipe.recv()
        if answer is None:
            self.close()
            return Answer(None, "it takes the engine too much time or memory")
        return replace(answer, text=_one_line(answer.text)) if answer.text else answer

    def close(self) -> None:
        """Ends the process."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _start(self) -> Child | None:
        self._child = child = Child(_serve, self._dialect, self._budget, self._confined)
        with contextlib.suppress(OSError, EOFError):
            if child.pipe.poll(_TO_START):
                self.name = child.pipe.recv()
                return child
        self.close()
        return None


@contextlib.contextmanager
def asking(dialect: str, confined: bool) -> Iterator[Asking]:
    """An engine that ends with the block."""
    made = Asking(dialect, BUDGET, confined)
    try:
        yield made
    finally:
        made.close()


def _serve(connection: Connection, dialect: str, budget: Limits, confined: bool) -> None:
    """Answers until the other side is gone or one statement took too much."""
    # What stands in SQL could be made to tell of them.
    os.environ.clear()
    engine = engine_of(dialect)
    if confined:
        confine(budget)
    with contextlib.suppress(EOFError, OSError):
        connection.send(engine.name)
        while True:
            statement: Statement = connection.recv()
            try:
                with clock(budget.seconds):
                    answer = engine.ask(statement)
            except (TookTooLong, MemoryError):
                return
            connection.send(answer)


def _one_line(text: str) -> str:
    """The sentence that an engine's error begins with."""
    return " ".join(text.splitlines()[0].split())[:300] if text.strip() else text
