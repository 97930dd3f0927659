"""What dbt's own four generic tests read, from their YAML, where their SQL is not compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.binder import Relation
from breaking_changes.lineage.nodes.yaml_columns import bind_names
from breaking_changes.lineage.walk.facts import Facts

CLAUSE = "WHERE"
_TESTS = frozenset({"unique", "not_null", "accepted_values", "relationships"})
_PLAIN = re.compile(r"\w+")


def facts(
    node: Node, nodes: Mapping[str, Node], relations: Mapping[str, Relation], dialect: str
) -> Facts | None:
    """The columns that the test names; none when it is another test or does more than that."""
    metadata = mapping(node.raw.get("test_metadata"))
    arguments = mapping(metadata.get("kwargs"))
    simple = metadata.get("name") in _TESTS and not metadata.get("namespace")
    if not simple or node.config.get("where"):
        return None
    named = list(_named(node, arguments, nodes))
    if not named or not all(
        name in relations and _PLAIN.fullmatch(column) for name, column in named
    ):
        return None
    return Facts(
        node=node,
        relation=Relation(node.unique_id),
        complete=True,
        analysis=bind_names(named, relations, CLAUSE, dialect),
    )


def _named(
    node: Node, arguments: Mapping[str, object], nodes: Mapping[str, Node]
) -> Iterator[tuple[str, str]]:
    tested = node.text("attached_node") or ""
    yield tested, str(arguments.get("column_name") or node.raw.get("column_name") or "")
    if "to" in arguments:
        others = [name for name in node.parents if name != tested and name in nodes]
        yield others[0] if others else tested, str(arguments.get("field"))
