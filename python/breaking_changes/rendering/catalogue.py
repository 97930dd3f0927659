"""Finds the nodes that ref, source and function mean, and makes relations of them."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.rendering.outcome import NotRendered
from breaking_changes.rendering.relation import EPHEMERAL_PREFIX, Relation
from breaking_changes.rendering.styles import STYLES, Policy, Style, style_of_name

_REFABLE = frozenset({"model", "seed", "snapshot"})

#: What the warehouse says of a relation, by what dbt makes of the node.
_KINDS = {"view": "view", "materialized_view": "materialized_view"}


class Catalogue:
    """The relations of one manifest."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._style = STYLES.get(manifest.adapter_type, Style())
        self._relations: dict[str, Relation] = {}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Every node that has a relation, functions among them."""
        functions = mapping(self._manifest.raw.get("functions"))
        return {
            **self._manifest.nodes,
            **{name: Node(name, raw) for name, raw in functions.items() if isinstance(raw, dict)},
        }

    def ref(self, caller: Node, name: str, package: str | None, version: Any) -> Node:
        """The node that `ref` means for its caller.

        Raises:
            NotRendered: There is none, or the caller does not list it among its parents.
        """
        named = self._refable.get(name, ())
        called = f"ref('{name}')" if version is None else f"ref('{name}', v={version})"
        for place in self._places(caller, package):
            for node in named:
                if _is_in(node, place) and _has_version(node, version):
                    if caller.resource_type != "operation" and node.unique_id not in caller.parents:
                        raise NotRendered(
                            "missing", f"Its {called} is not among its parents in the manifest."
                        )
                    return node
        raise NotRendered("missing", f"Its {called} names no node of the manifest.")

    def source(self, caller: Node, source_name: str, table: str) -> Node:
        """The source that `source` means for its caller.

        Raises:
            NotRendered: There is none.
        """
        named = self._sources.get((source_name, table), ())
        called = f"source('{source_name}', '{table}')"
        return self._first(caller, None, named, called)

    def function(self, caller: Node, name: str, package: str | None) -> Node:
        """The function that `function` means for its caller.

        Raises:
            NotRendered: There is none.
        """
        named = [
            node
            for node in self.nodes.values()
            if node.resource_type == "function" and node.name == name
        ]
        return self._first(caller, package, named, f"function('{name}')")

    def _first(self, caller: Node, package: str | None, named: Iterable[Node], called: str) -> Node:
        for place in self._places(caller, package):
            for node in named:
                if _is_in(node, place):
                    return node
        raise NotRendered("missing", f"Its {called} names no node of the manifest.")

    def _places(self, caller: Node, package: str | None) -> Iterator[str | None]:
        """The packages to look in, in dbt's order; none means any."""
        if package is not None:
            yield package
            return
        yield self._manifest.project
        if caller.package != self._manifest.project:
            yield caller.package
        yield None

    @cached_property
    def _refable(self) -> Mapping[str, list[Node]]:
        named: dict[str, list[Node]] = collections.defaultdict(list)
        for node in self._manifest.nodes.values():
            if node.resource_type in _REFABLE:
                named[node.name].append(node)
        return named

    @cached_property
    def _sources(self) -> Mapping[tuple[str, str], list[Node]]:
        named: dict[tuple[str, str], list[Node]] = collections.defaultdict(list)
        for node in self._manifest.nodes.values():
            if node.resource_type == "source":
                named[str(node.raw.get("source_name")), node.name].append(node)
        return named

    def relation(self, node: Node) -> Relation:
        """What `ref`, `source`, `function` and `this` give for a node."""
        found = self._relations.get(node.unique_id)
        if found is None:
            found = self._relations[node.unique_id] = self._make(node)
        return found

    def _make(self, node: Node) -> Relation:
        if node.materialized == "ephemeral":
            identifier = EPHEMERAL_PREFIX + node.identifier
            cte = Relation.of(self._style, None, None, identifier, type="cte")
            return cte.quote(identifier=False)
        parts = (node.text("database"), node.text("schema"), node.identifier)
        kind = "function" if node.resource_type == "function" else None
        name = node.text("relation_name")
        if name is None:
            return Relation.of(self.style, *parts, type=kind)
        style = style_of_name(name, parts, self._style)
        if style is None:
            return Relation.of(self._style, *parts, type=kind, external=name)
        return Relation.of(style, *parts, type=kind)

    @cached_property
    def style(self) -> Style:
        """How the project's relations are written: as the manifest wrote most of them."""
        counts: collections.Counter[tuple[Policy, Policy]] = collections.Counter()
        for node in self._manifest.nodes.values():
            name = node.text("relation_name")
            if name and node.resource_type in _REFABLE:
                parts = (node.text("database"), node.text("schema"), node.identifier)
                style = style_of_name(name, parts, self._style)
                counts.update([(style.quote, style.include)] if style else [])
        if not counts:
            return self._style
        ((quote, include), _) = counts.most_common(1)[0]
        return replace(self._style, quote=quote, include=include)

    def at(self, parts: tuple[str | None, ...], reader: Node | None = None) -> Node | None:
        """The node whose relation has this database (if given), schema and identifier.

        A seed may be declared as a source as well: then it is the one that the reader depends on.
        """
        database, schema, identifier = (part.lower() if part else None for part in parts)
        meant: Node | None = None
        for node in self._by_name.get((schema, identifier or ""), ()):
            own = (node.text("database") or "").lower()
            if database is None or not own or own == database:
                if reader is None or node.unique_id in reader.parents:
                    return node
                meant = meant or node
        return meant

    @cached_property
    def _by_name(self) -> Mapping[tuple[str | None, str], list[Node]]:
        named: dict[tuple[str | None, str], list[Node]] = collections.defaultdict(list)
        for node in self._manifest.nodes.values():
            is_stored = node.resource_type in _REFABLE or node.resource_type == "source"
            if is_stored and node.materialized != "ephemeral":
                schema = (node.text("schema") or "").lower() or None
                named[schema, node.identifier.lower()].append(node)
        return named

    def stored(self, node: Node) -> Relation:
        """The relation as the warehouse lists it: with a type, every part quoted."""
        relation = self.relation(node)
        if relation.external is not None:
            return replace(relation, type="table")
        folded = self._manifest.adapter_type == "snowflake"
        names = zip(relation.parts, relation.style.quote, strict=True)
        parts = [part.upper() if part and folded and not quoted else part for part, quoted in names]
        style = replace(relation.style, quote=(True, True, True))
        return Relation.of(style, *parts, type=_KINDS.get(node.materialized, "table"))


def _is_in(node: Node, package: str | None) -> bool:
    return package is None or node.package == package


def _has_version(node: Node, version: Any) -> bool:
    if version is None:
        # Without a version, ref() means the latest one.
        return node.raw.get("version") == node.raw.get("latest_version")
    return str(node.raw.get("version")) == str(version)
