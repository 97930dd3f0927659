"""`make fuzz`: artifacts with random faults. FUZZ_SECONDS bounds it, FUZZ_SEED adds a seed.

Rule: exit 0, 1 or 2, one line of error, no traceback, under 20 s and 2 GB, valid JSON, and a known
break elsewhere in the project is reported unless the exit is 2.
"""

from __future__ import annotations

import collections
import copy
import json
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cli.states import AFTER, BEFORE, STG, write
from click.testing import CliRunner
from hostile.names import NAMES
from lineage_manifests import catalog, node

from breaking_changes import cli

SECONDS = float(os.environ.get("FUZZ_SECONDS", "120"))
MOST_SECONDS = 20
MOST_BYTES = 2 << 30

VALUES: list[Any] = [
    *(None, 0, -1, 1e308, True, "", "x", [], {}, [1], [None], {"a": 1}, [["x"]], {"": None}),
    *("9" * 5000, "a" * 100_000, [[[[[[[]]]]]]], {"x": {"x": {"x": {}}}}),
]

SQL = [
    "select",
    ")" * 500,
    "(" * 3000 + "select 1" + ")" * 3000,
    "select " + "1+" * 5000 + "1",
    "select " + ", ".join(f"{n} as c{n}" for n in range(5000)),
    "select columns('(a|a)*b') from dev.main.other",
    "select cast(x as " + "struct(a " * 300 + "int" + ")" * 300 + ") from dev.main.other",
    f"select interval '{'9' * 100_000}' day",
    "select x" + "[1]" * 3000 + " from dev.main.other",
    "with a as (select 1 as x)"
    + "".join(
        f", {chr(97 + n)} as (select l.x from {chr(96 + n)} l join {chr(96 + n)} r on l.x = r.x)"
        for n in range(1, 20)
    )
    + " select * from t",
    "select '\0'",
    "\ufeffselect * from dev.main.stg_users",
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from places(item, (*path, key))


def spoiled(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The document with one to three faults that leave the nodes of the known break alone."""
    made: dict[str, Any] = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        known = [path for path in places(made) if not any("users" in str(key) for key in path)]
        path = chance.choice(known)
        holder = made
        for key in path[:-1]:
            holder = holder[key]
        if chance.random() < 0.3 and isinstance(holder, dict):
            holder[chance.choice(NAMES)] = holder.pop(path[-1])
        elif path[-1] in ("compiled_code", "raw_code") and chance.random() < 0.8:
            holder[path[-1]] = chance.choice(SQL)
        else:
            holder[path[-1]] = chance.choice([*VALUES, chance.choice(NAMES)])
    return made


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


def run(folder: Path, to: Connection) -> None:
    """Checks the two states and says how it went."""
    arguments = ["check", "--base", str(folder / "a"), "--current", str(folder / "b")]
    result = CliRunner().invoke(cli.main, [*arguments, "--format", "json"])
    most = max(
        resource.getrusage(who).ru_maxrss << 10
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    to.send((result.exit_code, result.stdout, result.stderr, most))


def fault(folder: Path) -> tuple[str, str | None]:
    """Which exit a check of the states in a folder has, and what is wrong with it, if anything."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=run, args=(folder, theirs))
    started = time.monotonic()
    process.start()
    theirs.close()
    patience = MOST_SECONDS * float(os.environ.get("FUZZ_PATIENCE", "1"))
    try:
        if not ours.poll(patience):
            return "none", f"took more than {time.monotonic() - started:.0f} s"
        code, stdout, stderr, most = ours.recv()
    except EOFError:
        return "none", "the process ended"
    finally:
        process.kill()
        process.join()
    return str(code), _wrong(code, stdout, stderr, most)


def _wrong(code: int, stdout: str, stderr: str, most: int) -> str | None:
    if code not in (0, 1, 2):
        return f"exit {code}"
    if "should not have happened" in stderr or "Traceback" in stderr + stdout:
        return stderr.strip()[-300:]
    if most > MOST_BYTES:
        return f"took {most >> 20} MB"
    if code == 2:
        lines = [line for line in stderr.splitlines() if line.startswith("Error: ")]
        return None if len(lines) == 1 and not stdout else f"not one line: {stderr[-300:]!r}"
    report = json.loads(stdout)
    broken = any(
        change["node"] == STG and change["column"] == "phone" for change in report["changes"]
    )
    return None if broken else "the known break is not reported"


def _warm(folder: Path) -> None:
    """Compiles the macros before the first fork, so that each input is spared it."""
    before, after, _ = bases()
    states = [str(write(folder / place, state)) for place, state in (("a", before), ("b", after))]
    arguments = ["check", "--base", states[0], "--current", states[1]]
    assert CliRunner().invoke(cli.main, arguments).exit_code == 1


def main() -> int:
    """Runs until the time is over; prints counts, and how to repeat what failed."""
    text = (Path(__file__).parent / "seeds.txt").read_text(encoding="utf-8")
    seeds = [int(line) for line in text.splitlines() if line.strip().isdigit()]
    seeds += [int(os.environ["FUZZ_SEED"])] if "FUZZ_SEED" in os.environ else []
    chances = [(seed, random.Random(seed)) for seed in seeds]
    exits: collections.Counter[str] = collections.Counter()
    failures = []
    end = time.monotonic() + SECONDS
    number = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _warm(folder)
        while time.monotonic() < end:
            seed, chance = chances[number % len(chances)]
            before, after, listed = bases()
            kind = chance.choice(["before", "after", "after", "catalog"])
            if kind == "catalog":
                listed = spoiled(listed, chance)
            elif kind == "before":
                before = spoiled(before, chance)
            else:
                after = spoiled(after, chance)
            write(folder / "a", before)
            write(folder / "b", after)
            (folder / "b" / "catalog.json").write_text(json.dumps(listed), encoding="utf-8")
            code, wrong = fault(folder)
            exits[code] += 1
            if wrong:
                failures.append(wrong)
                print(f"seed {seed}, input {number}: {wrong!a}", flush=True)
            number += 1
    print(f"{number} inputs, exits {dict(sorted(exits.items()))}, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
