"""What the next run of an incremental model refuses, given the table that is there already.

Measured with dbt-duckdb 1.11 for the strategies append, delete+insert and merge: with
`on_schema_change: ignore` dbt inserts the table's columns by name, so that one which is gone from
the SELECT is refused and a new one is left out; with `fail` every difference is refused; the other
two settings alter the table first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from breaking_changes.analysis import OutputColumn, Relation, Unbound
from breaking_changes.lineage.facts import Facts

KIND = "positional"
CLAUSE = "SELECT"

RelationOf = Callable[[str], "Relation | None"]


def refused(before: Facts, after: Facts, relation_of: RelationOf) -> tuple[Unbound, ...]:
    """The columns that the table has or lacks and the model's SELECT no longer agrees on.

    Args:
        before: The facts that the table was built from.
        after: The facts of the SELECT that is now inserted into it.
        relation_of: The current columns of a parent, none when there is no such parent.
    """
    node = after.node
    setting = node.config.get("on_schema_change") or "ignore"
    is_table = before.node.materialized == node.materialized == "incremental"
    if (
        not is_table
        or setting not in ("ignore", "fail")
        or not (before.complete and after.complete)
    ):
        return ()
    found = list(_gone(before, after, relation_of, setting))
    if setting == "fail":
        found += _new_or_retyped(before, after)
    return tuple(found)


def _gone(before: Facts, after: Facts, relation_of: RelationOf, setting: str) -> Iterator[Unbound]:
    there = {column.name.lower() for column in after.columns}
    for column in before.columns:
        if column.name.lower() in there:
            continue
        detail = f"the existing table has {column.name}; on_schema_change is {setting}"
        for parent, name in _causes(column, relation_of) or [(after.node.unique_id, column.name)]:
            yield _unbound(parent, name, column.name, detail)


def _causes(column: OutputColumn, relation_of: RelationOf) -> list[tuple[str, str]]:
    """The parents' columns that it came from and that are gone themselves."""
    causes = []
    for parent, name in column.sources:
        relation = relation_of(parent)
        if relation and relation.complete:
            names = {column.name.lower() for column in relation.columns}
            if name.lower() not in names:
                causes.append((parent, name))
    return causes


def _new_or_retyped(before: Facts, after: Facts) -> Iterator[Unbound]:
    types = {column.name.lower(): column.type for column in before.columns}
    for column in after.columns:
        name = column.name.lower()
        if name not in types:
            detail = f"the existing table has no {column.name}; on_schema_change is fail"
        elif column.type and types[name] and column.type != types[name]:
            detail = f"the existing table has it as {types[name]}; on_schema_change is fail"
        else:
            continue
        parent, source = column.sources[0] if column.sources else (after.node.unique_id, name)
        yield _unbound(parent, source, column.name, detail)


def _unbound(parent: str, name: str, sql: str, detail: str) -> Unbound:
    return Unbound(KIND, parent, name, CLAUSE, 1, 1, sql, detail)
