"""Renders the nodes of a manifest, each in a process that can be ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.limits import Limits
from breaking_changes.rendering.call import MadeUp
from breaking_changes.rendering.engine import TOO_LONG
from breaking_changes.rendering.outcome import NotRendered, Rendered
from breaking_changes.rendering.processes import ColumnsOf, Process, Processes
from breaking_changes.rendering.worker import Material

#: How often a rendering is begun anew because another one, for which it waited, ended the process.
_TRIES = 3

#: What answers the questions of one node.
NodeColumns = Callable[[Node], ColumnsOf]


class Renderer:
    """Renders the nodes of one manifest in processes of its own, which are started when needed.

    Args:
        manifest: The manifest, whose macros are the ones that run.
        variables: What `--vars` sets on the command line; it wins over the project's files. What
            it holds under a package's name counts for that package alone.
        project_dir: The folder with dbt_project.yml (and dbt_packages), for vars and dispatch.
        limits: What one rendering may use; those of `beside` where that is given.
        beside: What renders the other side of a change, so that both share their processes.
    """

    def __init__(
        self,
        manifest: Manifest,
        variables: Mapping[str, Any] | None = None,
        project_dir: Path | None = None,
        limits: Limits | None = None,
        beside: Renderer | None = None,
    ) -> None:
        self.manifest = manifest
        self._processes: Processes = beside._processes if beside else Processes(limits or Limits())
        self._side = self._processes.add(Material(manifest, dict(variables or {}), project_dir))
        #: What was begun ahead: who renders it, and by which number.
        self._begun: dict[str, tuple[Process, int]] = {}

    def begin(self, nodes: Sequence[tuple[Node, Sequence[str]]], columns_of: NodeColumns) -> None:
        """Lets nodes be rendered anew whose SQL `begun` gives later; what is begun already stays.

        Args:
            nodes: The nodes, and the relations whose columns each will probably ask for. What is
                known of these must not change until then.
            columns_of: What answers the questions of a node.
        """
        asked = {
            node.unique_id: (node, relations)
            for node, relations in nodes
            if node.unique_id not in self._begun
        }
        for place, names in self._processes.share(list(asked)).items():
            requests = [
                (self._request(None, asked[name][0]), columns_of(asked[name][0]), asked[name][1])
                for name in names
            ]
            process = self._processes.at(place)
            try:
                numbers = process.begin(requests)
            except (EOFError, OSError):
                # Whatever ended it is found when it is asked for by itself.
                self._processes.end(process)
                continue
            self._begun |= {name: (process, one) for name, one in zip(names, numbers, strict=True)}

    def render(
        self,
        node: Node,
        columns_of: ColumnsOf,
        incremental: bool = False,
        is_empty: bool = False,
        made_up: MadeUp | None = None,
    ) -> Rendered:
        """The SQL of a node.

        Args:
            node: A node of the manifest that has SQL.
            columns_of: The columns of a relation by its node's unique_id; none when not known.
            incremental: Whether the node's table exists already, so that `is_incremental()` holds
                for an incremental model.
            is_empty: Whether the warehouse holds no relation at all, as that of a CI job may.
            made_up: What it takes for true though nobody knows it.

        Raises:
            NotRendered: It needs more than is known, or fails; `kind` says which.
        """
        if node.is_python:
            raise NotRendered("missing", "It is a Python model.")
        return self._answer(self._request(None, node, incremental, is_empty, made_up), columns_of)

    def render_text(
        self,
        text: str,
        node: Node,
        columns_of: ColumnsOf,
        incremental: bool = False,
        is_empty: bool = False,
        made_up: MadeUp | None = None,
    ) -> Rendered:
        """A text that belongs to a node, such as a hook, in that node's context.

        Raises:
            NotRendered: As for `render`.
        """
        return self._answer(self._request(text, node, incremental, is_empty, made_up), columns_of)

    def begun(self, node: Node) -> Rendered | None:
        """What `begin` was told to render, as `render` gives it; none where nothing came of it.

        Raises:
            NotRendered: As for `render`.
        """
        process, number = self._begun.pop(node.unique_id, (None, 0))
        if process is None:
            return None
        try:
            answer = process.result(number)
        except (EOFError, OSError):
            self._processes.end(process)
            return None
        except BaseException:
            self.close()
            raise
        return self._outcome(answer, process)

    @property
    def process_id(self) -> int | None:
        """The first process that renders; none when none is running."""
        return next(iter(self._processes.ids), None)

    def close(self) -> None:
        """Ends the processes; the next rendering starts another one."""
        self._processes.close()

    def _request(
        self,
        text: str | None,
        node: Node,
        incremental: bool = False,
        is_empty: bool = False,
        made_up: MadeUp | None = None,
    ) -> dict[str, Any]:
        made_up = made_up or MadeUp()
        return {
            "side": self._side,
            "text": text,
            "node": node.unique_id,
            "incremental": incremental,
            "is_empty": is_empty,
            "rows": made_up.rows,
            "target": made_up.target,
        }

    def _answer(self, request: Mapping[str, Any], columns_of: ColumnsOf) -> Rendered:
        for _ in range(_TRIES):
            process = self._processes.of(request["node"])
            try:
                (number,) = process.begin([(request, columns_of, ())])
                answer = process.result(number)
            except (EOFError, OSError):
                if self._processes.end(process):
                    raise NotRendered("limit", TOO_LONG) from None
                # What it asked for meanwhile ended the process, not this request.
                continue
            except BaseException:
                self.close()
                raise
            return self._outcome(answer, process)
        raise NotRendered("limit", TOO_LONG)

    def _outcome(self, answer: Mapping[str, Any], process: Process) -> Rendered:
        if answer.get("ends"):
            self._processes.end(process)
        if "refused" in answer:
            refused = NotRendered(answer["refused"], answer["message"], answer.get("macro"))
            refused.asked = tuple(answer.get("asked", ()))
            refused.unknown = tuple(answer.get("unknown", ()))
            raise refused
        spans = tuple((start, end, line) for start, end, line in answer["spans"])
        return Rendered(answer["sql"], tuple(answer["asked"]), tuple(answer["unknown"]), spans)
