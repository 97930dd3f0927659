"""The progress bar: on a terminal only, after a second only, and gone at the end."""

from __future__ import annotations

import io
import sys

import pytest

from breaking_changes.commands.lineage import summary
from breaking_changes.lineage.running.progress import progress_bar


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _drawn(monkeypatch: pytest.MonkeyPatch, times: list[float]) -> str:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    clock = iter([0.0, *times])
    monkeypatch.setattr(
        "breaking_changes.lineage.running.progress.time.monotonic", lambda: next(clock)
    )
    with progress_bar("Reading SQL") as tell:
        assert tell is not None
        for done in range(1, len(times) + 1):
            tell(done, 4)
    return terminal.getvalue()


def test_quick_work_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _drawn(monkeypatch, [0.2, 0.5, 0.9]) == ""


def test_slow_work_is_drawn_now_and_then_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = _drawn(monkeypatch, [0.5, 1.1, 1.15])
    bar = "#" * 15
    assert drawn == f"\rReading SQL [{bar:<30}] 2/4\r\033[K"


def test_without_a_terminal_there_is_no_bar() -> None:
    with progress_bar("Reading SQL") as tell:
        assert tell is None


def test_the_summary_counts_the_commonest_reasons() -> None:
    reasons = [None, None, "No SQL. It needs x.", "No SQL. It needs y.", "Python."]
    nodes = {
        str(number): {"complete": reason is None, "reason": reason}
        for number, reason in enumerate(reasons)
    }
    assert summary({"nodes": nodes}) == ("5 nodes, 2 complete, 3 unknown: 2 x No SQL; 1 x Python")
