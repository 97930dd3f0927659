"""Which macro a name means (dbt/context/macros.py, dbt/context/macro_resolver.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from breaking_changes.artifacts import Manifest
from breaking_changes.rendering.environment import Environment
from breaking_changes.rendering.outcome import NotRendered

GLOBAL_PACKAGE = "dbt"

#: Adapters that build on another one, whose macros they fall back on.
ADAPTER_PARENTS = {
    "databricks": ("spark",),
    "redshift": ("postgres",),
    "sqlserver": ("fabric",),
    "synapse": ("fabric",),
}


class MacroReturn(BaseException):
    """Carries the value of `return(...)` out of a macro, past any `except Exception`."""

    def __init__(self, value: Any) -> None:
        self.value = value


class MacroCall:
    """A macro that is compiled when it is first called."""

    __slots__ = ("_context", "_environment", "_macro", "_name", "_package", "_source")

    def __init__(
        self, entry: Mapping[str, Any], environment: Environment, context: Mapping[str, Any]
    ) -> None:
        self._name = str(entry.get("name"))
        self._package = str(entry.get("package_name"))
        self._source = str(entry.get("macro_sql") or "")
        self._environment = environment
        self._context = context
        self._macro: Callable[..., Any] | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the macro returns, or its text."""
        if self._macro is None:
            self._macro = self._environment.macro(self._source, self._name, self._context)
        try:
            return self._macro(*args, **kwargs)
        except MacroReturn as result:
            return result.value
        except NotRendered as error:
            error.macro = f"{self._package}.{self._name}"
            raise


Namespace = dict[str, MacroCall]


class MacroSet:
    """The macros of a manifest by package; which of them are dbt's own."""

    def __init__(self, manifest: Manifest) -> None:
        self.root = manifest.project
        self.prefixes = tuple(_with_parents(manifest.adapter_type))
        self.internal = (*(f"dbt_{name}" for name in self.prefixes), GLOBAL_PACKAGE)
        self.by_package: dict[str, dict[str, Mapping[str, Any]]] = {}
        for entry in manifest.macros.values():
            package = self.by_package.setdefault(str(entry.get("package_name")), {})
            package[str(entry.get("name"))] = entry

    @property
    def packages(self) -> Iterator[str]:
        """The packages that are not dbt's own."""
        return (package for package in self.by_package if package not in self.internal)


class Macros:
    """What macro names mean for the nodes of one package, or for its generic tests.

    Args:
        macros: The manifest's macros.
        package: The node's package, whose macros it sees by their plain names.
        environment: What compiles them.
        context: What they see as they run; `names` belongs in it.
        is_test: A generic test sees the macros of every package by their plain names.
    """

    def __init__(
        self,
        macros: MacroSet,
        package: str,
        environment: Environment,
        context: Mapping[str, Any],
        is_test: bool = False,
    ) -> None:
        self._prefixes = macros.prefixes
        calls = {
            name: {
                macro: MacroCall(entry, environment, context) for macro, entry in entries.items()
            }
            for name, entries in macros.by_package.items()
        }
        internal: Namespace = {}
        for name in reversed(macros.internal):
            internal |= calls.get(name, {})
        self._packages: dict[str, Namespace] = {
            **{name: calls[name] for name in macros.packages},
            GLOBAL_PACKAGE: internal,
        }
        self.names: dict[str, Any] = {**internal, **self._packages}
        self._plain: Namespace = dict(internal)
        visible = [*macros.packages] if is_test else []
        for name in (*visible, macros.root, *([] if is_test else [package])):
            self._plain |= self._packages.get(name, {})
        self.names |= self._plain

    def dispatch(self, name: str, packages: tuple[str | None, ...]) -> MacroCall:
        """The macro for this adapter: of the first package that has one, the closest one.

        Raises:
            NotRendered: No package has one.
        """
        for package in packages:
            found = self._plain if package is None else self._packages.get(package, {})
            for prefix in (*self._prefixes, "default"):
                macro = found.get(f"{prefix}__{name}")
                if macro is not None:
                    return macro
        raise NotRendered("jinja", f"adapter.dispatch finds no macro for {name}.")

    def has_package(self, name: str) -> bool:
        """Whether the manifest has macros of a package."""
        return name in self._packages


def _with_parents(adapter_type: str) -> Iterator[str]:
    yield adapter_type
    for parent in ADAPTER_PARENTS.get(adapter_type, ()):
        yield from _with_parents(parent)
