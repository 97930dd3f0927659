"""What the fixtures of a unit test name: columns of the inputs and of the tested model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, mappings
from breaking_changes.binder import Relation, Unbound
from breaking_changes.lineage.nodes.sql_fixtures import (
    CLAUSE,
    columns_of,
    lacking,
    sql_of,
    wanted_of,
)
from breaking_changes.lineage.nodes.yaml_columns import bind_names
from breaking_changes.lineage.walk.facts import Facts

_CALL = re.compile(r"^\s*(ref|source)\s*\((.*)\)\s*$", re.DOTALL)
_STRING = re.compile(r"""(['"])(.*?)\1""")
_VERSION = re.compile(r"\bv(?:ersion)?\s*=\s*['\"]?(\w+)")


def parents(node: Node, nodes: Mapping[str, Node]) -> list[str]:
    """The tested model, then the inputs that its fixtures stand for."""
    return list(dict.fromkeys(name for name, _ in _fixtures(node, nodes)))


def facts(
    node: Node,
    nodes: Mapping[str, Node],
    relations: Mapping[str, Relation],
    dialect: str,
    reads: Iterable[tuple[str, str]] = (),
    *,
    asks: bool = False,
) -> Facts:
    """The columns that the fixtures name, and those of them that are not there.

    dbt refuses to run a unit test whose fixture names a column that its input does not have. Of a
    fixture that is SQL it counts what that lacks.

    Args:
        node: The unit test.
        nodes: The nodes of the side.
        relations: What the fixtures stand for.
        dialect: sqlglot's name of the dialect.
        reads: The (node, column) that the tested model reads.
        asks: Whether the tested model's Jinja asks for columns, of which fixtures have none.
    """
    named = [
        (parent, column)
        for parent, columns in _fixtures(node, nodes)
        for column in columns
        if parent in relations
    ]
    analysis = bind_names(named, relations, CLAUSE, dialect)
    lacking = tuple(_lacking(node, nodes, relations, dialect, tuple(reads)))
    blind = _blind(node, dialect)
    if lacking and (asks or _has_overrides(node)):
        blind = (
            blind or "It runs its model with other SQL than a build: what that reads is not known."
        )
        lacking = ()
    analysis = replace(analysis, unbound=(*analysis.unbound, *lacking))
    return Facts(
        node=node,
        relation=Relation(node.unique_id),
        complete=True,
        blind=blind,
        analysis=analysis,
    )


def named(node: Node, nodes: Mapping[str, Node]) -> object:
    """All that the facts of a unit test follow from, but for the columns of what it names."""
    fixtures = (mapping(node.raw.get("expect")), *mappings(node.raw.get("given")))
    return list(_fixtures(node, nodes)), [sql_of(fixture) for fixture in fixtures]


def tested(node: Node, nodes: Mapping[str, Node]) -> Node | None:
    """The tested model."""
    return next((nodes[name] for name in node.parents if name in nodes), None)


def _has_overrides(node: Node) -> bool:
    """Whether the unit test sets vars or macros, with which the model may say something else."""
    overrides = mapping(node.raw.get("overrides"))
    return bool(mapping(overrides.get("vars")) or mapping(overrides.get("macros")))


def _lacking(
    node: Node,
    nodes: Mapping[str, Node],
    relations: Mapping[str, Relation],
    dialect: str,
    reads: tuple[tuple[str, str], ...],
) -> Iterator[Unbound]:
    model = tested(node, nodes)
    if model is None:
        return
    expected = sql_of(mapping(node.raw.get("expect")))
    if expected is not None:
        wanted = wanted_of(relations.get(model.unique_id))
        yield from lacking(expected, wanted, model.unique_id, dialect)
    for given in mappings(node.raw.get("given")):
        stands_for, sql = _input(str(given.get("input")), model, nodes), sql_of(given)
        if stands_for and sql is not None:
            read = (column.split(".")[0] for parent, column in reads if parent == stands_for)
            yield from lacking(sql, read, stands_for, dialect)


def _fixtures(node: Node, nodes: Mapping[str, Node]) -> Iterator[tuple[str, list[str]]]:
    """Each fixture's node and the columns that its rows name."""
    model = tested(node, nodes)
    if model is None:
        return
    yield model.unique_id, _columns(mapping(node.raw.get("expect")))
    for given in mappings(node.raw.get("given")):
        stands_for = _input(str(given.get("input")), model, nodes)
        if stands_for:
            yield stands_for, _columns(given)


def _input(call: str, model: Node, nodes: Mapping[str, Node]) -> str | None:
    if call.strip() == "this":
        return model.unique_id
    found = _CALL.match(call)
    if not found:
        return None
    version = _VERSION.search(found[2])
    arguments = [text for _, text in _STRING.findall(_VERSION.sub("", found[2]))]
    for unique_id in model.parents:
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
    """The columns of a fixture's rows; nothing for rows that are SQL."""
    rows = fixture.get("rows")
    names: dict[str, None] = {}
    for row in rows if isinstance(rows, list) else ():
        names.update(dict.fromkeys(mapping(row)))
    return list(names)


def _blind(node: Node, dialect: str) -> str | None:
    for fixture in (mapping(node.raw.get("expect")), *mappings(node.raw.get("given"))):
        sql = sql_of(fixture)
        if sql is not None and columns_of(sql, dialect) is None:
            return "A fixture of it is SQL whose columns are not known."
    return None
