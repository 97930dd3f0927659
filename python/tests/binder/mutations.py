"""Changes to what a statement reads, to be tried on it and on the engine alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from breaking_changes.binder import Column, Relation

_NAME = re.compile(r"[A-Za-z_]\w*")


def names_in(sql: str, dialect: str) -> set[str]:
    """The plain names that a statement mentions or makes."""
    try:
        tree = sqlglot.parse_one(sql, read=dialect)
    except ParseError:
        return set(_NAME.findall(sql))
    names = {ident.name for ident in tree.find_all(exp.Identifier)}
    if isinstance(tree, exp.Query):
        names |= set(tree.named_selects)
    return {name for name in names if _NAME.fullmatch(name)} - NOT_NAMES


NOT_NAMES = frozenset(["cmax", "cmin", "ctid", "oid", "tableoid", "xmax", "xmin"])
"""PostgreSQL's own columns, which no relation can have besides."""


@dataclass(frozen=True)
class Mutation:
    """One change to one column of one relation, and all relations after it."""

    name: str
    relation: str
    column: str
    relations: tuple[Relation, ...]


def _with(
    relations: tuple[Relation, ...], position: int, columns: tuple[Column, ...]
) -> tuple[Relation, ...]:
    changed = replace(relations[position], columns=columns)
    return (*relations[:position], changed, *relations[position + 1 :])


def drops(relations: tuple[Relation, ...]) -> Iterator[Mutation]:
    """Every way to drop one column, or to give one another name."""
    for position, relation in enumerate(relations):
        for number, column in enumerate(relation.columns):
            before, after = relation.columns[:number], relation.columns[number + 1 :]
            other = Column(f"{column.name}_renamed", column.type)
            for kind, columns in (
                ("drop", (*before, *after)),
                ("rename", (*before, other, *after)),
            ):
                if columns:
                    yield Mutation(
                        f"{kind} {relation.id}.{column.name}",
                        relation.id,
                        column.name,
                        _with(relations, position, columns),
                    )


def additions(
    relations: tuple[Relation, ...], names: set[str], types: tuple[str, ...]
) -> Iterator[Mutation]:
    """Every way to add one column of these names and types at the end of a relation."""
    for position, relation in enumerate(relations):
        taken = {column.name.lower() for column in relation.columns}
        for name in sorted(names):
            if name.lower() in taken:
                continue
            for type_ in types:
                columns = (*relation.columns, Column(name, type_))
                yield Mutation(
                    f"add {relation.id}.{name} {type_}",
                    relation.id,
                    name,
                    _with(relations, position, columns),
                )


def retypes(relations: tuple[Relation, ...], types: tuple[str, ...]) -> Iterator[Mutation]:
    """Every way to give one column another type."""
    for position, relation in enumerate(relations):
        for number, column in enumerate(relation.columns):
            for type_ in types:
                if type_ == column.type:
                    continue
                columns = list(relation.columns)
                columns[number] = Column(column.name, type_)
                yield Mutation(
                    f"retype {relation.id}.{column.name} {type_}",
                    relation.id,
                    column.name,
                    _with(relations, position, tuple(columns)),
                )
