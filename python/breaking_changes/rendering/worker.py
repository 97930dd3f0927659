"""The process that renders: it has limits, no environment variables, and can be ended.

It talks JSON over a pipe, so that nothing that a macro makes is ever unpickled. Requests may nest:
while it waits for the columns of a relation, it may be asked to render another node.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.limits import Limits, TookTooLong, clock, confine, stopped_clock
from breaking_changes.rendering.call import ColumnList, MadeUp
from breaking_changes.rendering.engine import TOO_LARGE, TOO_LONG, Engine
from breaking_changes.rendering.environment import Environment
from breaking_changes.rendering.outcome import NotRendered


class Material(NamedTuple):
    """What the nodes of one manifest are rendered with."""

    manifest: Manifest
    variables: Mapping[str, Any]
    project_dir: Path | None


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


def serve(connection: Connection, materials: Sequence[Material], limits: Limits) -> None:
    """Answers requests until the other side is gone or a limit of memory was met."""
    os.environ.clear()
    gc.freeze()
    confine(limits)
    worker = _Worker(connection, materials, limits)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while worker.answer(receive(connection)):
            pass


class _Worker:
    def __init__(
        self, connection: Connection, materials: Sequence[Material], limits: Limits
    ) -> None:
        self._connection = connection
        self._limits = limits
        # What both sides of a change have in common is compiled once.
        environment = Environment()
        self._manifests = [material.manifest for material in materials]
        self._engines = [Engine(*material, limits, environment) for material in materials]

    def answer(self, message: Mapping[str, Any]) -> bool:
        """Renders what is asked for; whether the process is fit to go on."""
        lists = message["lists"]
        return all(self._answer(request, lists) for request in message["requests"])

    def _answer(self, request: Mapping[str, Any], lists: Sequence[ColumnList | None]) -> bool:
        number = request["number"]
        known = {name: lists[place] for name, place in request["columns"].items()}

        def columns_of(name: str) -> ColumnList | None:
            return known[name] if name in known else self._columns(number, name)

        try:
            with clock(self._limits.seconds):
                node = self._node(request)
                text = request["text"]
                rendered = self._engines[request["side"]].render(
                    node.raw_code if text is None else text,
                    node,
                    columns_of,
                    bool(request["incremental"]),
                    bool(request["is_empty"]),
                    MadeUp(request["rows"], request["target"]),
                )
        except NotRendered as error:
            answer = _refusal(error)
        except TookTooLong:
            answer = _refusal(NotRendered("limit", TOO_LONG))
        except MemoryError:
            answer = {"refused": "limit", "message": TOO_LARGE, "ends": True}
        else:
            answer = {
                "sql": rendered.sql,
                "asked": rendered.asked,
                "unknown": rendered.unknown,
                "spans": rendered.spans,
            }
        send(self._connection, {"number": number, **answer})
        return "ends" not in answer

    def _node(self, request: Mapping[str, Any]) -> Node:
        side: int = request["side"]
        node = self._manifests[side].nodes.get(request["node"])
        if node is None:
            raise NotRendered("missing", f"The manifest has no node {request['node']}.")
        return node

    def _columns(self, number: int, unique_id: str) -> ColumnList | None:
        with stopped_clock(self._limits.seconds):
            send(self._connection, {"number": number, "columns_of": unique_id})
            while True:
                message = receive(self._connection)
                if "columns" in message:
                    break
                self.answer(message)
        columns: ColumnList | None = message["columns"]
        return columns


def _refusal(error: NotRendered) -> dict[str, Any]:
    return {
        "refused": error.kind,
        "message": str(error),
        "macro": error.macro,
        "asked": error.asked,
        "unknown": error.unknown,
    }
