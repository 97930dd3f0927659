"""Who reads whom on one side, as dbt lists it and as the SQL itself says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from breaking_changes.artifacts import Node
from breaking_changes.lineage.nodes import unit_tests
from breaking_changes.lineage.nodes.direct_names import NOTHING, DirectNames, Relations
from breaking_changes.lineage.nodes.hooks import hooks_of
from breaking_changes.lineage.nodes.kinds import SEMANTIC
from breaking_changes.lineage.nodes.semantic_layer import SemanticLayer
from breaking_changes.lineage.nodes.version_pointers import pointer_name

#: Whose SQL is looked through for relations that it names itself.
_WITH_SQL = frozenset({"model", "snapshot", "seed", "test", "operation", "function", "analysis"})

#: Looking for the names of more nodes than these takes longer than to find all names in all SQL.
_FEW = 20


class Reading:
    """Parents and consumers of the nodes of one side, found on demand.

    Args:
        nodes: The nodes of the side.
        former: Those of the prior side, whose names may stand in SQL as well.
        dialect: sqlglot's name of the dialect.
        pointers: Whether dbt keeps a view on the latest version of a model unless told otherwise.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        former: Mapping[str, Node],
        dialect: str,
        *,
        pointers: bool = False,
    ) -> None:
        self._pointers = pointers
        self._nodes = nodes
        self._former = former
        self._dialect = dialect
        self._direct: dict[str, DirectNames] = {}
        self._holding: dict[str, list[str]] = {}
        self.semantic_layer = SemanticLayer(nodes, dialect)

    @cached_property
    def _listed_consumers(self) -> dict[str, list[str]]:
        """Who reads each node as dbt says, by its unique_id."""
        found: dict[str, list[str]] = {}
        for unique_id, node in self._nodes.items():
            semantic = node.resource_type in SEMANTIC
            for parent in self.semantic_layer.parents(node) if semantic else node.parents:
                found.setdefault(parent, []).append(unique_id)
        return found

    def consumers(self, unique_ids: Collection[str]) -> set[str]:
        """Who reads one of these nodes, as far as dbt or the SQL itself says."""
        wanted = set(unique_ids)
        listed = {consumer for name in wanted for consumer in self._listed_consumers.get(name, ())}
        return listed | {
            name
            for name in self.mentioning(wanted)
            if not wanted.isdisjoint(self.direct(self._nodes[name]).nodes)
        }

    def with_consumers(self, unique_ids: Iterable[str]) -> set[str]:
        """These nodes and all that read one of them, directly or not."""
        found: set[str] = set()
        added = set(unique_ids)
        while added:
            found |= added
            added = self.consumers(added) - found
        return found & self._nodes.keys()

    def mentioning(self, unique_ids: Collection[str]) -> Iterable[str]:
        """The nodes whose text may name one of these: nobody else can read it unlisted."""
        if len(unique_ids) > _FEW:
            return self._nodes
        named = [
            nodes[name]
            for nodes in (self._nodes, self._former)
            for name in unique_ids
            if name in nodes
        ]
        words = {node.identifier.lower() for node in named}
        pointers = (pointer_name(node.raw, by_default=self._pointers) for node in named)
        words |= {name.lower() for name in pointers if name}
        unknown = words - self._holding.keys()
        if unknown:
            self._holding.update((word, []) for word in unknown)
            for unique_id, node in self._nodes.items():
                text = _text(node).lower()
                for word in unknown:
                    if word in text:
                        self._holding[word].append(unique_id)
        return {unique_id for word in words for unique_id in self._holding[word]}

    def parents(self, node: Node) -> list[Node]:
        """The listed nodes that this one reads, first those that dbt knows of."""
        names: Sequence[str] = node.parents
        if node.resource_type == "unit_test":
            names = unit_tests.parents(node, self._nodes)
        elif node.resource_type in SEMANTIC:
            names = self.semantic_layer.parents(node)
        direct = self.direct(node).nodes
        if direct:
            names = [*names, *direct]
        return [self._nodes[name] for name in names if name in self._nodes]

    def direct(self, node: Node) -> DirectNames:
        """What the node's SQL names without ref() or source()."""
        found = self._direct.get(node.unique_id)
        if found is None:
            found = NOTHING
            if node.resource_type in _WITH_SQL:
                found = self._relations.named_in(node, _text(node))
            self._direct[node.unique_id] = found
        return found

    @cached_property
    def _relations(self) -> Relations:
        return Relations(self._nodes, self._former, self._dialect, pointers=self._pointers)

    def parent_ids(self, unique_id: str) -> list[str]:
        """The unique_ids of what `parents` gives."""
        return [parent.unique_id for parent in self.parents(self._nodes[unique_id])]


def _text(node: Node) -> str:
    """All SQL of a node: its own and that of its hooks."""
    return "\n".join((node.compiled_code or node.raw_code, *(one.raw for one in hooks_of(node))))
