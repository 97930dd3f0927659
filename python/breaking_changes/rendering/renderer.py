"""Asks the process that renders, and starts another one when it had to be ended."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.binder import Column
from breaking_changes.child import Child
from breaking_changes.limits import Limits
from breaking_changes.rendering.call import Rows
from breaking_changes.rendering.engine import TOO_LONG
from breaking_changes.rendering.outcome import NotRendered, Rendered
from breaking_changes.rendering.worker import receive, send, serve

ColumnsOf = Callable[[str], Sequence[Column] | None]

#: How much longer than its CPU time a rendering may take by the clock on the wall: a machine may
#: be busy with other things.
_PATIENCE = 12

#: How often a rendering is begun anew because another one, for which it waited, ended the process.
_TRIES = 3


class Renderer:
    """Renders the nodes of one manifest in a process of its own, which is started when needed.

    Args:
        manifest: The manifest, whose macros are the ones that run.
        variables: What `--vars` sets on the command line; it wins over the project's files. What
            it holds under a package's name counts for that package alone.
        project_dir: The folder with dbt_project.yml (and dbt_packages), for vars and dispatch.
        limits: What one rendering may use.
    """

    def __init__(
        self,
        manifest: Manifest,
        variables: Mapping[str, Any] | None = None,
        project_dir: Path | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.manifest = manifest
        self._variables = dict(variables or {})
        self._project_dir = project_dir
        self._limits = limits or Limits()
        self._process: _Process | None = None

    def render(
        self,
        node: Node,
        columns_of: ColumnsOf,
        incremental: bool = False,
        is_empty: bool = False,
        rows: Rows | None = None,
    ) -> Rendered:
        """The SQL of a node.

        Args:
            node: A node of the manifest that has SQL.
            columns_of: The columns of a relation by its node's unique_id; none when not known.
            incremental: Whether the node's table exists already, so that `is_incremental()` holds
                for an incremental model.
            is_empty: Whether the warehouse holds no relation at all, as that of a CI job may.
            rows: What every query of a macro finds, as made up: one value a row. None ends the
                rendering there.

        Raises:
            NotRendered: It needs more than is known, or fails; `kind` says which.
        """
        if node.is_python:
            raise NotRendered("missing", "It is a Python model.")
        return self.render_text(node.raw_code, node, columns_of, incremental, is_empty, rows)

    def render_text(
        self,
        text: str,
        node: Node,
        columns_of: ColumnsOf,
        incremental: bool = False,
        is_empty: bool = False,
        rows: Rows | None = None,
    ) -> Rendered:
        """A text that belongs to a node, such as a hook, in that node's context.

        Raises:
            NotRendered: As for `render`.
        """
        request = {
            "text": text,
            "node": node.unique_id,
            "incremental": incremental,
            "is_empty": is_empty,
            "rows": rows,
        }
        for _ in range(_TRIES):
            process = self._running()
            try:
                answer = process.ask(request, columns_of)
            except (EOFError, OSError):
                if self._process is process:
                    self.close()
                    raise NotRendered("limit", TOO_LONG) from None
                # What it asked for meanwhile ended the process, not this request.
                continue
            except BaseException:
                self.close()
                raise
            if answer.get("ends") and self._process is process:
                self.close()
            return _outcome(answer)
        raise NotRendered("limit", TOO_LONG)

    def prepare(self, unique_ids: Iterable[str]) -> None:
        """Lets the process compile what will be rendered later, while it has nothing else to do."""
        with contextlib.suppress(OSError):
            self._running().tell({"prepare": list(unique_ids)})

    @property
    def process_id(self) -> int | None:
        """The process that renders; none when none is running."""
        return self._process.process.pid if self._process else None

    def close(self) -> None:
        """Ends the process; the next rendering starts another one."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _running(self) -> _Process:
        if self._process is not None and not self._process.process.is_alive():
            self.close()
        if self._process is None:
            arguments = (self.manifest, self._variables, self._project_dir, self._limits)
            self._process = _Process(arguments, self._limits.seconds * _PATIENCE)
        return self._process


class _Process(Child):
    """The process that renders."""

    def __init__(self, arguments: tuple[Any, ...], patience: float) -> None:
        super().__init__(serve, *arguments)
        self._patience = patience

    def tell(self, message: Mapping[str, Any]) -> None:
        """Sends what needs no answer."""
        send(self.pipe, message)

    def ask(self, request: Mapping[str, Any], columns_of: ColumnsOf) -> dict[str, Any]:
        """The answer to a request; questions on the way are answered by `columns_of`.

        Raises:
            EOFError: The process took too long or died.
        """
        send(self.pipe, request)
        while True:
            if not self.pipe.poll(self._patience):
                raise EOFError
            message = receive(self.pipe)
            if "columns_of" not in message:
                return message
            columns = columns_of(message["columns_of"])
            send(self.pipe, {"columns": columns and [(one.name, one.type) for one in columns]})


def _outcome(answer: Mapping[str, Any]) -> Rendered:
    if "refused" in answer:
        refused = NotRendered(answer["refused"], answer["message"], answer.get("macro"))
        refused.asked = tuple(answer.get("asked", ()))
        refused.unknown = tuple(answer.get("unknown", ()))
        raise refused
    return Rendered(answer["sql"], tuple(answer["asked"]), tuple(answer["unknown"]))
