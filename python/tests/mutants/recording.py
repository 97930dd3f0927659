"""Which tests run which lines of the helper and which macros: asked once, kept in a file."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest
from mutants.changes import SOURCE

from breaking_changes import macro_host

MACROS = (
    *("tests/rules", "tests/types", "tests/lineage", "tests/gate/test_no_silent_break.py"),
    "tests/cli/test_package_versions.py",
)
HELPER = ("tests/binder", "tests/type_errors", "tests/lineage", "tests/render")
NEED_MORE = (
    *("tests/rules/test_pages.py", "tests/render/test_html.py", "tests/binder/test_budget.py"),
    *("tests/binder/test_postgres.py", "tests/binder/test_robustness.py"),
)
"""What reads the catalogue alone, needs a browser or a server, bounds time, takes any SQL."""

KINDS = {"macros": MACROS, "helper": HELPER}
"""For each kind of mutant the tests that could notice it."""


class Recorder:
    """A plugin of pytest that notes what each test runs."""

    def __init__(self, traces: bool) -> None:
        self._traces = traces
        self.seconds: dict[str, float] = {}
        self.macros: dict[str, set[str]] = {}
        self._now = ""
        self.coverage = coverage.Coverage(
            data_file=None, source=["breaking_changes"], messages=False, config_file=False
        )
        self._watch_macros()

    def _watch_macros(self) -> None:
        wrapped = macro_host._returning

        def watching(macro: Any) -> Callable[..., Any]:
            call = wrapped(macro)
            name = macro.name

            def noted(*args: Any, **kwargs: Any) -> Any:
                self.macros.setdefault(name, set()).add(self._now)
                return call(*args, **kwargs)

            return noted

        macro_host._returning = watching

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._now = item.nodeid
        if self._traces:
            self.coverage.switch_context(item.nodeid)
        started = time.monotonic()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.monotonic() - started


def record(kind: str, file: Path) -> None:
    """Runs the tests for a kind of mutant and writes what each of them runs."""
    recorder = Recorder(kind == "helper")
    if kind == "helper":
        recorder.coverage.start()
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    options += [option for one in NEED_MORE for option in ("--ignore", one)]
    code = pytest.main([*KINDS[kind], *options], plugins=[recorder])
    if kind == "helper":
        recorder.coverage.stop()
    assert code == 0, "the tests fail without any change"
    data = recorder.coverage.get_data()
    names = list(recorder.seconds)
    numbers = {name: number for number, name in enumerate(names)}
    lines: dict[str, dict[int, list[int]]] = {}
    for path in data.measured_files():
        covered = data.contexts_by_lineno(path)
        place = path.partition("/python/")[2] or path
        lines[f"python/{place}"] = {
            line: sorted(numbers[one] for one in contexts if one in numbers)
            for line, contexts in covered.items()
        }
    written = {
        "tests": [[name, recorder.seconds[name]] for name in names],
        "lines": lines,
        "texts": {file: (SOURCE.parent / file).read_text(encoding="utf-8") for file in lines},
        "macros": {
            macro: sorted(numbers[one] for one in tests if one in numbers)
            for macro, tests in recorder.macros.items()
        },
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(written), encoding="utf-8")


if __name__ == "__main__":
    import sys

    record(sys.argv[1], Path(sys.argv[2]))
