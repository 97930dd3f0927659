"""Renders the raw SQL of a manifest that dbt has only parsed, where that needs no dbt.

Only what the manifest itself can answer is there: ref, source, config, this, var with a default
and is_incremental, which is false. Everything else makes the node unknown, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jinja2
import jinja2.sandbox

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.lineage.nodes.relation_names import EPHEMERAL_PREFIX

ADVICE = "It has no compiled SQL: run `dbt compile` first."


class NotStatic(Exception):  # noqa: N818
    """The SQL needs more than the manifest holds; the message names it."""


class _Config:
    """`config(...)` says nothing in the SQL; `config.get` answers from the manifest."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        return ""

    def get(self, name: str, default: Any = None) -> Any:
        value = self._node.config.get(name)
        return default if value is None else value


class StaticRenderer:
    """Renders nodes of one manifest with the variables that are known."""

    def __init__(self, nodes: Mapping[str, Node], variables: Mapping[str, Any]) -> None:
        self._nodes = nodes
        self._variables = variables
        self._environment = jinja2.sandbox.SandboxedEnvironment(
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        )

    def render(self, node: Node) -> str:
        """The node's SQL as dbt would compile it on a first run.

        Raises:
            NotStatic: It needs something that only dbt or the warehouse can answer.
        """
        try:
            template = self._environment.from_string(node.raw_code)
            return template.render(self._context(node))
        except jinja2.UndefinedError as error:
            raise NotStatic(f"{ADVICE} Its Jinja needs more than the manifest ({error}).") from None
        except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise NotStatic(f"{ADVICE} Its Jinja could not be rendered ({error}).") from None

    def _context(self, node: Node) -> dict[str, Any]:
        parents = [self._nodes[name] for name in node.parents if name in self._nodes]

        def ref(*args: str, version: Any = None, v: Any = None) -> str:
            found = [
                parent
                for parent in parents
                if parent.resource_type != "source"
                and parent.name == args[-1]
                and (len(args) == 1 or parent.package == args[0])
                and _has_version(parent, v if version is None else version)
            ]
            return _relation(found, f"ref('{args[-1]}')")

        def source(source_name: str, table: str) -> str:
            found = [
                parent
                for parent in parents
                if parent.raw.get("source_name") == source_name and parent.name == table
            ]
            return _relation(found, f"source('{source_name}', '{table}')")

        def var(name: str, default: Any = None) -> Any:
            value = mapping(self._variables.get(node.package)).get(name, self._variables.get(name))
            if value is None and default is None:
                raise NotStatic(f"{ADVICE} Its var('{name}') has no default.")
            return default if value is None else value

        return {
            "ref": ref,
            "source": source,
            "var": var,
            "config": _Config(node),
            "this": node.text("relation_name") or "this",
            "is_incremental": lambda: False,
        }


def _has_version(node: Node, version: Any) -> bool:
    if version is None:
        # Without a version, ref() means the latest one.
        return node.raw.get("version") == node.raw.get("latest_version")
    return str(node.raw.get("version")) == str(version)


def _relation(found: list[Node], call: str) -> str:
    if len(found) != 1:
        raise NotStatic(f"{ADVICE} Its {call} is not among its parents in the manifest.")
    (node,) = found
    if node.materialized == "ephemeral":
        return EPHEMERAL_PREFIX + node.identifier
    name = node.text("relation_name")
    if name is None:
        raise NotStatic(f"{ADVICE} The manifest has no relation name for its {call}.")
    return name
