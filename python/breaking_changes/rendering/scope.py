"""The context that templates and macros see: one for each package, bound to one node at a time."""

from __future__ import annotations

import copy
import datetime
import re
from collections import ChainMap
from collections.abc import Generator
from dataclasses import replace
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.rendering.adapter import Adapter, RelationFactory, needs_query
from breaking_changes.rendering.call import Call
from breaking_changes.rendering.catalogue import Catalogue
from breaking_changes.rendering.column import column_class
from breaking_changes.rendering.context import FLAGS, base_context
from breaking_changes.rendering.environment import Environment, NativeEnvironment
from breaking_changes.rendering.macros import Macros, MacroSet
from breaking_changes.rendering.members import Config, Resolver, Var
from breaking_changes.rendering.outcome import NotRendered
from breaking_changes.rendering.relation import Relation
from breaking_changes.rendering.rows import Table
from breaking_changes.rendering.settings import Settings
from breaking_changes.rendering.target import make_up, target

_HAS_JINJA = re.compile(r"\{[{%#]|[#}%]\}")

TEST_ARGUMENTS = "_dbt_generic_test_kwargs"

#: Environment variables that dbt writes into every manifest.
RECORDED = "DBT_ENV_CUSTOM_ENV_"

#: What dbt takes for a call where a test's argument is one, and renders as such.
_LOOKS_LIKE_CALL = re.compile(r"^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$")


class Scopes:
    """Makes the scope of each package when a node of it is first rendered."""

    def __init__(
        self,
        manifest: Manifest,
        settings: Settings,
        now: datetime.datetime,
        environment: Environment,
    ) -> None:
        self.manifest = manifest
        self.settings = settings
        self.catalogue = Catalogue(manifest)
        self.column = column_class(manifest.adapter_type)
        self.environment = environment
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
        #: What templates see as `context`; Jinja's own names are found behind it.
        self.context: dict[str, Any] = {}
        self._names = ChainMap(self.context, scopes.environment.globals)
        self._macros = Macros(scopes.macros, package, scopes.environment, self._names, is_test)
        variables = Var(scopes.settings, package, self._render)
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
            "function": Resolver("function", self._function),
            "load_result": self._load_result,
            "metric": Resolver("metric", self._metric),
            "ref": Resolver("ref", self._ref),
            "render": self._render,
            "source": Resolver("source", self._source),
            "store_result": self._store_result,
            "var": variables,
        }
        self._builtins = dict(members)
        self.context |= {**members, "builtins": self._builtins, "context": self.context}
        self.context |= self._macros.names

    @property
    def call(self) -> Call:
        """What is being rendered now."""
        return self._calls[-1]

    def render(self, call: Call, text: str) -> Generator[str]:
        """The pieces of a text, rendered for a node in one of its worlds."""
        self._calls.append(call)
        try:
            self._bind(call)
            if not _HAS_JINJA.search(text):
                yield text
                return
            for piece in self._environment.pieces(text, self._names):
                yield piece if isinstance(piece, str) else str(piece)
        finally:
            self._calls.pop()
            if self._calls:
                self._bind(self.call)

    def _bind(self, call: Call) -> None:
        """Puts what belongs to the node into the context, unless a macro has taken its name."""
        members = self._members(call)
        make_up(self._scopes.base["target"], call.made_up.target)
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
            # Nothing but `dbt compile` sees an empty warehouse: a run builds parents first.
            "flags": {**FLAGS, "WHICH": "compile" if call.is_empty else "run"},
            # None is a value: Spark and ClickHouse have no databases above their schemas.
            "database": node.raw["database"]
            if "database" in node.raw
            else self._scopes.base["target"].get("database"),
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
        return self._scopes.native.value(text, self._names)

    def _render(self, string: str) -> str:
        if not _HAS_JINJA.search(string):
            return string
        return "".join(map(str, self._environment.pieces(string, self._names)))

    def _order(self, namespace: str) -> tuple[str | None, ...]:
        configured = self._scopes.settings.dispatch.get(namespace)
        if configured:
            return configured
        if self._macros.has_package(namespace):
            return (self._scopes.macros.root, namespace)
        return (None,)

    def _store_result(self, name: str, response: Any, agate_table: Any = None) -> str:
        data = [list(row) for row in agate_table] if isinstance(agate_table, Table) else []
        self.call.results[name] = {"response": response, "data": data, "table": agate_table}
        return ""

    def _load_result(self, name: str) -> dict[str, Any] | None:
        if self.call.made_up.rows is None:
            needs_query("load_result")
        return self.call.results.get(name)

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
        """What dbt recorded, else the default: the environment itself may hold secrets."""
        recorded = self._scopes.base["dbt_metadata_envs"]
        if isinstance(var, str) and var.removeprefix(RECORDED) in recorded and RECORDED in var:
            return recorded[var.removeprefix(RECORDED)]
        if default is None:
            raise NotRendered(
                "missing", f"Its env_var('{var}') has no default; the environment is not read."
            )
        return default


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
