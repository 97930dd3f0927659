"""What SQL says whatever columns a relation has, where these are not known.

A macro that asks for the columns of such a relation is answered twice: with one made-up name, and
with every name that its text could look for. What both SQLs agree on does not depend on the answer.
"""

from __future__ import annotations

import collections
import functools
import itertools
import math
import re
from collections.abc import Iterable
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.binder import Analysis, Column, Relation, Unbound, fold

MADE_UP = "some_unknown_column"

#: What queries find first in one rendering and in another: numbers if the Jinja takes them.
MADE_UP_VALUES: tuple[tuple[float | str, float | str], ...] = (
    (3, 7.5),
    (3, 7),
    ("some_unknown_value", "another_unknown_value"),
)

_QUOTED = re.compile(r"'([^'\n]{1,100})'|\"([^\"\n]{1,100})\"")
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


def possible_rows(texts: Iterable[str]) -> tuple[str, ...]:
    """Values that a query may find and the Jinja can look for: all that is quoted in its texts."""
    found = (one or other for text in texts for one, other in _QUOTED.findall(text))
    return tuple(dict.fromkeys(value for value in found if value.strip()))


def possible_targets(texts: Iterable[str]) -> list[dict[str, str]]:
    """What `target` may hold, as far as the Jinja can tell one from another.

    A member that is only compared with quoted texts may be one of these. What is kept under a name,
    handed on or compared with something else may be looked at anywhere: then it may be any quoted
    text. One more, which no Jinja knows, comes last. Empty where there are too many to try.

    Args:
        texts: The Jinja, and the texts that its vars hold.
    """
    read = list(texts)
    values: dict[str, dict[str, None]] = {}
    rest = ""
    for block in (block for text in read for block in _BLOCK.findall(text)):
        for member in _MEMBER.findall(block):
            values.setdefault(member, {}).update(dict.fromkeys(possible_rows((block,))))
        rest += _COMPARISON.sub("", block)
    if _TARGET.search(rest):
        values = {member: dict.fromkeys(possible_rows(read)) for member in values}
    values.pop("type", None)
    chosen = [(*found, UNKNOWN_TARGET) for found in values.values()]
    if math.prod(map(len, chosen)) > _MOST_TARGETS:
        return []
    return [dict(zip(values, one, strict=True)) for one in itertools.product(*chosen)]


#: Renderings of one node, each with another target.
_MOST_TARGETS = 64

UNKNOWN_TARGET = "some_unknown_target"
_BLOCK = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TARGET = re.compile(r"\btarget\b(?!\s*\.\s*type\b)")
_MEMBER = re.compile(r"\btarget\s*(?:\.\s*get\s*\(|\.|\[)\s*['\"]?([A-Za-z_]\w*)")

_TEXT = r"(?:'[^'\n]*'|\"[^\"\n]*\")"
_ONE = rf"\btarget\s*(?:\.\s*(?!get\b)\w+|\[\s*{_TEXT}\s*\]|\.\s*get\s*\(\s*{_TEXT}\s*\))"
_TEXTS = rf"[(\[]\s*{_TEXT}(?:\s*,\s*{_TEXT})*\s*,?\s*[)\]]"
_ENDS = r"(?!\s*(?:[~+|.\[(*]|%(?!\})|is\b))"
#: A member beside nothing but quoted texts.
_COMPARISON = re.compile(
    rf"{_ONE}\s*(?:[!=]=\s*{_TEXT}{_ENDS}|(?:not\s+)?in\s*{_TEXTS}{_ENDS}"
    rf"|\.\s*(?:starts|ends)with\s*\(\s*{_TEXT}\s*\))|{_TEXT}\s*(?:[!=]=|in)\s*{_ONE}{_ENDS}"
)


def whatever_rows(
    found: Analysis, full: Analysis, sparse: Analysis, reason: str, *, is_sample: bool
) -> Analysis:
    """What holds whatever rows the queries of macros find.

    Args:
        found: The facts of the SQL that counts.
        full: The facts where the queries find all that the Jinja can look for.
        sparse: The facts where they find something else.
        reason: What asks for rows, as a sentence.
        is_sample: Whether `found` is SQL that dbt compiled with the rows of one moment.
    """
    names = [column.name for column in sparse.columns]
    same = full.complete and sparse.complete and [one.name for one in full.columns] == names
    if is_sample:
        return found if same else replace(found, complete=False, reason=reason)
    reads = {(read.relation, read.column) for read in sparse.reads}
    misses = {_miss(miss) for miss in sparse.unbound}
    types = {column.name: column.type for column in sparse.columns}
    is_known = (
        reads == {(read.relation, read.column) for read in found.reads}
        and misses == {_miss(miss) for miss in found.unbound}
        and found.blind == sparse.blind
    )
    return replace(
        found,
        complete=same,
        reason=found.reason if same else reason,
        columns=tuple(
            column if column.type == types[column.name] else column._replace(type=None)
            for column in found.columns
            if column.name in types
        ),
        reads=tuple(read for read in found.reads if (read.relation, read.column) in reads),
        unbound=tuple(miss for miss in found.unbound if _miss(miss) in misses),
        blind=found.blind or (None if is_known else reason),
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
