"""Runs tests on mutants, each in a process of its own that is forked once the tests are collected.

What changes inside functions is put into the functions that are loaded. What runs when a module is
imported needs the slow way: a process that imports everything anew.
"""

from __future__ import annotations

import functools
import gc
import importlib.abc
import importlib.machinery
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from mutants.changes import SOURCE, Mutant

TEST_SECONDS = 60
"""Processor time of one test, after which it counts as one that does not end."""

MEMORY = 6 * 1024**3
"""Bytes that a process may use, whose mutant may never stop to append."""

OPTIONS = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--tb=no")


def _text(mutant: Mutant) -> str:
    return (SOURCE.parent / mutant.file).read_text(encoding="utf-8")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _by_place(source: str, path: str) -> dict[tuple[str, int], CodeType]:
    """Every code object by its qualified name and which of that name it is."""
    found: dict[tuple[str, int], CodeType] = {}
    for code in _codes(compile(source, path, "exec", dont_inherit=True)):
        number = sum(name == code.co_qualname for name, _ in found)
        found[code.co_qualname, number] = code
    return found


def _itself(code: CodeType) -> tuple[object, ...]:
    """What a code object does, without those that stand in it."""
    constants = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return (code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars)


def _before_and_after(
    mutant: Mutant,
) -> tuple[dict[tuple[str, int], CodeType], dict[tuple[str, int], CodeType]]:
    path = str(SOURCE.parent / mutant.file)
    return _by_place(_text(mutant), path), _by_place(mutant.source, path)


def needs_import(mutant: Mutant) -> bool:
    """Whether the change is in what runs when its module is imported."""
    if not mutant.file.endswith(".py"):
        return False
    before, after = _before_and_after(mutant)
    changed = [
        code
        for place, code in before.items()
        if place not in after or _itself(code) != _itself(after[place])
    ]
    return any(not code.co_flags & CO_OPTIMIZED for code in changed) or not changed


def in_bytecode(mutant: Mutant) -> bool:
    """Whether a run of the line of a mutant can be seen: not in the midst of an expression."""
    codes = _by_place(_text(mutant), mutant.file).values()
    return any(line == mutant.line for code in codes for *_, line in code.co_lines())


class _Loaded:
    """What of the helper is loaded, found once: each fork would pay to look through all objects."""

    def __init__(self) -> None:
        from breaking_changes import macro_host

        self.functions: dict[str, list[FunctionType]] = {}
        self.macros: list[macro_host._Macros] = []
        self.caches: list[functools._lru_cache_wrapper[Any]] = []
        # What was frozen is not listed.
        gc.unfreeze()
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                self.functions.setdefault(one.__code__.co_filename, []).append(one)
            elif isinstance(one, macro_host._Macros):
                self.macros.append(one)
            elif isinstance(one, functools._lru_cache_wrapper) and _is_ours(one):
                self.caches.append(one)

    def change(self, mutant: Mutant) -> None:
        """Puts a mutant into what is loaded, and forgets what was computed without it."""
        if mutant.file.endswith(".py"):
            self._change_functions(mutant)
        else:
            self._change_macros(mutant)
        for cache in self.caches:
            cache.cache_clear()

    def _change_functions(self, mutant: Mutant) -> None:
        before, after = _before_and_after(mutant)
        path = str(SOURCE.parent / mutant.file)
        places = {(code.co_qualname, code.co_firstlineno): place for place, code in before.items()}
        for function in self.functions.get(path, []):
            code = function.__code__
            new = after.get(places[code.co_qualname, code.co_firstlineno])
            if new is not None and len(new.co_freevars) == len(code.co_freevars):
                function.__code__ = new

    def _change_macros(self, mutant: Mutant) -> None:
        from breaking_changes import macro_host

        original = _text(mutant)

        def change(macros: macro_host._Macros) -> None:
            for name, source in macros._sources.items():
                if source == original:
                    macros._sources[name] = mutant.source

        known = macro_host._Macros.__init__

        def changed(self: Any, *args: Any) -> None:
            known(self, *args)
            change(self)

        macro_host._Macros.__init__ = changed  # type: ignore[method-assign, assignment]
        for one in self.macros:
            one.clear()
            change(one)


def _is_ours(cached: object) -> bool:
    """Whether a cache remembers calls of the helper or of its tests."""
    module = sys.modules.get(getattr(cached, "__module__", None) or "")
    return Path(getattr(module, "__file__", None) or "/").is_relative_to(SOURCE)


class _Watch:
    """A plugin of pytest that notes a failure, and ends the process where a test does not end."""

    failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, TEST_SECONDS)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed


def _be_quiet_and_small() -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _run(loaded: _Loaded, mutant: Mutant, items: Sequence[pytest.Item]) -> int:
    """The exit code of a forked process: whether a test failed."""
    _be_quiet_and_small()
    loaded.change(mutant)
    watch = _Watch()
    config = items[0].config
    config.pluginmanager.register(watch)
    for item, following in zip(items, [*items[1:], None], strict=True):
        config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if watch.failed:
            items[0].session._setupstate.teardown_exact(None)
            return 1
    return 0


def _fork(work: Callable[[], int]) -> int:
    """The number of a new process that ends with what the work gives."""
    sys.stdout.flush()
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        code = work()
    finally:
        os._exit(code)


class Quickly:
    """A plugin of pytest that tries mutants instead of running the tests that it collected."""

    def __init__(
        self,
        mutants: Sequence[Mutant],
        tests: Callable[[Mutant, set[str]], list[str]],
        ended: Callable[[Mutant, str], None],
    ) -> None:
        self._mutants = mutants
        self._tests = tests
        self._ended = ended

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drops what needs a server, which a killed process would leave behind."""
        items[:] = [item for item in items if "postgres" not in getattr(item, "fixturenames", ())]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Tries every mutant, on as many processors as this process may use."""
        items = {item.nodeid: item for item in session.items}
        names = set(items)
        loaded = _Loaded()
        gc.freeze()
        running: dict[int, Mutant] = {}
        for mutant in self._mutants:
            chosen = [items[name] for name in self._tests(mutant, names)]
            if not chosen:
                self._ended(mutant, "not run")
                continue
            if len(running) == len(os.sched_getaffinity(0)):
                self._wait(running)
            running[_fork(functools.partial(_run, loaded, mutant, chosen))] = mutant
        while running:
            self._wait(running)
        return True

    def _wait(self, running: dict[int, Mutant]) -> None:
        number, status = os.wait()
        self._ended(running.pop(number), "killed" if status else "survived")


class _Mutated(importlib.abc.MetaPathFinder):
    """Imports one module with a change in it."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != self._mutant.unit:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        assert spec is not None and spec.origin is not None
        source = self._mutant.source

        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                return compile(source, self.path, "exec")

        spec.loader = Loader(name, spec.origin)
        return spec


def _alone(mutant: Mutant, tests: list[str]) -> None:
    _be_quiet_and_small()
    sys.meta_path.insert(0, _Mutated(mutant))
    os._exit(int(pytest.main([*tests, *OPTIONS], plugins=[_Watch()])))


def slowly(mutant: Mutant, tests: list[str]) -> str:
    """How a mutant ends whose module has to be imported anew, in a process that starts anew."""
    if not tests:
        return "not run"
    process = multiprocessing.get_context("spawn").Process(target=_alone, args=(mutant, tests))
    process.start()
    process.join()
    return "killed" if process.exitcode else "survived"
