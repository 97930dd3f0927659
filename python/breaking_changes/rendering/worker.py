"""The process that renders: it has limits, no environment variables, and can be ended.

It talks JSON over a pipe, so that nothing that a macro makes is ever unpickled. Requests may nest:
while it waits for the columns of a relation, it may be asked to render another node.
"""

from __future__ import annotations

import collections
import contextlib
import gc
import json
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.rendering.call import ColumnList
from breaking_changes.rendering.engine import TOO_LARGE, TOO_LONG, Engine
from breaking_changes.rendering.outcome import Limits, NotRendered


class _TookTooLong(BaseException):
    """Raised by the clock into whatever runs, past any `except Exception`."""


def send(connection: Connection, message: Mapping[str, Any]) -> None:
    """Sends a message."""
    connection.send_bytes(json.dumps(message).encode())


def receive(connection: Connection) -> dict[str, Any]:
    """Waits for a message.

    Raises:
        EOFError: The other side is gone.
    """
    message: dict[str, Any] = json.loads(connection.recv_bytes())
    return message


def serve(
    connection: Connection,
    manifest: Manifest,
    variables: Mapping[str, Any],
    project_dir: Path | None,
    limits: Limits,
) -> None:
    """Answers requests until the other side is gone or a limit of memory was met."""
    # Ctrl-C reaches the whole group; who asked decides what then happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.clear()
    gc.freeze()
    confine(limits)
    worker = _Worker(connection, Engine(manifest, variables, project_dir, limits), manifest, limits)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while worker.answer(worker.next_request()):
            pass


class _Worker:
    def __init__(
        self, connection: Connection, engine: Engine, manifest: Manifest, limits: Limits
    ) -> None:
        self._connection = connection
        self._engine = engine
        self._nodes = manifest.nodes
        self._limits = limits
        self._waiting: collections.deque[str] = collections.deque()

    def next_request(self) -> dict[str, Any]:
        """The next request; until it comes, what will be rendered later is compiled."""
        while self._waiting and not self._connection.poll():
            node = self._nodes.get(self._waiting.popleft())
            if node is not None and not node.is_python:
                # What is wrong with it is said when it is rendered.
                with contextlib.suppress(Exception, _TookTooLong), _clock(self._limits.seconds):
                    self._engine.compile(node.raw_code)
        return receive(self._connection)

    def answer(self, request: Mapping[str, Any]) -> bool:
        """Renders what is asked for; whether the process is fit to go on."""
        if "prepare" in request:
            self._waiting.extend(request["prepare"])
            return True
        try:
            with _clock(self._limits.seconds):
                rendered = self._engine.render(
                    request["text"],
                    self._node(request["node"]),
                    self._columns,
                    bool(request["incremental"]),
                )
        except NotRendered as error:
            self._refuse(error.kind, str(error), error.macro)
        except _TookTooLong:
            self._refuse("limit", TOO_LONG)
        except MemoryError:
            send(self._connection, {"refused": "limit", "message": TOO_LARGE, "ends": True})
            return False
        else:
            send(
                self._connection,
                {"sql": rendered.sql, "asked": rendered.asked, "unknown": rendered.unknown},
            )
        return True

    def _node(self, unique_id: str) -> Node:
        node = self._nodes.get(unique_id)
        if node is None:
            raise NotRendered("missing", f"The manifest has no node {unique_id}.")
        return node

    def _refuse(self, kind: str, message: str, macro: str | None = None) -> None:
        send(self._connection, {"refused": kind, "message": message, "macro": macro})

    def _columns(self, unique_id: str) -> ColumnList | None:
        with _stopped_clock(self._limits.seconds):
            send(self._connection, {"columns_of": unique_id})
            while True:
                message = receive(self._connection)
                if "columns" in message:
                    break
                self.answer(message)
        columns: ColumnList | None = message["columns"]
        return columns


@contextlib.contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """Ends the block when it has taken that much CPU time."""
    start = getattr(signal, "setitimer", None)
    if start is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGPROF, _ring)
    _extend_cpu(seconds)
    # Rings again, should what it interrupts swallow the first one.
    start(signal.ITIMER_PROF, seconds, 0.2)
    try:
        yield
    finally:
        start(signal.ITIMER_PROF, 0)


@contextlib.contextmanager
def _stopped_clock(seconds: float) -> Iterator[None]:
    """Lets no time pass for the rendering while its asker is looking for the answer."""
    start: Callable[..., Any] = getattr(signal, "setitimer", lambda *args: None)
    timer = getattr(signal, "ITIMER_PROF", 0)
    start(timer, 0)
    try:
        yield
    finally:
        start(timer, seconds, 0.2)


def _ring(*args: Any) -> None:
    raise _TookTooLong


def confine(limits: Limits) -> None:
    """Limits memory and forbids writing files where the system can, beside the clock."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        size = _address_space()
        if size is not None:
            resource.setrlimit(resource.RLIMIT_AS, (size + limits.memory, size + limits.memory))


def _extend_cpu(seconds: float) -> None:
    """Lets the system end the process should a call into C not listen to the clock."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(usage.ru_utime + usage.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _address_space() -> int | None:
    """Bytes of address space in use, where /proc tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
