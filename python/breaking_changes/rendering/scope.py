"""The context that templates and macros see: one for each package, bound to one node at a time."""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.rendering.adapter import Adapter, RelationFactory
from breaking_changes.rendering.call import Call
from breaking_changes.rendering.catalogue import Catalogue
from breaking_changes.rendering.column import column_class
from breaking_changes.rendering.context import Target, base_context
from breaking_changes.rendering.environment import Environment, NativeEnvironment
from breaking_changes.rendering.macros import GLOBAL_PACKAGE, Macros, MacroSet
from breaking_changes.rendering.outcome import NotRendered
from breaking_changes.rendering.relation import Relation
from breaking_changes.rendering.settings import Settings

_HAS_JINJA = re.compile(r"\{[{%#]|[#}%]\}")

_MISSING = object()

TEST_ARGUMENTS = "_dbt_generic_test_kwargs"

#: What dbt takes for a call where a test's argument is one, and renders as such.
_LOOKS_LIKE_CALL = re.compile(r"^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$")


class Config:
    """`config`: says nothing when called, and answers from the manifest."""

    def __init__(self, node: Node, extra: Mapping[str, Any]) -> None:
        self._name = node.name
        self._config = {**node.config, **extra}

    def __call__(self, *args: Any, **kwargs: Any) -> str:
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


class Var:
    """`var`: the project's values, whose text is Jinja itself."""

    def __init__(self, values: Mapping[str, Any], render: Callable[[str], str]) -> None:
        self._values = values
        self._render = render

    def __call__(self, name: str, default: Any = _MISSING) -> Any:
        if name in self._values:
            value = self._values[name]
            return self._render(value) if isinstance(value, str) else copy.deepcopy(value)
        if default is not _MISSING:
            return default
        raise NotRendered(
            "missing", f"Its var('{name}') has no default and no value in the project's files."
        )

    def has_var(self, name: str) -> bool:
        """Whether the project sets it."""
        return name in self._values


class Scopes:
    """Makes the scope of each package when a node of it is first rendered."""

    def __init__(self, manifest: Manifest, settings: Settings, now: datetime.datetime) -> None:
        self.manifest = manifest
        self.settings = settings
        self.catalogue = Catalogue(manifest)
        self.column = column_class(manifest.adapter_type)
        self.environment = Environment()
        self.native = NativeEnvironment()
        self.macros = MacroSet(manifest)
        self.base = base_context(manifest, now)
        self.base["target"] = self.base["env"] = target(manifest)
        self.base["api"] = {"Relation": RelationFactory(self.catalogue), "Column": self.column}
        self.base["column"] = self.column
        self._scopes: dict[tuple[str, bool], Scope] = {}

    def of(self, node: Node) -> Scope:
        """The scope of a node's package."""
        key = (node.package, "test_metadata" in node.raw and node.resource_type == "test")
        if key not in self._scopes:
            self._scopes[key] = Scope(self, *key)
        return self._scopes[key]


class Scope:
    """The context of one package's nodes (or generic tests).

    The macros that live in it are compiled once; what differs by node is put in by `bound`.
    """

    def __init__(self, scopes: Scopes, package: str, is_test: bool) -> None:
        self._scopes = scopes
        self._environment = scopes.environment
        self._calls: list[Call] = []
        self.context: dict[str, Any] = dict(scopes.environment.globals)
        self._macros = Macros(scopes.macros, package, scopes.environment, self.context, is_test)
        variables = Var(scopes.settings.variables(package), self._render)
        members = {
            **scopes.base,
            "adapter": Adapter(
                scopes.manifest.adapter_type,
                scopes.catalogue,
                scopes.column,
                self._macros,
                self._order,
                lambda: self.call,
            ),
            "env_var": self._env_var,
            "function": self._function,
            "metric": self._metric,
            "ref": self._ref,
            "render": self._render,
            "source": self._source,
            "var": variables,
        }
        self._builtins = dict(members)
        self.context |= {**members, "builtins": self._builtins, "context": self.context}
        self.context |= self._macros.names

    @property
    def call(self) -> Call:
        """What is being rendered now."""
        return self._calls[-1]

    def render(self, call: Call, text: str) -> Iterator[str]:
        """The pieces of a text, rendered for a node in one of its worlds."""
        self._calls.append(call)
        try:
            self._bind(call)
            if not _HAS_JINJA.search(text):
                yield text
                return
            for piece in self._environment.pieces(text, self.context):
                yield str(piece)
        finally:
            self._calls.pop()
            if self._calls:
                self._bind(self.call)

    def _bind(self, call: Call) -> None:
        """Puts what belongs to the node into the context, unless a macro has taken its name."""
        members = self._members(call)
        self._builtins |= members
        names = self._macros.names
        self.context |= {name: value for name, value in members.items() if name not in names}
        if call.node.raw.get("test_metadata"):
            self.context[TEST_ARGUMENTS] = self._test_arguments(call.node)

    def _members(self, call: Call) -> dict[str, Any]:
        node = call.node
        is_operation = node.resource_type == "operation"
        extra = _batch_config(call)
        model = {key: value for key, value in node.raw.items() if value is not None}
        model["config"] = {**copy.deepcopy(node.config), **extra}
        return {
            "compiled_code": None,
            "config": Config(node, extra),
            "database": node.text("database") or self._scopes.base["target"].get("database"),
            "model": model,
            "post_hooks": node.config.get("post-hook") or [],
            "pre_hooks": node.config.get("pre-hook") or [],
            "schema": node.text("schema") or self._scopes.base["target"].get("schema"),
            "sql": None,
            "this": None if is_operation else self._this(node),
        }

    def _this(self, node: Node) -> Relation:
        if node.materialized == "ephemeral":
            parts = (node.text("database"), node.text("schema"), node.identifier)
            return Relation.of(self._scopes.catalogue.style, *parts)
        return self._scopes.catalogue.relation(node)

    def _test_arguments(self, node: Node) -> dict[str, Any]:
        arguments = mapping(mapping(node.raw.get("test_metadata")).get("kwargs"))
        return {
            key: value if key == "column_name" else self._argument(value)
            for key, value in arguments.items()
        }

    def _argument(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._argument(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._argument(item) for item in value]
        if not isinstance(value, str):
            return value
        text = f"{{{{ {value} }}}}" if _LOOKS_LIKE_CALL.match(value) else value
        return self._scopes.native.value(text, self.context)

    def _render(self, string: str) -> str:
        if not _HAS_JINJA.search(string):
            return string
        return "".join(map(str, self._environment.pieces(string, self.context)))

    def _order(self, namespace: str) -> tuple[str | None, ...]:
        configured = self._scopes.settings.dispatch.get(namespace)
        if configured:
            return configured
        if self._macros.has_package(namespace):
            return (self._scopes.macros.root, namespace)
        return (None,)

    def _ref(self, *args: Any, **kwargs: Any) -> Relation:
        package, name = (None, *args)[-2:] if args else (None, None)
        if len(args) > 2 or not isinstance(name, str):
            raise NotRendered("jinja", f"ref() takes one or two names, not {args!r}.")
        version = kwargs.get("version") or kwargs.get("v")
        return self._relation(self._scopes.catalogue.ref(self.call.node, name, package, version))

    def _source(self, *args: Any) -> Relation:
        if len(args) != 2:
            raise NotRendered("jinja", f"source() takes two names, not {args!r}.")
        return self._relation(self._scopes.catalogue.source(self.call.node, *args))

    def _function(self, *args: Any) -> Relation:
        package, name = (None, *args)[-2:]
        return self._relation(self._scopes.catalogue.function(self.call.node, name, package))

    def _metric(self, *args: Any) -> None:
        raise NotRendered("missing", "It uses metric(), which is not rendered here.")

    def _relation(self, node: Node) -> Relation:
        relation = self._scopes.catalogue.relation(node)
        batch = _batch(self.call)
        column = node.config.get("event_time")
        if batch and isinstance(column, str):
            start, end = batch
            condition = f"{column} >= '{start}' and {column} < '{end}'"
            return replace(relation, event_time=condition)
        return relation

    def _env_var(self, var: str, default: Any = None) -> Any:
        """The default: the environment is the machine's, and may hold secrets."""
        if default is None:
            raise NotRendered(
                "missing", f"Its env_var('{var}') has no default; the environment is not read."
            )
        return default


def target(manifest: Manifest) -> Target:
    """What the nodes tell of the connection."""
    known: dict[str, Any] = {"type": manifest.adapter_type}
    for key in ("schema", "database"):
        value = _commonest(manifest, key)
        if value is not None:
            known[key] = value
    if "database" in known:
        known |= {"dbname": known["database"], "project": known["database"]}
        known["dataset"] = known.get("schema")
    return Target(known)


def _commonest(manifest: Manifest, key: str) -> str | None:
    """The value that most nodes have that do not configure one."""
    counts: dict[str, int] = {}
    for node in manifest.nodes.values():
        if node.resource_type in ("model", "seed") and not node.config.get(key):
            value = node.text(key)
            if value is not None:
                counts[value] = counts.get(value, 0) + 1
    return max(counts, key=lambda value: counts[value]) if counts else None


#: The bounds of the batch that stands for every batch of a microbatch model.
BATCH = ("2020-01-01 00:00:00+00:00", "2020-01-02 00:00:00+00:00")


def _batch(call: Call) -> tuple[str, str] | None:
    """The batch that is run, for a microbatch model in the world of later runs."""
    config = call.node.config
    is_microbatch = config.get("incremental_strategy") == "microbatch"
    return BATCH if call.incremental and is_microbatch else None


def _batch_config(call: Call) -> dict[str, Any]:
    batch = _batch(call)
    if batch is None:
        return {}
    start, end = map(datetime.datetime.fromisoformat, batch)
    prefix = "__dbt_internal_microbatch_event_time"
    return {f"{prefix}_start": start, f"{prefix}_end": end}


__all__ = ["GLOBAL_PACKAGE", "Scope", "Scopes"]
