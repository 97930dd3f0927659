"""One statement over its budget is unknown, with the reason; the others are analysed."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import time

import pytest
from lineage_manifests import PROJECT, manifest, node

from breaking_changes.artifacts import Manifest
from breaking_changes.binder import Analysis
from breaking_changes.limits import Limits
from breaking_changes.lineage.running import tasks
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.tasks import Task
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.rendering import Renderer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="others do not limit memory")

BUDGET = Limits(seconds=0.5, memory=128 << 20)


def _misbehave(sql: str, *rest: object) -> Analysis:
    if sql == "loop":
        while True:
            pass
    if sql == "swallows":
        while True:
            try:
                while True:
                    pass
            except BaseException:
                continue
    if sql == "sleep":
        signal.signal(signal.SIGPROF, signal.SIG_IGN)
        time.sleep(3600)
    if sql == "memory":
        held: list[str] = []
        while True:
            held.append("x" * (10 << 20) + str(len(held)))
    if sql == "crash":
        ctypes.string_at(0)
    if sql == "exit":
        os._exit(3)
    if sql == "deep":
        return _misbehave(sql, *rest)
    return Analysis(complete=True, reason=None)


TIME = "Its SQL takes more than 0.5 s to analyse."
MEMORY = "Its SQL takes more than 128 MB to analyse."
END = "Its SQL cannot be analysed: it ends the process that does."
REASONS = {
    "loop": TIME,
    "swallows": TIME,
    "sleep": TIME,
    "memory": MEMORY,
    "crash": END,
    "exit": END,
}


@pytest.fixture(autouse=True)
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    # The processes are forked and so have it too.
    monkeypatch.setattr(tasks, "analyse", _misbehave)


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("sql", REASONS)
def test_what_takes_too_much_is_unknown_and_the_rest_goes_on(sql: str, processes: int) -> None:
    work = [Task(one, (), "duckdb") for one in ("a", sql, "b", "c")]
    workers = Workers(processes, BUDGET)
    count: list[int] = []
    try:
        found = list(workers.run(work, lambda: count.append(1)))
    finally:
        workers.close()
    assert [analysis.complete for analysis, _ in found] == [True, False, True, True]
    analysis, text = found[1]
    expected = {REASONS[sql], TIME} if sql == "swallows" else {REASONS[sql]}
    if sql == "swallows":
        # The system ends what does not listen.
        expected.add(END)
    assert analysis.reason in expected and analysis.blind == analysis.reason
    assert text is None, "another time it may come to an end, so it is not kept"
    assert len(count) == 4


def test_recursion_is_the_statements_own_fault() -> None:
    workers = Workers(1, BUDGET)
    [(analysis, text)] = list(workers.run([Task("deep", (), "duckdb")]))
    workers.close()
    assert analysis.reason is not None and "RecursionError" in analysis.reason
    assert text is not None


def test_what_was_ended_is_not_kept() -> None:
    kept: dict[str, str] = {}

    class Kept(Cache):
        def put(self, texts: object) -> None:
            kept.update(texts)  # type: ignore[call-overload]

    workers = Workers(1, BUDGET)
    work = {"a": Task("loop", (), "duckdb"), "b": Task("b", (), "duckdb")}
    found = Analyses(Kept(None), workers).run(work, lambda count: None)
    workers.close()
    assert {name: one.complete for name, one in found.items()} == {"a": False, "b": True}
    assert list(kept) == [work["b"].key()]


def test_many_tasks_come_back_in_order() -> None:
    work = [Task("loop" if number == 77 else str(number), (), "duckdb") for number in range(200)]
    workers = Workers(2, BUDGET)
    found = [analysis.complete for analysis, _ in workers.run(work)]
    workers.close()
    assert found == [number != 77 for number in range(200)]


def test_no_process_keeps_a_pipe_of_its_parent_open() -> None:
    reading, writing = os.pipe()
    raw = manifest(node(f"model.{PROJECT}.orders", "select {{ 1 }}"), adapter_type="duckdb")
    renderer, workers = Renderer(Manifest(raw)), Workers(1, BUDGET)
    try:
        (child,) = renderer.manifest.nodes.values()
        assert renderer.render(child, lambda name: None).sql == "select 1"
        [(analysis, _)] = list(workers.run([Task("fine", (), "duckdb")]))
        assert analysis.complete
        os.close(writing)
        assert select.select([reading], [], [], 10)[0] == [reading], "a process holds its other end"
    finally:
        renderer.close()
        workers.close()
        os.close(reading)
