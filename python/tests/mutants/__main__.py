"""`make mutants`: changes the helper and the macros in small ways, and asks the tests to notice.

MUTANTS is how many of all are drawn (300), MUTANTS_SEED draws others, MUTANTS_OF=macros or =helper
draws of these alone, and MUTANTS_IN=text of those whose name has the text. Each runs the tests that
run its line or its macro, and those that were written since that was asked (ANEW=1 asks again).
Survivors are in `survivors.yml`, each with a reason; the run fails when another one survives, or
when less than 90 in 100 are killed.
"""

from __future__ import annotations

import collections
import difflib
import functools
import hashlib
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from mutants.changes import SOURCE, Mutant, all_mutants
from mutants.recording import KINDS, NEED_MORE
from mutants.trying import OPTIONS, Quickly, in_bytecode, needs_import, slowly

COVERED = SOURCE / "build" / "mutants"
"""Where the tests that run each line or macro are kept."""

SURVIVORS = Path(__file__).parent / "survivors.yml"
SHORTEST = 60
"""How many of the shortest tests come first; the others follow by chance."""

SECONDS = 40
"""How long all tests that are tried on a mutant may take without a change, at most."""

FILES_OF_IMPORTS, TESTS_OF_IMPORTS = 3, 120
"""The same where a module has to be imported anew: such a mutant collects its tests as well."""

LEAST_KILLED = 0.9
UNCHANGED = "nothing changed"
"""What a mutant says that is none: where the tests fail on it, no death means anything."""


class Record:
    """Which tests run what, as they were asked for one kind of mutants."""

    def __init__(self, kind: str) -> None:
        file = COVERED / f"{kind}.json"
        if not file.exists() or os.environ.get("ANEW"):
            subprocess.run([sys.executable, "-m", "mutants.recording", kind, str(file)], check=True)
        found = json.loads(file.read_text(encoding="utf-8"))
        self._files = KINDS[kind]
        self._tests: list[tuple[str, float]] = [(name, took) for name, took in found["tests"]]
        self._lines: dict[str, dict[str, list[int]]] = found["lines"]
        self._macros: dict[str, list[int]] = found["macros"]
        self._texts: dict[str, str] = found["texts"]

    @functools.cache  # noqa: B019
    def _former_lines(self, file: str) -> dict[int, int]:
        """Where the lines of a module stood when it was asked what runs them."""
        now = (SOURCE.parent / file).read_text(encoding="utf-8").splitlines()
        former = self._texts.get(file, "").splitlines()
        same = difflib.SequenceMatcher(None, former, now, autojunk=False).get_matching_blocks()
        return {b + one + 1: a + one + 1 for a, b, size in same for one in range(size)}

    def _running(self, mutant: Mutant) -> list[int]:
        """The numbers of the tests that run a mutant."""
        if mutant.what == UNCHANGED:
            return list(range(len(self._tests)))
        if not mutant.file.endswith(".py"):
            return self._macros.get(mutant.unit, [])
        lines = self._lines.get(mutant.file, {})
        former = self._former_lines(mutant.file).get(mutant.line)
        if former and in_bytecode(mutant) and not needs_import(mutant):
            return lines.get(str(former), [])
        # Whatever runs its module may notice a new line, one of a table, one amid a statement.
        return sorted({number for tests in lines.values() for number in tests})

    def tests(self, mutant: Mutant, there: set[str] | None = None) -> list[str]:
        """What to run on a mutant, of the tests that are there."""
        tests = sorted((self._tests[one] for one in self._running(mutant)), key=lambda one: one[1])
        shortest, others = tests[:SHORTEST], tests[SHORTEST:]
        random.Random(mutant.name).shuffle(others)
        new = (there or set()) - {name for name, _ in self._tests}
        chosen = sorted(name for name in new if name.startswith(self._files))
        seconds = 0.0
        for name, takes in shortest + others:
            if seconds + takes <= SECONDS and (there is None or name in there):
                chosen.append(name)
                seconds += takes
        return chosen

    def of_import(self, mutant: Mutant) -> list[str]:
        """The same for a process that collects them anew: of the files that run it most."""
        chosen = self.tests(mutant)
        files = collections.Counter(name.partition("::")[0] for name in chosen)
        most = {file for file, _ in files.most_common(FILES_OF_IMPORTS)}
        return [name for name in chosen if name.partition("::")[0] in most][:TESTS_OF_IMPORTS]


def _kind(mutant: Mutant) -> str:
    return "helper" if mutant.file.endswith(".py") else "macros"


def _drawn() -> tuple[list[Mutant], int]:
    """The mutants to try, and of how many they were drawn."""
    only, text = os.environ.get("MUTANTS_OF"), os.environ.get("MUTANTS_IN", "")
    everything = [one for one in all_mutants() if only in (None, _kind(one)) and text in one.name]
    seed = os.environ.get("MUTANTS_SEED", "1")
    # By digests, so that an edit of the code draws others in the place of what it changes alone.
    everything.sort(key=lambda one: hashlib.sha256(f"{seed} {one.name}".encode()).digest())
    return everything[: int(os.environ.get("MUTANTS", "300"))], len(everything)


class Count:
    """How the mutants end, printed as it is found out."""

    def __init__(self) -> None:
        self.ends: collections.Counter[str] = collections.Counter()
        self.unexplained = 0
        self._reasons = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or {}

    def ended(self, mutant: Mutant, end: str) -> None:
        """Counts one mutant, and prints it where no test noticed it."""
        if self.ends.total() % 50 == 49:
            print(f"{self.ends.total() + 1} ...", file=sys.stderr, flush=True)
        if mutant.what == UNCHANGED:
            if end != "survived":
                print(f"tests of {mutant.file} fail without any change", file=sys.stderr)
                os._exit(1)
            return
        self.ends[end] += 1
        if end != "killed":
            reason = self._reasons.get(mutant.name)
            self.unexplained += reason is None
            print(f"{end}: {mutant.name} (line {mutant.line}): {reason or '?'}", flush=True)


def main() -> int:
    """Prints the share of killed mutants, and those that survived without a reason."""
    os.environ["DBT_BREAKING_CHANGES_CACHE"] = "off"
    drawn, of = _drawn()
    records = {kind: Record(kind) for kind in sorted({_kind(one) for one in drawn})}
    count = Count()
    imported = [one for one in drawn if needs_import(one)]
    kinds = {_kind(one): one for one in drawn}.values()
    unchanged = [replace(one, start=0, end=0, new="", what=UNCHANGED) for one in kinds]
    quickly = Quickly(
        [*unchanged, *(one for one in drawn if one not in imported)],
        lambda one, there: records[_kind(one)].tests(one, there),
        count.ended,
    )
    files = sorted({file for kind in records for file in KINDS[kind]})
    options = [*OPTIONS, "-s", *(f"--ignore={one}" for one in NEED_MORE)]
    pytest.main([*files, *options], plugins=[quickly])
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        ends = pool.map(lambda one: slowly(one, records[_kind(one)].of_import(one)), imported)
        for mutant, end in zip(imported, ends, strict=True):
            count.ended(mutant, end)
    listed = ", ".join(f"{number} {end}" for end, number in sorted(count.ends.items()))
    print(f"{len(drawn)} of {of} mutants: {listed}; {count.unexplained} without a reason")
    enough = count.ends["killed"] >= LEAST_KILLED * len(drawn) and count.ends.total() == len(drawn)
    return 0 if enough and not count.unexplained else 1


if __name__ == "__main__":
    sys.exit(main())
