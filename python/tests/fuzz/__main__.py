"""`make fuzz`: artifacts with random faults. FUZZ_SECONDS bounds it, FUZZ_SEED adds a seed.

Rule: exit 0, 1 or 2, one line of error, no traceback, under 20 s and 2 GB, valid JSON, and a known
break elsewhere in the project is reported unless the exit is 2.
"""

from __future__ import annotations

import collections
import copy
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cli.states import AFTER, BEFORE, STG, write
from click.testing import CliRunner
from fuzz.checking import MOST_BYTES, Found, check_lineage, check_states, outcome
from fuzz.spoiling import spoiled
from lineage_manifests import catalog, node

from breaking_changes import cli

SECONDS = float(os.environ.get("FUZZ_SECONDS", "120"))

#: What the faults go into, as often as it stands here.
KINDS = (
    *("prior manifest", "current manifest", "current manifest", "catalog"),
    *("prior lineage", "current lineage"),
)


def bases() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Two sound states with a break, and a catalog; the faults go into the other nodes."""
    others = [
        node(
            "model.shop.other",
            "select 1 as x",
            columns={"x": {"name": "x", "data_type": "int", "meta": {}, "constraints": []}},
            config={"materialized": "table", "meta": {}, "contract": {"enforced": False}},
        ),
        node("model.shop.below", "select x from dev.main.other", ("model.shop.other",)),
        node("source.shop.raw.t", columns={"id": {"name": "id"}}),
        node("seed.shop.s", original_file_path="seeds/s.csv"),
    ]
    before, after = copy.deepcopy(BEFORE), copy.deepcopy(AFTER)
    for manifest in (before, after):
        for one in copy.deepcopy(others):
            section = "sources" if one["resource_type"] == "source" else "nodes"
            manifest[section][one["unique_id"]] = one
    return before, after, catalog(model__shop__other={"x": "INTEGER"})


def fault(work: Callable[[Any, Connection], None], given: Any) -> tuple[str, str | None]:
    """Which exit a piece of work has, and what is wrong with it, if anything."""
    found = outcome(work, given)
    return str(found.code).lower(), _wrong(found)


def _wrong(found: Found) -> str | None:
    code, stdout, stderr = found.code, found.stdout, found.stderr
    if code is None:
        return f"{stderr} after {found.seconds:.0f} s"
    if code not in (0, 1, 2):
        return f"exit {code}"
    if "should not have happened" in stderr or "Traceback" in stderr + stdout:
        return stderr.strip()[-300:]
    if found.memory > MOST_BYTES:
        return f"took {found.memory >> 20} MB"
    if code == 2:
        lines = [line for line in stderr.splitlines() if line.startswith("Error: ")]
        return None if len(lines) == 1 and not stdout else f"not one line: {stderr[-300:]!r}"
    report = json.loads(stdout)
    broken = any(
        change["node"] == STG and change["column"] == "phone" for change in report["changes"]
    )
    return None if broken else "the known break is not reported"


def _warm(folder: Path) -> list[dict[str, Any]]:
    """Compiles the macros before the first fork, so that each input is spared it.

    The column lineage of the two sound states comes back.
    """
    before, after, _ = bases()
    states = [str(write(folder / place, state)) for place, state in (("a", before), ("b", after))]
    arguments = ["check", "--base", states[0], "--current", states[1]]
    assert CliRunner().invoke(cli.main, arguments).exit_code == 1
    for state in states:
        made = CliRunner().invoke(cli.main, ["lineage", "--target-dir", state, "--no-cache"])
        assert made.exit_code == 0, made.output
    return [
        json.loads((Path(state) / "column_lineage.json").read_text(encoding="utf-8"))
        for state in states
    ]


def main() -> int:
    """Runs until the time is over; prints counts, and how to repeat what failed."""
    text = (Path(__file__).parent / "seeds.txt").read_text(encoding="utf-8")
    seeds = [int(line) for line in text.splitlines() if line.strip().isdigit()]
    seeds += [int(os.environ["FUZZ_SEED"])] if "FUZZ_SEED" in os.environ else []
    chances = [(seed, random.Random(seed)) for seed in seeds]
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    failures = 0
    end = time.monotonic() + SECONDS
    number = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lineages = _warm(folder)
        while time.monotonic() < end:
            seed, chance = chances[number % len(chances)]
            kind = chance.choice(KINDS)
            code, wrong = _tried(kind, chance, folder, lineages)
            counts[kind][f"exit {code}"] += 1
            if wrong:
                failures += 1
                print(f"seed {seed}, input {number}, {kind}: {wrong!a}", flush=True)
            number += 1
    for kind, exits in sorted(counts.items()):
        listed = ", ".join(f"{code} {times} times" for code, times in sorted(exits.items()))
        print(f"{kind}: {exits.total()} inputs, {listed}")
    print(f"{number} inputs, {failures} failures")
    return 1 if failures else 0


def _tried(
    kind: str, chance: random.Random, folder: Path, lineages: list[dict[str, Any]]
) -> tuple[str, str | None]:
    """The exit and the failure of one input of a kind."""
    before, after, listed = bases()
    if kind.endswith("lineage"):
        facts = copy.deepcopy(lineages)
        place = 0 if kind == "prior lineage" else 1
        facts[place] = spoiled(facts[place], chance)
        return fault(check_lineage, (before, after, *facts))
    if kind == "catalog":
        listed = spoiled(listed, chance)
    elif kind == "prior manifest":
        before = spoiled(before, chance)
    else:
        after = spoiled(after, chance)
    write(folder / "a", before)
    write(folder / "b", after)
    (folder / "b" / "catalog.json").write_text(json.dumps(listed), encoding="utf-8")
    return fault(check_states, folder)


if __name__ == "__main__":
    sys.exit(main())
