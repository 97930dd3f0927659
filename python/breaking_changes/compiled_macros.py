"""Compiles a macro file when it is first needed and keeps the byte code for later runs.

Compiling takes longer than running, so a wheel brings the Python code that jinja2 generates from
each macro file; whoever installs it byte-compiles that like any module. Without it, as in a
checkout or under another jinja2, the byte code is kept in the user's cache. It is loaded with
``marshal``, which must not read what another user could have written: a folder or a file that is
not this user's alone is not read.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import jinja2
import jinja2.sandbox

from breaking_changes.user_cache import cache_directory

_DIGEST_SIZE = hashlib.sha256().digest_size

#: Sources kept: more than two versions of the package have, so that neither displaces the other.
_MOST = 400

#: Where a wheel has the generated modules; a checkout has no such folder.
SHIPPED = Path(__file__).parent / "_compiled"


def macro_environment() -> jinja2.Environment:
    """What every macro is compiled for: the tags that dbt knows, in a sandbox."""
    return jinja2.sandbox.SandboxedEnvironment(
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        # Folding constants takes a fifth of the time to compile and speeds nothing up here.
        optimized=False,
    )


def module_name(source: str) -> str:
    """The generated module of a source; its digest and the version of jinja2 make it one's own."""
    digest = hashlib.sha256(f"{jinja2.__version__}\n{source}".encode()).hexdigest()
    return f"macros_{digest[:32]}"


def write_modules(macro_dir: Path, folder: Path) -> None:
    """Writes what jinja2 generates from each macro file as a Python module into the folder."""
    environment = macro_environment()
    for path in sorted(macro_dir.rglob("*.sql")):
        source = path.read_text(encoding="utf-8")
        module = folder / f"{module_name(source)}.py"
        module.write_text(environment.compile(source, raw=True), encoding="utf-8")


class CompiledMacros:
    """Byte code by source: shipped, or from the user's cache when an earlier run compiled it."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        directory = cache_directory()
        self._file = directory / "macros" / f"{_engine()}.bin" if directory else None
        self._used: dict[bytes, CodeType] = {}
        self._is_new = False

    @cached_property
    def _known(self) -> dict[bytes, CodeType]:
        return _load(self._file) if self._file else {}

    def code(self, source: str) -> CodeType:
        """The code of one source."""
        shipped = _shipped(module_name(source))
        return shipped or self._compiled(source)

    def _compiled(self, source: str) -> CodeType:
        key = hashlib.sha256(source.encode("utf-8")).digest()
        if key not in self._known:
            self._known[key] = self._environment.compile(source)
            self._is_new = True
        self._used[key] = self._known[key]
        return self._used[key]

    def keep(self) -> None:
        """Writes what was compiled; a cache that cannot be written only costs time."""
        if self._file and self._is_new:
            _save(self._file, self._known if len(self._known) <= _MOST else self._used)
        self._is_new = False


def _shipped(module: str) -> CodeType | None:
    """The code of a module that the wheel brought, from its own byte code when there is some."""
    path = SHIPPED / f"{module}.py"
    return SourceFileLoader(module, str(path)).get_code(module) if path.is_file() else None


def _engine() -> str:
    """A digest of what decides the byte code beside its source."""
    return hashlib.sha256(f"{sys.version} {jinja2.__version__}".encode()).hexdigest()[:16]


def _load(file: Path) -> dict[bytes, CodeType]:
    try:
        if not (_is_private(file.parent) and _is_private(file)):
            return {}
        content = file.read_bytes()
        if hashlib.sha256(content[_DIGEST_SIZE:]).digest() != content[:_DIGEST_SIZE]:
            return {}
        codes: dict[bytes, CodeType] = marshal.loads(content[_DIGEST_SIZE:])
        return codes
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _save(file: Path, codes: dict[bytes, CodeType]) -> None:
    """Writes the file in one step, so that another process reads all of it or the one before."""
    payload = marshal.dumps(codes)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_private(file.parent):
            return
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as temporary:
            temporary.write(hashlib.sha256(payload).digest() + payload)
        Path(temporary.name).replace(file)


def _is_private(path: Path) -> bool:
    """Whether this user owns the path and no other may write to it."""
    if os.name != "posix":
        return True
    status = path.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022
