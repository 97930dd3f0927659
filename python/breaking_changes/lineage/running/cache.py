"""Keeps analyses on disk, named by content, so that no statement is analysed twice.

One SQLite file holds them: it is safe under several processes, and a file that is damaged or
locked only costs time. The file's name holds a digest of the code that makes the results, sqlglot's
version included; files of other versions are deleted.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import breaking_changes
from breaking_changes import __version__
from breaking_changes.lineage.running.versions import SQLGLOT_VERSION
from breaking_changes.lines import say
from breaking_changes.user_cache import cache_directory, file_problem

#: Above this size, in bytes, the entries that were not used for longest go.
MAX_BYTES = 256 * 1024 * 1024

_SCHEMA = """
create table if not exists analyses (
    key text primary key, value blob not null, size integer not null, used_at integer not null
) without rowid
"""
_BATCH = 500


class Cache:
    """A map from key to text that forgets what was not used for longest."""

    def __init__(self, path: Path | None, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._max_bytes = max_bytes

    @classmethod
    def default(cls, *projects: Path | None) -> Cache:
        """The user's cache; nothing is kept when it is off or cannot be trusted.

        Args:
            projects: The folders of the projects that are checked, where they are known.
        """
        directory = cache_directory([project for project in projects if project])
        return cls(directory / f"analyses-{_code_digest()}.sqlite" if directory else None)

    def get(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts of those keys that are there."""
        found: dict[str, str] = {}
        wanted = list(keys)
        with self._connect() as connection:
            if connection is None or not wanted:
                return found
            now = int(time.time())
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                marks = ",".join("?" * len(batch))
                rows = connection.execute(
                    f"select key, value from analyses where key in ({marks})", batch
                ).fetchall()
                found.update((key, zlib.decompress(value).decode()) for key, value in rows)
                # An hour's grain keeps most calls free of writes.
                connection.execute(
                    f"update analyses set used_at = ? where used_at < ? and key in ({marks})",
                    (now, now - 3600, *batch),
                )
        return found

    def put(self, texts: Mapping[str, str]) -> None:
        """Keeps the texts, and makes room for them."""
        with self._connect() as connection:
            if connection is None or not texts:
                return
            now = int(time.time())
            packed = ((key, zlib.compress(text.encode(), 1)) for key, text in texts.items())
            connection.executemany(
                "insert or replace into analyses values (?, ?, ?, ?)",
                ((key, value, len(value), now) for key, value in packed),
            )
            self._make_room(connection)

    def _make_room(self, connection: sqlite3.Connection) -> None:
        (size,) = connection.execute("select coalesce(sum(size), 0) from analyses").fetchone()
        if size <= self._max_bytes:
            return
        for key, entry in connection.execute(
            "select key, size from analyses order by used_at, key"
        ).fetchall():
            connection.execute("delete from analyses where key = ?", (key,))
            size -= entry
            if size <= self._max_bytes // 2:
                return

    @contextlib.contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection | None]:
        connection = self._open()
        try:
            yield connection
            if connection is not None:
                connection.commit()
        except (sqlite3.Error, zlib.error, UnicodeDecodeError):
            # A cache that does not work must not stop the work.
            self._path = None
        finally:
            if connection is not None:
                connection.close()

    def _open(self) -> sqlite3.Connection | None:
        if self._path is None:
            return None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            problem = file_problem(self._path)
            if problem:
                say(f"Note: the cache {self._path} is not used: {problem}.")
                self._path = None
                return None
            if not self._path.exists():
                _delete_others(self._path)
                self._path.touch(mode=0o600)
            connection = sqlite3.connect(self._path, timeout=5)
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = off")
            connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error):
            self._path = None
            return None
        return connection


def _delete_others(path: Path) -> None:
    for other in path.parent.glob("analyses-*.sqlite*"):
        if not other.name.startswith(path.name):
            with contextlib.suppress(OSError):
                other.unlink()


@functools.lru_cache(maxsize=1)
def _code_digest() -> str:
    """A digest of what results depend on beside their input: the package with its data."""
    digest = hashlib.sha256(f"{__version__} {SQLGLOT_VERSION}".encode())
    package = Path(breaking_changes.__file__).parent
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".json", ".txt") and path.is_file():
            digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
