"""What a snapshot's config says of the table that its earlier runs made.

dbt looks whether the meta columns are there before it writes, and renames none itself
(dbt-adapters, `assert_valid_snapshot_target_given_strategy` in dbt/adapters/base/impl.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from breaking_changes.artifacts import Node
from breaking_changes.binder import Unbound
from breaking_changes.lineage.nodes.snapshots import meta_columns
from breaking_changes.lineage.walk.facts import Facts

#: What every snapshot needs; the column of deletions only where it records them.
_NEEDED = ("dbt_scd_id", "dbt_valid_from", "dbt_valid_to")
_DELETED = "dbt_is_deleted"


def renamed_meta_columns(before: Node, after: Node) -> frozenset[str]:
    """The former names, in lower case, of meta columns that the config calls otherwise now."""
    if not before.resource_type == after.resource_type == "snapshot":
        return frozenset()
    was, now = meta_columns(before), meta_columns(after)
    kept = {name.lower() for name in now.values()}
    return frozenset(
        name.lower() for key, name in was.items() if name != now[key] and name.lower() not in kept
    )


def refused_by_snapshot(before: Facts, after: Facts) -> Iterator[Unbound]:
    """The meta columns that a snapshot's config names and its existing table lacks.

    Each goes by the name that the table has for it, if it has one.
    """
    node = after.node
    if not before.node.resource_type == node.resource_type == "snapshot" or not before.complete:
        return
    there = {column.name.lower() for column in before.columns}
    former, called = meta_columns(before.node), meta_columns(node)
    needed = [*_NEEDED, *([_DELETED] if node.config.get("hard_deletes") == "new_record" else [])]
    for key in needed:
        name = called[key]
        if name.lower() not in there:
            detail = f"its config names {name}, which the existing table does not have"
            column = former[key] if former[key].lower() in there else name
            yield Unbound("table", node.unique_id, column, "SELECT", 1, 1, name, detail)
