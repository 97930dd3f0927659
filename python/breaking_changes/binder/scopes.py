"""The pieces that binding works on: values, fields, tables, sources and scopes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.budget import LONGEST_TEXT, MOST_COLUMNS, TooLargeError
from breaking_changes.binder.identity import shorten
from breaking_changes.binder.written import as_it_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from breaking_changes.binder.binding import Handlers
    from breaking_changes.binder.dialects import Traits
    from breaking_changes.binder.findings import Findings
    from breaking_changes.binder.inference import Typer
    from breaking_changes.binder.model import Lookup

Base = tuple[str, str]
"""A base column: (relation id, column name)."""


class Value:
    """A bound expression.

    `text` is its canonical meaning over base columns, None when a part did not bind. `sources` are
    the base columns that it is built from. `grouped` is 1 when it holds an aggregate of its own
    query block, so that its meaning depends on the grouping, and 2 when it is an aggregate of one
    (which only a window function may be), else 0.
    """

    __slots__ = ("grouped", "sources", "text", "type")

    def __init__(
        self,
        type_: str | None,
        text: str | None,
        sources: tuple[Base, ...] = (),
        grouped: int = 0,
    ) -> None:
        """Take the parts of a value."""
        self.type = type_
        self.text = text
        self.sources = sources
        self.grouped = grouped


def bounded(value: Value) -> Value:
    """A value with each source once and a text that does not grow from query to query."""
    if len(value.sources) > 1:
        value.sources = tuple(dict.fromkeys(value.sources))
    if value.text is not None and len(value.text) > LONGEST_TEXT:
        value.text = shorten(value.text)
    return value


class Field:
    """A column of a table. `origin` is the base column that flows here by `*` and nothing else."""

    __slots__ = ("name", "origin", "sources", "text", "type")

    def __init__(
        self,
        name: str,
        type_: str | None,
        text: str | None,
        sources: tuple[Base, ...],
        origin: Base | None = None,
    ) -> None:
        """Take the parts of a column."""
        self.name = name
        self.type = type_
        self.text = text
        self.sources = sources
        self.origin = origin

    def renamed(self, name: str) -> Field:
        """The same column under another name."""
        return Field(name, self.type, self.text, self.sources, self.origin)

    def tagged(self, tag: str) -> Field:
        """The same column of another occurrence of its relation."""
        text = None if self.text is None else self.text + tag
        return Field(self.name, self.type, text, self.sources, self.origin)


@dataclass(slots=True)
class Table:
    """The columns of a query or relation.

    `open` holds what may have further columns: relation ids, or "" for something without one.
    `stars` are the relations whose columns all flow into it, so that a name that is missing here
    is missing there. `bases` are all relations read. `rows` is the meaning of the row set.
    `also` are names that ORDER BY after a set operation knows besides. `holder` is the base
    column whose elements the table shows, so that a field that is missing here is missing in it.
    """

    fields: list[Field]
    open: tuple[str, ...] = ()
    reason: str | None = None
    rows: str | None = None
    stars: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    index: dict[str, Field | None] | None = None
    holder: Base | None = None
    also: frozenset[str] = frozenset()


class Source:
    """A table in a FROM clause under a name. `hidden` are the columns that USING merged away."""

    __slots__ = ("hidden", "index", "key", "name", "parts", "pseudo", "table", "tag")

    def __init__(
        self, name: str, key: str, table: Table, index: dict[str, Field | None], tag: str = ""
    ) -> None:
        """Take a table and the name it has here."""
        self.name = name
        self.key = key
        self.table = table
        self.index = index
        self.tag = tag
        self.parts: tuple[str, ...] = ()
        self.hidden: set[str] = set()
        self.pseudo = False

    def value(self, found: Field) -> Value:
        """A field of this source as a value."""
        text = found.text
        if self.tag and text is not None:
            text += self.tag
        return Value(found.type, text, found.sources)


class Scope:
    """What names mean at one point of a query: its sources, aliases, and the query around it.

    `outputs` are the output columns that ORDER BY can name, where only one has the name.
    `captured` are columns that were found where an alias has the name too: identifier, base column
    and clause. `around` is the clause that a window stands in. `keys` are the texts that are
    grouped by. `bare` says that an expression is nothing but a name, which some engines ask for
    before they look among the aliases. `lazy` are aliases that are bound where they are first used.
    """

    __slots__ = (
        "aliases",
        "around",
        "bare",
        "captured",
        "clause",
        "ctes",
        "joins",
        "keys",
        "lazy",
        "merged",
        "outputs",
        "parameters",
        "parent",
        "sources",
        "windows",
    )

    def __init__(self, parent: Scope | None, ctes: CteEnv | None) -> None:
        """Start an empty scope within another."""
        self.parent = parent
        self.ctes = ctes
        self.sources: list[Source] = []
        self.aliases: dict[str, Value] = {}
        self.lazy: dict[str, exp.Expr] = {}
        self.joins = 0
        self.merged: dict[str, Value] = {}
        self.outputs: dict[str, Value] = {}
        self.parameters: dict[str, Value] = {}
        self.windows: dict[str, exp.Expr] = {}
        self.captured: dict[str, tuple[exp.Expr, Base | None, str]] = {}
        self.keys: frozenset[str] = frozenset()
        self.bare = False
        self.clause = "SELECT"
        self.around: str | None = None


@dataclass(slots=True)
class CteEnv:
    """One CTE and those before it."""

    key: str
    node: exp.Expr
    scope: Scope | None
    outer: CteEnv | None
    recursive: bool
    table: Table | None = None
    binding: bool = False


@dataclass(slots=True)
class Context:
    """What every part of one analysis shares."""

    traits: Traits
    lookup: Lookup
    findings: Findings
    typer: Typer
    handlers: Handlers
    bind_query: Callable[[Context, exp.Expr, Scope | None, CteEnv | None], Table]
    bases: dict[tuple[str, ...], Table] = field(default_factory=dict)
    unresolved: dict[str, None] = field(default_factory=dict)
    sensitive: bool = False
    upper: bool = False
    has_columns_calls: bool = False
    written: Callable[[exp.Expr], exp.Expr] = as_it_is
    annotated: dict[int, Value] | None = None
    columns: int = 0

    def spend(self, columns: int) -> None:
        """Count columns that a query within the statement makes.

        Raises:
            TooLargeError: there are too many in all.
        """
        self.columns += columns
        if self.columns > MOST_COLUMNS:
            raise TooLargeError(f"The queries in the SQL have more than {MOST_COLUMNS} columns.")
