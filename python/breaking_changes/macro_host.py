"""Runs the package's macros without dbt.

The context members below are the whole surface that the macros may use, with dbt's semantics
(dbt-core 1.11, ``dbt/context/base.py`` and ``dbt_common/clients/jinja.py``), so that a report made
here and one made by dbt are equal to the byte.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2

from breaking_changes.compiled_macros import compiled, macro_environment
from breaking_changes.macro_code import PACKAGE, function_of

_MACRO_NAME = re.compile(r"\{%-?\s*macro\s+(\w+)")


class MacroError(Exception):
    """A macro raised through ``exceptions.raise_compiler_error``; the message is for the user."""


class _Return(BaseException):
    """Carries the value of ``return(...)`` out of a macro body, past any ``except Exception``."""

    def __init__(self, value: Any) -> None:
        self.value = value


def default_macro_dir() -> Path:
    """The macros that belong to this helper: beside the code if installed, else the checkout's."""
    packaged = Path(__file__).parent / "_macros"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "macros"


class MacroHost:
    """Loads every macro of the package and calls them by name.

    Args:
        macro_dir: Folder with the package's ``.sql`` macro files; the helper's own by default.
        variables: Project variables that ``var`` answers with.
        echo: Receives each line that a macro prints.
        context: Further context members, such as ``graph`` or ``invocation_args_dict``.
    """

    def __init__(
        self,
        macro_dir: Path | None = None,
        variables: Mapping[str, Any] | None = None,
        echo: Callable[[str], None] = print,
        context: Mapping[str, Any] | None = None,
    ) -> None:
        environment = macro_environment()
        environment.globals.update(_context(dict(variables or {}), echo))
        environment.globals.update(context or {})
        self._macros = _Macros(macro_dir or default_macro_dir(), environment)
        environment.globals[PACKAGE] = self._macros

    def __contains__(self, macro: str) -> bool:
        """Whether the package has a macro of this name."""
        return macro in self._macros.names

    def call(self, macro: str, *args: Any, **kwargs: Any) -> Any:
        """Calls one macro and gives what it returns, or its text when it returns nothing.

        Raises:
            MacroError: The macro refused its input; the message says what to do next.
        """
        return self._macros[macro](*args, **kwargs)


class _Macros(dict[str, Callable[..., Any]]):
    """Every macro by name; a file is compiled when the first of its macros is asked for."""

    def __init__(self, macro_dir: Path, environment: jinja2.Environment) -> None:
        super().__init__()
        self._environment = environment
        self._sources: dict[str, str] = {}
        for path in sorted(macro_dir.rglob("*.sql")):
            source = path.read_text(encoding="utf-8")
            for name in _MACRO_NAME.findall(source):
                self._sources[name] = source

    @property
    def names(self) -> Iterable[str]:
        """Every macro's name, compiled or not."""
        return self._sources.keys()

    def __missing__(self, name: str) -> Callable[..., Any]:
        environment = self._environment
        code = compiled(self._sources[name])
        template = jinja2.Template.from_code(environment, code, environment.make_globals(None))
        # A template's module lacks names that start with an underscore; its context has them.
        context = template.new_context()
        for _ in template.root_render_func(context):
            pass
        for member_name, member in context.vars.items():
            if isinstance(member, jinja2.runtime.Macro):
                self[member_name] = _returning(member)
        return self[name]


def _returning(macro: jinja2.runtime.Macro) -> Callable[..., Any]:
    function = function_of(macro)

    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except _Return as result:
            return result.value

    return call


def _raise_return(value: Any = None) -> None:
    raise _Return(value)


def _raise_error(message: str, node: Any = None) -> None:
    raise MacroError(message)


def _to_json(value: Any, default: Any = None, sort_keys: bool = False) -> Any:
    try:
        return json.dumps(value, sort_keys=sort_keys)
    except ValueError:
        return default


def _from_json(text: str, default: Any = None) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return default


def _set(values: Iterable[Any], default: Any = None) -> Any:
    try:
        return set(values)
    except TypeError:
        return default


def _context(variables: dict[str, Any], echo: Callable[[str], None]) -> dict[str, Any]:
    def print_line(message: str) -> str:
        echo(message)
        return ""

    def var(name: str, default: Any = None) -> Any:
        return variables.get(name, default)

    return {
        "return": _raise_return,
        "tojson": _to_json,
        "fromjson": _from_json,
        "set": _set,
        "zip": zip,
        "local_md5": lambda text: hashlib.md5(text.encode("utf-8")).hexdigest(),
        "modules": {"re": re, "datetime": datetime},
        "exceptions": {"raise_compiler_error": _raise_error, "warn": print_line},
        "var": var,
        "print": print_line,
        "log": lambda message, info=False: "",
        "execute": True,
    }
