"""Checks in a process of their own: what came of them, in how much time and memory."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from breaking_changes import cli
from breaking_changes.macro_host import MacroError, MacroHost

MOST_SECONDS = 20
"""Where there is a processor for each process that is ready to run."""

MOST_BYTES = 2 << 30


@dataclass(frozen=True)
class Found:
    """How a check went; `code` is None when it took too long or its process ended."""

    code: int | None
    stdout: str
    stderr: str
    memory: int
    seconds: float


def check_states(folder: Path, to: Connection) -> None:
    """Checks the two states of a folder and says how it went."""
    arguments = ["check", "--base", str(folder / "a"), "--current", str(folder / "b")]
    result = CliRunner().invoke(cli.main, [*arguments, "--format", "json"])
    to.send((result.exit_code, result.stdout, result.stderr, _memory()))


def check_lineage(sides: tuple[Any, ...], to: Connection) -> None:
    """Compares two sides with their lineage as the macros do in dbt, and says how it went."""
    before, after, prior_lineage, current_lineage = sides
    host = MacroHost()
    try:
        for lineage in (prior_lineage, current_lineage):
            host.call("_require_lineage", "column_lineage.json", lineage)
        settings = host.call("_settings", {})
        report = host.call(
            "find_breaking_changes", before, after, prior_lineage, current_lineage, settings
        )
        code, stdout, stderr = 1, json.dumps(report), ""
    except MacroError as error:
        code, stdout, stderr = 2, "", f"Error: {error}"
    except Exception as error:
        code, stdout, stderr = 2, "", f"Traceback: {error!r}"
    to.send((code, stdout, stderr, _memory()))


def _memory() -> int:
    return max(
        resource.getrusage(who).ru_maxrss << 10
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def patience() -> float:
    """Seconds that a check may take now: others may keep the processors busy."""
    crowd = os.getloadavg()[0] / (os.cpu_count() or 1)
    return MOST_SECONDS * max(1.0, 1.5 * crowd, float(os.environ.get("FUZZ_PATIENCE", "1")))


def outcome(work: Callable[[Any, Connection], None], given: Any) -> Found:
    """What comes of a piece of work, in a process that is ended when it takes too long."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(given, theirs))
    started = time.monotonic()
    process.start()
    theirs.close()
    try:
        if not ours.poll(patience()):
            return Found(None, "", "took too long", 0, time.monotonic() - started)
        code, stdout, stderr, memory = ours.recv()
        return Found(code, stdout, stderr, memory, time.monotonic() - started)
    except EOFError:
        return Found(None, "", "the process ended", 0, time.monotonic() - started)
    finally:
        process.kill()
        process.join()
