"""The Python code that jinja2 generates from each macro file.

Compiling takes longer than running, so a wheel brings that code; whoever installs it byte-compiles
it like any module. Without it, as in a checkout or under another jinja2, each run compiles what it
needs. Nothing executable is ever read from a cache: what a cache holds, others may have written.
"""

from __future__ import annotations

import functools
import hashlib
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.runtime import Context

from breaking_changes.macro_code import METHODS, Attributes, MacroCode

#: Where a wheel has the generated modules; a checkout has no such folder.
SHIPPED = Path(__file__).parent / "_compiled"


class _Context(Context):
    """Calls what a macro names as it is: nothing here asks jinja2 to be handed its context."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class _Environment(jinja2.Environment):
    """Writes quick code, whose members are found with few steps where that is left to do."""

    context_class = _Context
    code_generator_class = MacroCode

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._gone: dict[str, jinja2.Undefined] = {}

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`; keys that a dict lacks are asked for as often as those that it has."""
        if obj.__class__ is not dict or argument.__class__ is not str or argument in METHODS:
            return super().getitem(obj, argument)
        if argument in obj:
            return obj[argument]
        gone = self._gone.get(argument)
        if gone is None:
            gone = self._gone[argument] = self.undefined(obj={}, name=argument)
        return gone

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`, else `obj["attribute"]`."""
        try:
            return getattr(obj, attribute)
        except AttributeError:
            pass
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=attribute)


def macro_environment() -> jinja2.Environment:
    """What every macro is compiled for: the tags that dbt knows.

    No sandbox, which would take half of the time: these macros are the helper's own, and what a
    manifest holds is data to them, never a template.
    """
    environment = _Environment(
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        # Folding constants takes a fifth of the time to compile and speeds nothing up here.
        optimized=False,
    )
    environment.globals["namespace"] = Attributes
    return environment


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


@functools.cache
def compiled(source: str) -> CodeType:
    """The code of a macro file: what the wheel brought, else compiled now, once in this process."""
    module = module_name(source)
    path = SHIPPED / f"{module}.py"
    shipped = SourceFileLoader(module, str(path)).get_code(module) if path.is_file() else None
    return shipped or macro_environment().compile(source)
