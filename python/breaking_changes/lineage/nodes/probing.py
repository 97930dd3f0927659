"""What SQL says whatever columns a relation has, where these are not known.

A macro that asks for the columns of such a relation is answered twice: with one made-up name, and
with every name that its text could look for. What both SQLs agree on does not depend on the answer.
"""

from __future__ import annotations

import collections
import functools
import re
from collections.abc import Iterable
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder import Analysis, Column, Relation, Unbound, fold

MADE_UP = "some_unknown_column"

_WORD = re.compile(r"[A-Za-z_]\w*")


def probe_columns(
    relation: Relation | None, texts: Iterable[str], dialect: str
) -> tuple[Column, ...]:
    """Columns that a relation may have: those known of it, every word of the texts, one made up.

    Args:
        relation: What is known of the relation.
        texts: The Jinja that asks for the columns.
        dialect: sqlglot's name of the dialect.
    """
    known = relation.columns if relation else ()
    taken = {column.name.lower() for column in known}
    words = {word.lower() for text in texts for word in _WORD.findall(text)}
    possible = sorted(word for word in words - taken if _can_be_a_column(word, dialect))
    return (*known, *(Column(fold(word, dialect)) for word in possible), *made_up(dialect))


def made_up(dialect: str) -> tuple[Column, ...]:
    """A column that no relation has."""
    return (Column(fold(MADE_UP, dialect)),)


def certain(rich: Analysis, sparse: Analysis, lacking: Iterable[str], reason: str) -> Analysis:
    """What holds whatever columns the relations have.

    Args:
        rich: The facts with every possible column.
        sparse: The facts with none but one made up.
        lacking: The relations whose columns are not known.
        reason: Says so, as a sentence.
    """
    other = [column.name for column in sparse.columns]
    same = rich.complete and sparse.complete and [one.name for one in rich.columns] == other
    missed = {_miss(miss) for miss in sparse.unbound}
    unread = not sparse.complete and not sparse.columns
    unbound = tuple(
        miss
        for miss in rich.unbound
        if _miss(miss) in missed or (unread and miss.kind == "missing")
    )
    if same:
        return replace(rich, unbound=unbound)
    named = {(read.relation, read.column) for read in sparse.reads}
    counts = collections.Counter(column.name for column in rich.columns)
    full = {column.name: column for column in rich.columns if counts[column.name] == 1}
    return replace(
        rich,
        complete=False,
        reason=reason,
        columns=tuple(
            full.get(column.name, column)
            for column in sparse.columns
            if column.name.lower() != MADE_UP
        ),
        reads=tuple(
            read
            for read in rich.reads
            if read.relation not in lacking or (read.relation, read.column) in named
        ),
        unbound=unbound,
    )


def _miss(miss: Unbound) -> tuple[str, str | None, str | None]:
    return miss.kind, miss.relation, miss.column


@functools.cache
def _can_be_a_column(word: str, dialect: str) -> bool:
    """Whether a word without quotes is read as a column."""
    try:
        parsed = sqlglot.parse_one(f"select {word}, 1 from t", read=dialect)
    except SqlglotError:
        return False
    first = parsed.expressions[0] if parsed.expressions else None
    return isinstance(first, exp.Column) and first.name.lower() == word.lower()
