"""A process of its own for work on the text of others, and the pipe to it."""

from __future__ import annotations

import multiprocessing
import signal
import warnings
import weakref
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from breaking_changes.limits import close_inherited


class Child:
    """A process that serves one pipe; it ends with this object, or by `end`.

    Args:
        serve: What runs in it, called with its end of the pipe and the arguments.
        arguments: Forked, they are shared without a copy; else they are pickled.
    """

    def __init__(self, serve: Callable[..., None], *arguments: Any) -> None:
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_begin, args=(self.pipe, theirs, serve, arguments), daemon=True
        )
        with warnings.catch_warnings():
            # Python warns of forking beside threads; the child touches none of their locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.process.start()
        theirs.close()
        self.end = weakref.finalize(self, _end, self.process, self.pipe)


def _begin(
    parents: Connection,
    connection: Connection,
    serve: Callable[..., None],
    arguments: tuple[Any, ...],
) -> None:
    # Ctrl-C reaches the whole group; who asked decides what then happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Without this the process would hold the end that has to close for it to end.
    parents.close()
    close_inherited(connection.fileno())
    serve(connection, *arguments)


def _end(process: BaseProcess, pipe: Connection) -> None:
    pipe.close()
    process.kill()
    process.join()
