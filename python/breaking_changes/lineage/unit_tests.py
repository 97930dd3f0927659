"""What the fixtures of a unit test name: columns of the inputs and of the tested model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from breaking_changes.analysis import Relation
from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, mappings
from breaking_changes.lineage.facts import Facts
from breaking_changes.lineage.named_columns import bind_names

CLAUSE = "FIXTURE"
_CALL = re.compile(r"^\s*(ref|source)\s*\((.*)\)\s*$", re.DOTALL)
_STRING = re.compile(r"""(['"])(.*?)\1""")
_VERSION = re.compile(r"\bv(?:ersion)?\s*=\s*['\"]?(\w+)")


def parents(node: Node, nodes: Mapping[str, Node]) -> list[str]:
    """The tested model, then the inputs that its fixtures stand for."""
    return list(dict.fromkeys(name for name, _ in _fixtures(node, nodes)))


def facts(
    node: Node, nodes: Mapping[str, Node], relations: Mapping[str, Relation], dialect: str
) -> Facts:
    """The columns that the fixtures name, and those of them that are not there.

    dbt refuses to run a unit test whose fixture names a column that its input does not have.
    """
    named = [
        (parent, column)
        for parent, columns in _fixtures(node, nodes)
        for column in columns
        if parent in relations
    ]
    analysis = bind_names(named, relations, CLAUSE, dialect)
    return Facts(
        node=node,
        relation=Relation(node.unique_id),
        complete=True,
        blind=_blind(node),
        analysis=analysis,
    )


def named(node: Node, nodes: Mapping[str, Node]) -> object:
    """All that the facts of a unit test follow from, but for the columns of what it names."""
    return list(_fixtures(node, nodes)), _blind(node)


def _fixtures(node: Node, nodes: Mapping[str, Node]) -> Iterator[tuple[str, list[str]]]:
    """Each fixture's node and the columns that its rows name."""
    tested = next((nodes[name] for name in node.parents if name in nodes), None)
    if tested is None:
        return
    yield tested.unique_id, _columns(mapping(node.raw.get("expect")))
    for given in mappings(node.raw.get("given")):
        stands_for = _input(str(given.get("input")), tested, nodes)
        if stands_for:
            yield stands_for, _columns(given)


def _input(call: str, tested: Node, nodes: Mapping[str, Node]) -> str | None:
    if call.strip() == "this":
        return tested.unique_id
    found = _CALL.match(call)
    if not found:
        return None
    version = _VERSION.search(found[2])
    arguments = [text for _, text in _STRING.findall(_VERSION.sub("", found[2]))]
    for unique_id in tested.parents:
        parent = nodes.get(unique_id)
        if parent is None or not arguments or parent.name != arguments[-1]:
            continue
        is_source = parent.resource_type == "source"
        if is_source != (found[1] == "source"):
            continue
        if is_source and parent.raw.get("source_name") != arguments[0]:
            continue
        if not is_source and len(arguments) > 1 and parent.package != arguments[0]:
            continue
        if version and str(parent.raw.get("version")) != version[1]:
            continue
        return unique_id
    return None


def _columns(fixture: Mapping[str, Any]) -> list[str]:
    """The columns of a fixture's rows; nothing for rows that are SQL or text."""
    rows = fixture.get("rows")
    names: dict[str, None] = {}
    for row in rows if isinstance(rows, list) else ():
        names.update(dict.fromkeys(mapping(row)))
    return list(names)


def _blind(node: Node) -> str | None:
    fixtures = [mapping(node.raw.get("expect")), *mappings(node.raw.get("given"))]
    if any(isinstance(fixture.get("rows"), str) for fixture in fixtures):
        return "A fixture of it is SQL, whose columns are not looked at."
    return None
