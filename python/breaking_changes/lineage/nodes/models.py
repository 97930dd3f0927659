"""The facts of a node that has SQL, from the analysis of it and from what else is known."""

from __future__ import annotations

from dataclasses import replace

from breaking_changes.artifacts import Node
from breaking_changes.binder import Analysis, Column, OutputColumn, Relation
from breaking_changes.lineage.nodes.kinds import NO_COLUMNS
from breaking_changes.lineage.nodes.known_columns import (
    Columns,
    contract_columns,
    declared_columns,
)
from breaking_changes.lineage.nodes.relation_names import NormalisedSql
from breaking_changes.lineage.walk.facts import Facts, as_columns, as_output, from_columns


def unreadable(node: Node, reason: str, listed: Columns | None, dialect: str) -> Facts:
    """A node whose own SQL says nothing: another source may still know its columns.

    Args:
        node: The node.
        reason: Why its SQL says nothing, as a sentence.
        listed: Its columns in the warehouse, if they are known.
        dialect: The SQL dialect.
    """
    known = contract_columns(node, dialect) or listed or declared_columns(node, dialect)
    facts = from_columns(node, known or Columns((), False, "inferred"))
    return replace(
        facts,
        relation=_relation(node, known, ()),
        reason=None if known and known.complete else reason,
        blind=reason,
    )


def analysed(
    node: Node, analysis: Analysis, sql: NormalisedSql, listed: Columns | None, dialect: str
) -> Facts:
    """A node whose SQL was analysed.

    Args:
        node: The node.
        analysis: The facts of its SQL.
        sql: The SQL.
        listed: Its columns in the warehouse, if they are known: they count where the SQL does not
            say all of them.
        dialect: The SQL dialect.
    """
    if analysis.complete:
        listed = None
    if node.resource_type not in ("model", "snapshot") or node.materialized == "ephemeral":
        # Nothing is made from the query, so that its columns may share a name.
        kept = tuple(miss for miss in analysis.unbound if miss.kind != "duplicate")
        analysis = replace(analysis, unbound=kept)
    columns = _listed(listed, analysis) if listed else arranged(node, analysis.columns, dialect)
    return Facts(
        node=node,
        relation=_promised(node, analysis, listed, dialect),
        columns=() if node.resource_type in NO_COLUMNS else columns,
        complete=analysis.complete or listed is not None,
        reason=None if listed else analysis.reason,
        evidence=listed.evidence if listed else "inferred",
        blind=analysis.blind,
        analysis=analysis,
        sql=sql,
    )


def arranged(
    node: Node, columns: tuple[OutputColumn, ...], dialect: str
) -> tuple[OutputColumn, ...]:
    """The columns in the order of the table: dbt fills a contract's columns by name."""
    contract = contract_columns(node, dialect)
    if not contract or node.materialized not in ("table", "incremental"):
        return columns
    places = {column.name.lower(): place for place, column in enumerate(contract.columns)}
    return tuple(sorted(columns, key=lambda column: places.get(column.name.lower(), len(places))))


def _listed(listed: Columns, analysis: Analysis) -> tuple[OutputColumn, ...]:
    """The warehouse's columns, with what the SQL says of those that it names."""
    named = {column.name.lower(): column for column in analysis.columns}
    return tuple(
        replaced._replace(name=column.name, type=column.type or replaced.type)
        if (replaced := named.get(column.name.lower()))
        else column
        for column in as_output(listed.columns)
    )


def _promised(node: Node, analysis: Analysis, listed: Columns | None, dialect: str) -> Relation:
    """What consumers bind against: an enforced contract's types outrank those of the SQL."""
    contract = contract_columns(node, dialect)
    if not analysis.complete:
        known = contract or listed or declared_columns(node, dialect)
        return _relation(node, known, as_columns(analysis.columns))
    enforced = contract.columns if contract else ()
    types = {column.name.lower(): column.type for column in enforced}
    columns = tuple(
        Column(column.name, types.get(column.name.lower()) or column.type)
        for column in arranged(node, analysis.columns, dialect)
    )
    return Relation(node.unique_id, columns, complete=True)


def _relation(node: Node, known: Columns | None, named: tuple[Column, ...]) -> Relation:
    """What consumers bind against where the SQL does not say all columns.

    YAML that nobody enforces names columns, but its types prove nothing.
    """
    if known and known.complete:
        return Relation(node.unique_id, known.columns, complete=True)
    types = {column.name.lower(): column.type for column in named}
    found = {column.name.lower(): column for column in named}
    for column in known.columns if known else ():
        found.setdefault(column.name.lower(), Column(column.name, types.get(column.name.lower())))
    return Relation(node.unique_id, tuple(found.values()), complete=False)
