"""Opens files that others chose: only regular files, up to a size, and inside a folder.

A pull request writes manifests and can commit symbolic links. What such a manifest names must not
make this process read a secret, wait for a pipe or fill its memory.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

#: Bytes of an artifact such as manifest.json; those of ten thousand models take 0.2 GB.
MAX_ARTIFACT = 1 << 30

#: What UTF-8 cannot hold, half of a surrogate pair, becomes what JSON writes for it.
_ESCAPED = "backslashreplace"

# Without O_NONBLOCK, opening a pipe waits for its writer; Windows has neither flag.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_regular(path: Path, most: int = MAX_ARTIFACT) -> bytes:
    """The content of a regular file of at most so many bytes.

    Raises:
        OSError: It cannot be read, is no regular file, or is larger; `strerror` says which.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "it is not a regular file", str(path))
        # The files of /proc say that they are empty, so what comes is counted too.
        with open(descriptor, "rb", closefd=False) as file:
            content = b"" if status.st_size > most else file.read(most + 1)
        if status.st_size > most or len(content) > most:
            raise OSError(0, f"it is larger than {most:,} bytes", str(path))
        return content
    finally:
        os.close(descriptor)


def inside(folder: Path, path: str) -> Path | None:
    """The file that a path from a folder means, links followed; none when it lies elsewhere."""
    try:
        root = folder.resolve(strict=True)
        found = (root / path).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        # A missing file, a null byte or a circle of links.
        return None
    return found if found.is_relative_to(root) else None


def repository_around(folder: Path) -> Path | None:
    """The git repository's root that a folder lies in; none when it lies in none."""
    root = folder.resolve()
    return next((one for one in (root, *root.parents) if (one / ".git").exists()), None)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes a file in one step, so that nobody reads half of it.

    A symbolic link to a file, which may have been committed, is replaced. What is there and is no
    file, such as a pipe or /dev/stdout, is written to as it is.

    Raises:
        OSError: It cannot be written.
    """
    if path.exists() and not path.is_file():
        path.write_text("".join(lines), encoding="utf-8", errors=_ESCAPED, newline="\n")
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors=_ESCAPED, newline="\n") as file:
            file.writelines(lines)
        if os.name == "posix":
            Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now
