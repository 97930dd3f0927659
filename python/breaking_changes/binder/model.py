"""What an analysis takes and what it finds (docs/architecture.md), for one statement.

A large project has millions of columns and reads, sent between processes and kept as JSON: they are
tuples, which are made, pickled and written several times as fast as dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Column(NamedTuple):
    """A column of a relation that a statement reads.

    `name` is spelled as the engine stores it (Snowflake: `PHONE`); see `fold`.
    `type` is in the dialect's own spelling, None when not known.
    """

    name: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that a statement reads.

    `id` is opaque (a unique_id) and comes back in the findings. `complete` is False when the
    relation may have columns beyond these.
    """

    id: str
    columns: tuple[Column, ...] = ()
    complete: bool = True


Lookup = Callable[[tuple[str, ...]], "Relation | None"]
"""Finds a relation by its name's parts as written, unquoted and in lower case: one to three of
(catalog, schema, name), such as ("shop", "main", "stg_users"). A dict's `get` is one. None means
that nothing is known of it: its columns count as unknown and no read names it."""


class OutputColumn(NamedTuple):
    """A column of the statement's result, in order.

    `name` is spelled as the engine folds it. `type` is as the engine describes it, None when not
    known. `identity` is a hash of the column's meaning over base columns, None when no stable one
    exists. `sources` are the (relation id, column) that its expression is built from.
    """

    name: str
    type: str | None
    identity: str | None
    sources: tuple[tuple[str, str], ...]


class Read(NamedTuple):
    """A base column used by name: one for each (relation, column, clause), where it is first used.

    `line` and `position` count from 1 in the SQL that was given; `sql` is the expression around it.
    """

    relation: str
    column: str
    clause: str
    line: int
    position: int
    sql: str


class Star(NamedTuple):
    """A relation whose columns flow through `*`.

    `positional` says that a set operation consumes them by position.
    """

    relation: str
    positional: bool


class Unbound(NamedTuple):
    """A reference that the engine would refuse.

    `kind` is missing, ambiguous, exclude, set_operation, grouping, type or duplicate (two output
    columns of one name, of which the engine makes no relation). `relation` and `column`
    name the base column that is missing (or whose type is refused); `relation` is None when the
    reference cannot be traced to one relation, as for a missing column of a CTE that lists its
    columns.
    A missing struct field is a dotted `column`. `detail` says more where there is more to say.
    """

    kind: str
    relation: str | None
    column: str | None
    clause: str
    line: int
    position: int
    sql: str
    detail: str | None = None


class Untyped(NamedTuple):
    """A base column that an operation combines or compares with a value of unknown type.

    `accepts` are the classes of types (`integer`, `string`, ...) that the engine may accept for
    that value as long as the column has its type of now.
    """

    relation: str
    column: str
    clause: str
    line: int
    position: int
    sql: str
    accepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The facts of one statement.

    `complete` says that `columns` are all, in order; `reason` says why not, as a sentence.
    `rows` is the identity of the row set (filters, joins, grouping, distinct, set operations,
    limit), whatever is projected. `untyped` is where a type error can neither be found nor ruled
    out. `blind` is a sentence that says why `reads` and `unbound` may
    lack entries (a name that several relations of unknown columns could hold, SQL that is not
    understood), None when every reference is accounted for. `relations` are the ids of the
    relations that it reads, by whatever columns; `unresolved` are the names and functions in FROM
    of which nothing is known.
    """

    complete: bool
    reason: str | None = None
    columns: tuple[OutputColumn, ...] = ()
    rows: str | None = None
    reads: tuple[Read, ...] = ()
    stars: tuple[Star, ...] = ()
    unbound: tuple[Unbound, ...] = ()
    untyped: tuple[Untyped, ...] = ()
    blind: str | None = None
    relations: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
