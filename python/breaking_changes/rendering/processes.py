"""The processes that render, as the one that asks sees them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

from breaking_changes.binder import Column
from breaking_changes.child import Child
from breaking_changes.limits import Limits
from breaking_changes.rendering.worker import Material, receive, send, serve

ColumnsOf = Callable[[str], "Sequence[Column] | None"]

#: What is to be rendered, what answers its questions, and what it will probably ask.
Request = tuple[Mapping[str, Any], ColumnsOf, Iterable[str]]

#: How much longer than its CPU time a rendering may take by the clock on the wall: a machine may
#: be busy with other things.
_PATIENCE = 12

#: So many nodes are rendered by one process: to start another one costs more.
_FEW = 20

#: More processes would each compile the same macros.
_MOST = 2


class Process(Child):
    """One process: it may have many requests at once, and answers them one after the other."""

    def __init__(self, materials: Sequence[Material], limits: Limits) -> None:
        super().__init__(serve, materials, limits)
        self._patience = limits.seconds * _PATIENCE
        self._last = 0
        self._open: dict[int, ColumnsOf] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        self._is_asking = False

    def begin(self, requests: Sequence[Request]) -> list[int]:
        """Sends requests; the numbers by which `result` gives the answers.

        Raises:
            OSError: The process is gone.
        """
        # It reads nothing while it has something to say, unless it waits for an answer itself.
        while self._open and not self._is_asking:
            self._take()
        lists: list[object] = []
        places: dict[object, int] = {}

        def place(columns: Sequence[Column] | None) -> int:
            listed = _listed(columns)
            key = None if listed is None else tuple(listed)
            if key not in places:
                places[key] = len(lists)
                lists.append(listed)
            return places[key]

        known = [{name: place(of(name)) for name in wanted} for _, of, wanted in requests]
        numbers = [self._last + one for one in range(1, len(requests) + 1)]
        self._last += len(requests)
        sent = [
            {**request, "number": number, "columns": columns}
            for (request, _, _), number, columns in zip(requests, numbers, known, strict=True)
        ]
        send(self.pipe, {"requests": sent, "lists": lists})
        self._open |= {number: of for number, (_, of, _) in zip(numbers, requests, strict=True)}
        return numbers

    def result(self, number: int) -> dict[str, Any]:
        """The answer to a request; questions on the way are answered too.

        Raises:
            EOFError: The process took too long or died.
            OSError: It was ended.
        """
        while number not in self._answers:
            self._take()
        return self._answers.pop(number)

    def _take(self) -> None:
        if not self.pipe.poll(self._patience):
            raise EOFError
        message = receive(self.pipe)
        number = message["number"]
        if "columns_of" not in message:
            del self._open[number]
            self._answers[number] = message
            return
        was, self._is_asking = self._is_asking, True
        columns = self._open[number](message["columns_of"])
        self._is_asking = was
        send(self.pipe, {"columns": _listed(columns)})


class Processes:
    """The processes that render the nodes of one manifest, or of both sides of a change."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._materials: list[Material] = []
        self._running: dict[int, Process] = {}
        #: Which process a node belongs to, so that what both sides share is compiled once.
        self._places: dict[str, int] = {}

    def add(self, material: Material) -> int:
        """Makes the nodes of a manifest known; the number of its side."""
        self.close()
        self._materials.append(material)
        return len(self._materials) - 1

    def share(self, unique_ids: Sequence[str]) -> dict[int, list[str]]:
        """Which process renders which nodes."""
        most = min(_MOST, os.cpu_count() or 1) if len(unique_ids) > _FEW else 1
        shared: dict[int, list[str]] = {}
        for name in unique_ids:
            place = self._places.setdefault(name, crc32(name.encode()) % most)
            shared.setdefault(place, []).append(name)
        return shared

    def of(self, unique_id: str) -> Process:
        """The process that renders a node, started if it does not run."""
        return self.at(self._places.get(unique_id, 0))

    def at(self, place: int) -> Process:
        """One of the processes, started if it does not run."""
        process = self._running.get(place)
        if process is not None and not process.process.is_alive():
            self.end(process)
            process = None
        if process is None:
            process = self._running[place] = Process(self._materials, self.limits)
        return process

    def end(self, process: Process) -> bool:
        """Ends a process, so that another one takes its place; whether it ran until now."""
        for place, running in self._running.items():
            if running is process:
                process.end()
                del self._running[place]
                return True
        return False

    def close(self) -> None:
        """Ends all of them."""
        for process in [*self._running.values()]:
            self.end(process)

    @property
    def ids(self) -> list[int | None]:
        """The ids of the processes that run."""
        return [process.process.pid for process in self._running.values()]


def _listed(columns: Sequence[Column] | None) -> list[tuple[str, str | None]] | None:
    return None if columns is None else [(one.name, one.type) for one in columns]
