"""What one side of a change knows of columns beside SQL, and what it may take from the other.

A change alters neither what a source holds nor a node that it does not reach: there whatever
either side knows holds for both. Of a node that it reaches the warehouse's columns count only when
both sides have them, so that a catalog that one side lacks is no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from breaking_changes.artifacts import Node, Target
from breaking_changes.binder import Column, Relation
from breaking_changes.lineage.nodes.known_columns import Columns, catalog_columns, root_columns
from breaking_changes.lineage.walk.facts import Facts, from_columns


class Knowledge:
    """The columns that one side knows from catalog.json, YAML and CSV files.

    Args:
        target: The side's artifacts.
        nodes: Its nodes.
        dialect: The SQL dialect.
    """

    def __init__(self, target: Target, nodes: Mapping[str, Node], dialect: str) -> None:
        self._target = target
        self._nodes = nodes
        self._dialect = dialect
        self._other: Knowledge | None = None
        #: Whether the change leaves a node as it was.
        self.is_untouched: Callable[[str], bool] = lambda unique_id: False

    def pair(self, other: Knowledge) -> None:
        """Makes two sides know of each other."""
        self._other, other._other = other, self

    def root(self, node: Node) -> Facts:
        """The facts of a seed or a source."""
        twin = self._twin(node)
        known = self._root_columns(node)
        seed = self._seeds.get(node.text("relation_name") or "")
        if seed and node.resource_type == "source" and not known.complete:
            loaded = self._root_columns(seed)
            known = loaded if loaded.complete else known
        facts = from_columns(node, known)
        if facts.evidence != "declared" or not twin:
            return facts
        # A type that only YAML tells is no evidence of a change: it counts while nobody edits it.
        columns = tuple(
            column
            if _declared_type(node, column) == _declared_type(twin, column)
            else Column(column.name)
            for column in facts.relation.columns
        )
        return replace(facts, relation=replace(facts.relation, columns=columns))

    def _root_columns(self, node: Node) -> Columns:
        twin = self._twin(node)
        pair = (twin, self._other._target) if twin and self._other else None
        return root_columns(node, self._target, self._dialect, pair)

    @cached_property
    def _seeds(self) -> dict[str, Node]:
        """The seeds by their relation: a source may be the table of one."""
        return {
            node.text("relation_name") or "": node
            for node in self._nodes.values()
            if node.resource_type == "seed"
        }

    def listed(self, node: Node) -> Columns | None:
        """The node's columns in the warehouse, where they count."""
        own = catalog_columns(node, self._target)
        twin = self._twin(node)
        if own is None or twin is None or self._other is None:
            return own
        if self.is_untouched(node.unique_id) or catalog_columns(twin, self._other._target):
            return own
        return None

    def typed(self, node: Node, relation: Relation) -> Relation:
        """The relation of an untouched node with the warehouse's types where the SQL tells none."""
        if not self.is_untouched(node.unique_id) or all(one.type for one in relation.columns):
            return relation
        twin = self._twin(node)
        other = catalog_columns(twin, self._other._target) if twin and self._other else None
        listed = catalog_columns(node, self._target) or other
        types = {column.name: column.type for column in listed.columns} if listed else {}
        columns = tuple(
            column if column.type else Column(column.name, types.get(column.name))
            for column in relation.columns
        )
        return replace(relation, columns=columns)

    def lacking(self, unique_ids: Iterable[str]) -> str:
        """Why a node's columns are not known that depend on those of other relations."""
        names = [self._called(unique_id) for unique_id in unique_ids]
        return (
            f"Its columns depend on those of {', '.join(names)}, which are not known: "
            "`dbt docs generate` writes them to catalog.json."
        )

    def _called(self, unique_id: str) -> str:
        node = self._nodes.get(unique_id)
        if node is None:
            return unique_id
        schema = node.text("source_name")
        return f"source {schema}.{node.name}" if schema else node.name

    def _twin(self, node: Node) -> Node | None:
        return self._other._nodes.get(node.unique_id) if self._other else None


def _declared_type(node: Node, column: Column) -> object:
    for name, documented in node.columns.items():
        if name.lower() == column.name.lower():
            return documented.get("data_type")
    return None
