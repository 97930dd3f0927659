"""The members of the context that belong to one node: `config`, `ref` and its likes, `var`."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.rendering.outcome import NotRendered
from breaking_changes.rendering.settings import Settings

_MISSING = object()


class Config:
    """`config`: says nothing when called, and answers from the manifest."""

    def __init__(self, node: Node, extra: Mapping[str, Any]) -> None:
        self._name = node.name
        self._config = {**node.config, **extra}

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Says nothing: the manifest has the config already."""
        return ""

    def set(self, name: str, value: Any) -> str:
        """Says nothing: the manifest has the value already."""
        return ""

    def get(self, name: str, default: Any = None, validator: Any = None) -> Any:
        """A config, the default only when there is no such key."""
        return copy.deepcopy(self._config.get(name, default))

    def require(self, name: str, validator: Any = None) -> Any:
        """A config that must be there."""
        value = self.get(name, _MISSING)
        return self._required(name, value)

    def meta_get(self, name: str, default: Any = None, validator: Any = None) -> Any:
        """An entry of the config's meta."""
        return copy.deepcopy(mapping(self._config.get("meta")).get(name, default))

    def meta_require(self, name: str, validator: Any = None) -> Any:
        """An entry of the config's meta that must be there."""
        return self._required(name, self.meta_get(name, _MISSING))

    def _required(self, name: str, value: Any) -> Any:
        if value is _MISSING:
            raise NotRendered("jinja", f"{self._name} has no config {name}, which it requires.")
        return value

    def persist_relation_docs(self) -> bool:
        """Whether the relation's description goes to the warehouse."""
        return bool(mapping(self._config.get("persist_docs")).get("relation", False))

    def persist_column_docs(self) -> bool:
        """Whether the columns' descriptions go to the warehouse."""
        return bool(mapping(self._config.get("persist_docs")).get("columns", False))


class Resolver:
    """`ref`, `source`, `function`, `metric`: something to call."""

    #: What dbt's have beside the call, and what only dbt can answer.
    _DBTS = frozenset({"Relation", "config", "current_project", "db_wrapper", "manifest", "model"})

    unsafe_callable = alters_data = False

    def __init__(self, name: str, resolve: Callable[..., Any]) -> None:
        self._name = name
        self._resolve = resolve

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The relation that is meant."""
        return self._resolve(*args, **kwargs)

    def __getattr__(self, member: str) -> Any:
        """Nothing: what dbt has there is its own."""
        if member in self._DBTS:
            raise NotRendered("missing", f"It uses {self._name}.{member}, which only dbt has.")
        raise AttributeError(member)


class Var:
    """`var`: the project's values, whose text is Jinja itself."""

    unsafe_callable = alters_data = False

    def __init__(self, settings: Settings, package: str, render: Callable[[str], str]) -> None:
        self._settings = settings
        self._package = package
        self._render = render

    @property
    def _values(self) -> Mapping[str, Any]:
        return self._settings.variables(self._package)

    def __call__(self, name: str, default: Any = _MISSING) -> Any:
        """The value, rendered when it is text, or the default."""
        if name in self._values:
            value = self._values[name]
            return self._render(value) if isinstance(value, str) else copy.deepcopy(value)
        unread = self._settings.unread(self._package)
        if unread:
            raise NotRendered("missing", unread)
        if default is not _MISSING:
            return default
        raise NotRendered(
            "missing", f"Its var('{name}') has no default and no value in the project's files."
        )

    def has_var(self, name: str) -> bool:
        """Whether the project sets it."""
        return name in self._values
