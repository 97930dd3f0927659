"""What a process that works on the text of others may use: CPU time and memory."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use.

    Attributes:
        seconds: CPU time.
        memory: Bytes beyond what the process has when it starts; only Linux enforces it.
        output: Characters of SQL that may come of it.
    """

    seconds: float = 5.0
    memory: int = 512 * 1024 * 1024
    output: int = 5_000_000


class TookTooLong(BaseException):
    """Raised by the clock into whatever runs, past any `except Exception`."""


def close_inherited(*kept: int) -> None:
    """Closes what a new process inherited, but for the standard streams and the descriptors kept.

    A pipe or a lock of the parent that stayed open here would never end for those who wait for it.
    """
    folder = Path("/dev/fd")
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    for descriptor in {int(name) for name in names if name.isdecimal()} - {0, 1, 2, *kept}:
        with contextlib.suppress(OSError):
            os.close(descriptor)


@contextlib.contextmanager
def clock(seconds: float) -> Iterator[None]:
    """Ends the block when it has taken that much CPU time."""
    start = getattr(signal, "setitimer", None)
    if start is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGPROF, _ring)
    _extend_cpu(seconds)
    # Rings again, should what it interrupts swallow the first one.
    start(signal.ITIMER_PROF, seconds, 0.2)
    try:
        yield
    finally:
        start(signal.ITIMER_PROF, 0)


@contextlib.contextmanager
def stopped_clock(seconds: float) -> Iterator[None]:
    """Lets no time pass for the rendering while its asker is looking for the answer."""
    start: Callable[..., Any] = getattr(signal, "setitimer", lambda *args: None)
    timer = getattr(signal, "ITIMER_PROF", 0)
    start(timer, 0)
    try:
        yield
    finally:
        start(timer, seconds, 0.2)


def _ring(*args: Any) -> None:
    raise TookTooLong


def confine(limits: Limits) -> None:
    """Limits memory and forbids writing files where the system can, beside the clock."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        size = _address_space()
        if size is not None:
            resource.setrlimit(resource.RLIMIT_AS, (size + limits.memory, size + limits.memory))


def _extend_cpu(seconds: float) -> None:
    """Lets the system end the process should a call into C not listen to the clock."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(usage.ru_utime + usage.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _address_space() -> int | None:
    """Bytes of address space in use, where /proc tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
