"""`make mutants`: changes the helper and the macros in small ways, and asks the tests to notice.

MUTANTS is how many of all are drawn (300), MUTANTS_SEED draws others, MUTANTS_OF=macros or =helper
draws of these alone. Each runs only tests that run
its line or its macro, the shortest first. Survivors are in `survivors.yml`, each with a reason; the
run fails when another one survives, or when less than 90 in 100 are killed.
"""

from __future__ import annotations

import collections
import importlib.abc
import importlib.machinery
import json
import multiprocessing
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import CodeType
from typing import Any

import yaml
from mutants.changes import SOURCE, Mutant, all_mutants

COVERED = SOURCE.parent / "build" / "mutants"
"""Where the tests that run each line or macro are kept."""

SURVIVORS = Path(__file__).parent / "survivors.yml"
MOST_TESTS = 150
"""How many tests are tried on one mutant at most."""

SECONDS = 120
LEAST_KILLED = 0.9


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


def _mutate(mutant: Mutant) -> None:
    if mutant.file.endswith(".py"):
        sys.meta_path.insert(0, _Mutated(mutant))
        return
    from breaking_changes import macro_host

    known = macro_host._Macros.__init__
    original = (SOURCE.parent / mutant.file).read_text(encoding="utf-8")

    def changed(self: Any, *args: Any) -> None:
        known(self, *args)
        for name, source in self._sources.items():
            if source == original:
                self._sources[name] = mutant.source

    macro_host._Macros.__init__ = changed  # type: ignore[method-assign, assignment]


def _try(mutant: Mutant, tests: list[str]) -> None:
    """Runs the tests in this process, which ends with pytest's exit code."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    _mutate(mutant)
    import pytest

    options = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--tb=no"]
    os._exit(int(pytest.main([*tests, *options])))


def verdict(mutant: Mutant, tests: list[str]) -> str:
    """Whether tests killed a mutant, it survived, or no test runs it."""
    if not tests:
        return "not run"
    process = multiprocessing.get_context("fork").Process(target=_try, args=(mutant, tests))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return "killed"
    return "survived" if process.exitcode == 0 else "killed"


def covering(mutant: Mutant, covered: dict[str, Any]) -> list[str]:
    """The tests to run on a mutant, the shortest first, of few files."""
    if mutant.file.endswith(".py"):
        lines = covered["lines"].get(mutant.file, {})
        numbers = lines.get(str(mutant.line)) or []
        if not numbers and str(mutant.line) in lines:
            # It runs when the module is imported: whatever runs the module may notice.
            numbers = sorted({number for tests in lines.values() for number in tests})
    else:
        numbers = covered["macros"].get(mutant.unit, [])
    tests = sorted((covered["tests"][number] for number in numbers), key=lambda test: test[1])
    chosen = tests[: MOST_TESTS // 2]
    rest = tests[MOST_TESTS // 2 :]
    chosen += random.Random(mutant.name).sample(rest, min(len(rest), MOST_TESTS // 2))
    # The longest compares most.
    chosen += [one for one in tests[-1:] if one not in chosen]
    return [name for name, _ in chosen]


def _kind(mutant: Mutant) -> str:
    return "helper" if mutant.file.endswith(".py") else "macros"


def _covered(kind: str) -> dict[str, Any]:
    """What the tests run, asked now if it is not known."""
    file = COVERED / f"{kind}.json"
    if not file.exists() or os.environ.get("ANEW"):
        subprocess.run([sys.executable, "-m", "mutants.recording", kind, str(file)], check=True)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _preload() -> None:
    """What every child needs and no mutant changes."""
    import hypothesis
    import jsonschema
    import pytest
    import sqlglot.dialects
    import sqlglot.optimizer.annotate_types

    from breaking_changes import compiled_macros, macro_host

    for path in macro_host.default_macro_dir().rglob("*.sql"):
        compiled_macros.compiled(path.read_text(encoding="utf-8"))
    assert hypothesis and jsonschema and pytest and sqlglot


def main() -> int:
    """Prints the share of killed mutants, and those that survived without a reason."""
    os.environ["DBT_BREAKING_CHANGES_CACHE"] = "off"
    everything = all_mutants()
    only = os.environ.get("MUTANTS_OF")
    everything = [one for one in everything if only in (None, _kind(one))]
    covered = {kind: _covered(kind) for kind in sorted({_kind(one) for one in everything})}
    chance = random.Random(int(os.environ.get("MUTANTS_SEED", "1")))
    count = min(len(everything), int(os.environ.get("MUTANTS", "300")))
    drawn = chance.sample(everything, count)
    reasons = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or {}
    _preload()
    ends: collections.Counter[str] = collections.Counter()
    unexplained = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = pool.map(
            lambda mutant: verdict(mutant, covering(mutant, covered[_kind(mutant)])), drawn
        )
        for mutant, found in zip(drawn, verdicts, strict=True):
            ends[found] += 1
            if found != "killed":
                known = reasons.get(mutant.name)
                unexplained += known is None
                print(f"{found}: {mutant.name} (line {mutant.line}): {known or '?'}", flush=True)
    listed = ", ".join(f"{number} {end}" for end, number in sorted(ends.items()))
    print(f"{count} of {len(everything)} mutants: {listed}; {unexplained} without a reason")
    return 0 if not unexplained and ends["killed"] >= LEAST_KILLED * count else 1


if __name__ == "__main__":
    sys.exit(main())
