"""Compiles the macros once and keeps the byte code, since compiling takes longer than running.

The byte code is loaded with ``marshal``, which must not read what another user could have written:
a folder or a file that is not this user's alone is left unread.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import CodeType

import jinja2

from breaking_changes.user_cache import cache_directory

_DIGEST_SIZE = hashlib.sha256().digest_size


def compile_all(environment: jinja2.Environment, sources: Sequence[str]) -> list[CodeType]:
    """The code of each source, from the user's cache when it was compiled before."""
    directory = cache_directory()
    file = directory / "macros" / f"{_key(sources)}.bin" if directory else None
    codes = _load(file) if file else None
    if codes is None or len(codes) != len(sources):
        codes = [environment.compile(source) for source in sources]
        if file:
            _save(file, codes)
    return codes


def _key(sources: Sequence[str]) -> str:
    """A digest of all that the byte code depends on."""
    digest = hashlib.sha256(f"{sys.version} {jinja2.__version__}".encode())
    for source in sources:
        digest.update(hashlib.sha256(source.encode("utf-8")).digest())
    return digest.hexdigest()[:16]


def _load(file: Path) -> list[CodeType] | None:
    try:
        if not (_is_private(file.parent) and _is_private(file)):
            return None
        content = file.read_bytes()
        if hashlib.sha256(content[_DIGEST_SIZE:]).digest() != content[:_DIGEST_SIZE]:
            return None
        codes: list[CodeType] = marshal.loads(content[_DIGEST_SIZE:])
        return codes
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _save(file: Path, codes: list[CodeType]) -> None:
    """Writes the file in one step; a cache that cannot be written only costs time."""
    payload = marshal.dumps(codes)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_private(file.parent):
            return
        for older in file.parent.glob("*.bin"):
            older.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as temporary:
            temporary.write(hashlib.sha256(payload).digest() + payload)
        Path(temporary.name).replace(file)


def _is_private(path: Path) -> bool:
    """Whether this user owns the path and no other may write to it."""
    if os.name != "posix":
        return True
    status = path.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022
