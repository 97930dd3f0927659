"""Saves that are killed, collide or lose their connection: `python -m baseline.savers`.

KILLS says how many saves are killed on each warehouse, 30 unless told; `tests/baseline` does a few.
A kill comes at a random time of the save. After it, what an own query counts as whole is what a
load gives, the next save succeeds, and every whole save holds the whole project.
"""

from __future__ import annotations

import collections
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from baseline.gate_project import EXAMPLE, GateProject
from postgres_server import PostgresServer, running
from projects import Outcome

SEED = 20260101
LARGE_NODES = 8
LARGE_TEXT = 1_200_000
"""Characters: a save takes several statements, and long enough to be killed within."""

DIGEST = """
{% macro digest() %}
    {% set saved = dbt_breaking_changes._baseline_prior() %}
    {% do print(saved.header.baseline_id ~ " " ~ local_md5(tojson(saved.side))) %}
{% endmacro %}
"""
"""Says which save a load gives, without printing megabytes."""

_LOST = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
_SAVES = """
select baseline_id, count(*), max(case when section = 'header' then content end)
from {} group by baseline_id order by baseline_id
"""
_FORK = multiprocessing.get_context("fork")


@dataclass
class Counts:
    """What came of the saves of one warehouse, by kind of end."""

    name: str
    ends: collections.Counter[str] = field(default_factory=collections.Counter)

    def __str__(self) -> str:
        parts = ", ".join(f"{number} {kind}" for kind, number in sorted(self.ends.items()))
        return f"{self.name}: {parts}"


def project(folder: Path, server: PostgresServer | None, large: bool = True) -> GateProject:
    """The example project, parsed, with models of large descriptions."""
    gate = GateProject.copy_of(EXAMPLE, folder)
    assert isinstance(gate, GateProject)
    if server is None:
        gate.use({"type": "duckdb", "path": "target/shop.duckdb", "schema": gate.schema})
    else:
        gate.server, gate.schema = server, f"savers_{folder.name}"
        gate.use(server.output(gate.schema))
        gate.query(f"create schema {gate.schema}")
    gate.write("macros/load.sql", DIGEST)
    gate.hooks()
    for number in range(LARGE_NODES if large else 0):
        name = f"large_{number:02}"
        described = {"name": name, "description": f"{{{{ '{number:02} ' * {LARGE_TEXT // 3} }}}}"}
        gate.write(f"models/{name}.sql", "select 1 as id")
        gate.write(f"models/{name}.yml", json.dumps({"models": [described]}))
    gate.parse().expect_success()
    return gate


def _run(work: Callable[[], Any], to: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    to.send(None)
    to.send(work())


@contextmanager
def child(work: Callable[[], Any]) -> Iterator[tuple[Any, Connection]]:
    """A process that works with dbt loaded and the project parsed, and where its result comes."""
    ours, theirs = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_run, args=(work, theirs))
    process.start()
    theirs.close()
    assert ours.recv() is None
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()


def in_child(work: Callable[[], Any]) -> Any:
    """What work gives; this process itself never connects, so that it can be forked."""
    with child(work) as (_, result):
        return result.recv()


def save(gate: GateProject, **variables: Any) -> Outcome:
    """One save of the whole project."""
    return gate.dbt("run-operation", "save_baseline", "--vars", json.dumps(variables))


def saves(gate: GateProject) -> dict[str, bool]:
    """Every save in the table and whether it is whole, by a query of our own."""
    return {
        id_: header is not None and json.loads(header)["rows"] == rows - 1
        for id_, rows, header in gate.query(_SAVES.format(gate.table))
    }


def loaded(gate: GateProject) -> tuple[str, str]:
    """The id of the newest whole save and a digest of what it holds, as the macros read it."""
    outcome = gate.operation("digest").expect_success()
    id_, digest = outcome.printed[0].split()
    return id_, digest


def check(gate: GateProject, digest: str) -> None:
    """A load gives the newest whole save, and that has the whole project."""
    whole = [id_ for id_, complete in saves(gate).items() if complete]
    assert in_child(lambda: loaded(gate)) == (whole[-1], digest)


def first(gate: GateProject) -> tuple[str, float]:
    """Saves once; a digest of the save, and how many seconds it took."""
    started = time.monotonic()
    in_child(lambda: save(gate).expect_success())
    took = time.monotonic() - started
    return in_child(lambda: loaded(gate))[1], took


def killed(gate: GateProject, kills: int, chance: random.Random) -> Counts:
    """Kills saves with SIGKILL, at random times."""
    digest, took = first(gate)
    counts = Counts(f"{'PostgreSQL' if gate.server else 'DuckDB'}, killed saves")
    for _ in range(kills):
        before = saves(gate)
        with child(lambda: save(gate)):
            time.sleep(took * chance.uniform(0.3, 1.1))
        new = [whole for id_, whole in saves(gate).items() if id_ not in before]
        counts.ends["whole" if any(new) else "in part" if new else "not begun or undone"] += 1
        check(gate, digest)
        in_child(lambda: save(gate).expect_success())
    check(gate, digest)
    return counts


def disconnected(gate: GateProject, times: int, chance: random.Random) -> Counts:
    """Ends the connections of saves, at random times; PostgreSQL alone has connections."""
    digest, took = first(gate)
    counts = Counts("PostgreSQL, lost connections")
    for _ in range(times):
        before = saves(gate)
        with child(lambda: save(gate)) as (_, result):
            time.sleep(took * chance.uniform(0.3, 1.1))
            gate.query(_LOST)
            outcome = result.recv()
        new = [whole for id_, whole in saves(gate).items() if id_ not in before]
        assert (outcome.exit_code == 0) == any(new), outcome
        if outcome.exit_code:
            said = "\n".join(outcome.errors)
            assert "Traceback" not in said, said
            assert "terminating connection" in said or "connection" in said, said
        counts.ends["whole" if any(new) else "in part" if new else "undone"] += 1
        check(gate, digest)
    in_child(lambda: save(gate).expect_success())
    check(gate, digest)
    return counts


def together(gate: GateProject, savers: int, rounds: int, keep: int) -> Counts:
    """Several save again and again, each deleting all but a few, while another loads."""
    digest, _ = first(gate)
    ends = {"saved": 0, "turned away": 0, "loaded": 0, "load turned away": 0}

    def saver() -> dict[str, int]:
        done = dict.fromkeys(ends, 0)
        for _ in range(rounds):
            outcome = in_child(lambda: save(gate, breaking_changes_baseline_keep=keep))
            _sound(gate, outcome)
            done["turned away" if outcome.exit_code else "saved"] += 1
        return done

    def loader() -> dict[str, int]:
        done = dict.fromkeys(ends, 0)
        for _ in range(rounds):
            outcome = in_child(lambda: gate.operation("digest"))
            _sound(gate, outcome)
            done["load turned away" if outcome.exit_code else "loaded"] += 1
            assert outcome.exit_code or outcome.printed[0].endswith(digest)
        return done

    pipes = [_FORK.Pipe(duplex=False) for _ in range(savers + 1)]
    works = [saver] * savers + [loader]
    processes = [
        _FORK.Process(target=_run, args=(work, to))
        for work, (_, to) in zip(works, pipes, strict=True)
    ]
    for process in processes:
        process.start()
    for _, to in pipes:
        to.close()
    for result, _ in pipes:
        result.recv()
        for kind, number in result.recv().items():
            ends[kind] += number
    for process in processes:
        process.join()
    # Those that save at once do not see each other: the next one deletes what they left.
    left = saves(gate)
    assert all(left.values()), left
    in_child(lambda: save(gate, breaking_changes_baseline_keep=keep).expect_success())
    assert len(saves(gate)) == keep
    check(gate, digest)
    name = "PostgreSQL" if gate.server else "DuckDB"
    return Counts(f"{name}, {savers} savers at once", collections.Counter(ends))


def _sound(gate: GateProject, outcome: Outcome) -> None:
    """Whoever is turned away is told why; PostgreSQL turns nobody away who saves."""
    said = "\n".join(outcome.errors)
    assert "Traceback" not in said, said
    if outcome.exit_code:
        reasons = ["lost rows while it was read"] if gate.server else ["lock", "lost rows"]
        assert any(reason in said for reason in reasons), said


def main() -> int:
    """Prints the counts of every kind of fault on both warehouses."""
    kills = int(os.environ.get("KILLS", "30"))
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name, running() as server:
        folder = Path(name)
        for place, one in (("duckdb", None), ("postgres", server)):
            print(killed(project(folder / place, one), kills, chance), flush=True)
            for savers in (2, 5):
                small = project(folder / f"{place}_{savers}", one, large=False)
                print(together(small, savers, rounds=4, keep=2), flush=True)
        lost = project(folder / "lost", server)
        print(disconnected(lost, kills, chance), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
