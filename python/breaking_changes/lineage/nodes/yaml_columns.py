"""Binds columns that YAML names: fixtures of unit tests, arguments of generic tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from breaking_changes.binder import Analysis, Read, Relation, Unbound, fold
from breaking_changes.binder.naming import key


def bind_names(
    named: Iterable[tuple[str, str]], relations: Mapping[str, Relation], clause: str, dialect: str
) -> Analysis:
    """What the names read, and those of them that are not there.

    Args:
        named: Pairs of a parent and a column as written.
        relations: The columns of each parent.
        clause: What the names are part of.
        dialect: The SQL dialect.
    """
    reads: list[Read] = []
    unbound: list[Unbound] = []
    for parent, written in dict.fromkeys(named):
        relation = relations[parent]
        known = {key(column.name, dialect): column.name for column in relation.columns}
        folded = fold(written, dialect)
        name = known.get(key(folded, dialect))
        if name is not None or not relation.complete:
            reads.append(Read(parent, name or folded, clause, 1, 1, written))
        else:
            unbound.append(Unbound("missing", parent, folded, clause, 1, 1, written))
    return Analysis(complete=True, reads=tuple(reads), unbound=tuple(unbound))
