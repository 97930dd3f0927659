"""Analyses statements, each content once: from memory, from the cache, else by the workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from breaking_changes.binder import Analysis
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.tasks import Task, decode
from breaking_changes.lineage.running.workers import Workers

Count = Callable[[int], None]


class Analyses:
    """What was analysed so far. Both sides of a change share one of these."""

    def __init__(self, cache: Cache, workers: Workers) -> None:
        self._cache = cache
        self._workers = workers
        self._known: dict[str, Analysis] = {}

    def run(self, tasks: Mapping[str, Task], count: Count) -> dict[str, Analysis]:
        """The analysis of each task; `count` is told how many are finished as they are."""
        keys = {name: task.key() for name, task in tasks.items()}
        missing = {key: tasks[name] for name, key in keys.items() if key not in self._known}
        count(len(keys) - len(missing))
        if missing:
            self._learn(missing, count)
        return {name: self._known[key] for name, key in keys.items()}

    def _learn(self, missing: dict[str, Task], count: Count) -> None:
        for key, text in self._cache.get(missing).items():
            try:
                self._known[key] = decode(text)
            except (ValueError, TypeError):
                continue
            del missing[key]
            count(1)
        fresh: dict[str, str] = {}
        results = self._workers.run(list(missing.values()), lambda: count(1))
        for key, (analysis, encoded) in zip(missing, results, strict=True):
            self._known[key] = analysis
            if encoded is not None:
                fresh[key] = encoded
        if fresh:
            self._cache.put(fresh)
