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
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.limits import Limits, TookTooLong, clock, confine, stopped_clock
from breaking_changes.rendering.call import ColumnList
from breaking_changes.rendering.engine import TOO_LARGE, TOO_LONG, Engine
from breaking_changes.rendering.outcome import NotRendered


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
                with contextlib.suppress(Exception, TookTooLong), clock(self._limits.seconds):
                    self._engine.compile(node.raw_code)
        return receive(self._connection)

    def answer(self, request: Mapping[str, Any]) -> bool:
        """Renders what is asked for; whether the process is fit to go on."""
        if "prepare" in request:
            self._waiting.extend(request["prepare"])
            return True
        try:
            with clock(self._limits.seconds):
                rendered = self._engine.render(
                    request["text"],
                    self._node(request["node"]),
                    self._columns,
                    bool(request["incremental"]),
                    bool(request["is_empty"]),
                    request.get("rows"),
                )
        except NotRendered as error:
            self._refuse(error)
        except TookTooLong:
            self._refuse(NotRendered("limit", TOO_LONG))
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

    def _refuse(self, error: NotRendered) -> None:
        send(
            self._connection,
            {
                "refused": error.kind,
                "message": str(error),
                "macro": error.macro,
                "asked": error.asked,
                "unknown": error.unknown,
            },
        )

    def _columns(self, unique_id: str) -> ColumnList | None:
        with stopped_clock(self._limits.seconds):
            send(self._connection, {"columns_of": unique_id})
            while True:
                message = receive(self._connection)
                if "columns" in message:
                    break
                self.answer(message)
        columns: ColumnList | None = message["columns"]
        return columns
