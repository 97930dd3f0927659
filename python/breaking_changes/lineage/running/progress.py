"""A progress bar for a terminal, for work that takes more than a second."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from breaking_changes.lineage.walk.side import Progress

_PATIENCE = 1.0
_EVERY = 0.1
_WIDTH = 30


@contextlib.contextmanager
def progress_bar(label: str) -> Iterator[Progress | None]:
    """What to tell of progress; none when stderr is no terminal, so that logs stay quiet."""
    if not sys.stderr.isatty():
        yield None
        return
    started = shown = time.monotonic()
    drawn = False

    def progress(done: int, total: int) -> None:
        nonlocal shown, drawn
        now = time.monotonic()
        if not total or now - started < _PATIENCE or now - shown < _EVERY:
            return
        shown, drawn = now, True
        filled = "#" * (_WIDTH * done // total)
        sys.stderr.write(f"\r{label} [{filled:<{_WIDTH}}] {done}/{total}")
        sys.stderr.flush()

    try:
        yield progress
    finally:
        if drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
