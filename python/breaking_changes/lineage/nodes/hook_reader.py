"""Finds what the hooks of many nodes read, each query analysed like the SQL of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from breaking_changes.artifacts import Node
from breaking_changes.binder import Column, Relation
from breaking_changes.lineage.nodes.direct_names import DirectNames
from breaking_changes.lineage.nodes.hooks import (
    ColumnsOf,
    Hook,
    HookFacts,
    Statement,
    Unread,
    collected,
    hooks_of,
    rendered,
    statements,
    unread,
    unrendered,
)
from breaking_changes.lineage.nodes.relation_names import NormalisedSql, normalise, schema_of
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.tasks import Task
from breaking_changes.rendering import Renderer

RelationOf = Callable[[str, Node], Relation]


class HookReader:
    """Reads the hooks of one side's nodes.

    Args:
        nodes: The nodes of the side.
        renderer: Renders the hooks' Jinja.
        analyses: What analyses statements.
        dialect: sqlglot's name of the dialect.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        renderer: Renderer,
        analyses: Analyses,
        dialect: str,
    ) -> None:
        self._nodes = nodes
        self._renderer = renderer
        self._analyses = analyses
        self._dialect = dialect

    def find(
        self,
        nodes: Iterable[Node],
        relation: RelationOf,
        direct: Callable[[Node], DirectNames],
        compiled: Callable[[Node], NormalisedSql | None],
    ) -> dict[str, HookFacts]:
        """The facts of the hooks of these nodes, by unique_id.

        Args:
            nodes: Nodes with hooks, whose own columns are known.
            relation: What a node's hook binds against, by unique_id.
            direct: What a node names without ref.
            compiled: A node's own SQL.
        """
        tasks: dict[str, Task] = {}
        planned: list[tuple[Node, str, Statement, tuple[str, ...]]] = []
        skipped: dict[str, list[Unread]] = {node.unique_id: [] for node in nodes}
        for unique_id in skipped:
            node = self._nodes[unique_id]
            for hook in hooks_of(node):
                texts = rendered(node, hook, self._renderer, _columns_of(relation, node))
                if texts is None:
                    only_here = self._read_by_hooks(node, compiled)
                    skipped[unique_id].append(unrendered(hook, node, self._nodes, only_here))
                    continue
                for statement, names in self._statements(node, hook, texts, direct(node)):
                    parents = _named(statement.sql, names, unique_id, self._dialect)
                    if not statement.queries:
                        skipped[unique_id].append(unread(statement, parents))
                    pairs = tuple((name, relation(id_, node)) for name, id_ in names.items())
                    for query in statement.queries:
                        key = f"{unique_id} {len(planned)}"
                        tasks[key] = Task(query, pairs, self._dialect)
                        planned.append((node, key, statement, parents))
        done = self._analyses.run(tasks, lambda number: None)
        return {
            unique_id: collected(
                self._nodes[unique_id],
                [
                    (statement, parents, done[key])
                    for node, key, statement, parents in planned
                    if node.unique_id == unique_id
                ],
                left,
            )
            for unique_id, left in skipped.items()
        }

    def _statements(
        self, node: Node, hook: Hook, texts: tuple[str, ...], direct: DirectNames
    ) -> Iterable[tuple[Statement, Mapping[tuple[str, ...], str]]]:
        parents = [self._nodes[name] for name in node.parents if name in self._nodes]
        for sql in texts:
            found = normalise(node, sql, parents, self._dialect, direct.found)
            for statement in statements(hook, found.sql, self._dialect):
                yield statement, found.names

    def _read_by_hooks(
        self, node: Node, compiled: Callable[[Node], NormalisedSql | None]
    ) -> list[str]:
        """The parents that dbt lists although the node's own SQL does not name them."""
        if node.resource_type == "operation":
            return list(node.parents)
        sql = compiled(node)
        if sql is None:
            return []
        return [
            name
            for name in node.parents
            if name in self._nodes
            and self._nodes[name].materialized != "ephemeral"
            and schema_of(name, self._dialect) not in sql.sql
        ]


def _columns_of(relation: RelationOf, node: Node) -> ColumnsOf:
    def columns_of(unique_id: str) -> Sequence[Column] | None:
        found = relation(unique_id, node)
        return found.columns if found.complete else None

    return columns_of


def _named(
    sql: str, names: Mapping[tuple[str, ...], str], own: str, dialect: str
) -> tuple[str, ...]:
    """The nodes whose relations a statement names, without its own."""
    lower = sql.lower()
    found = {
        unique_id: None
        for parts, unique_id in names.items()
        if unique_id != own
        and (schema_of(unique_id, dialect) in sql or ".".join(parts[-2:]) in lower)
    }
    return tuple(found)
