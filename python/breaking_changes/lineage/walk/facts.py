"""What is known of one node of one side."""

from __future__ import annotations

from dataclasses import dataclass

from breaking_changes.artifacts import Node
from breaking_changes.binder import Analysis, Column, OutputColumn, Relation
from breaking_changes.lineage.nodes.hooks import NO_HOOKS, HookFacts
from breaking_changes.lineage.nodes.known_columns import Columns
from breaking_changes.lineage.nodes.relation_names import NormalisedSql
from breaking_changes.lineage.nodes.semantic_reader import NOTHING, SemanticFacts

#: A reference that misses, by what it misses: its place in the file does not count.
Miss = tuple[str, "str | None", "str | None"]


@dataclass(frozen=True)
class Later:
    """What an incremental model's SQL says once its table is there, or why that is not known."""

    analysis: Analysis | None = None
    sql: NormalisedSql | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Facts:
    """The facts of a node; `relation` is what its consumers bind against.

    `analysis` and `sql` are none for what has no SQL that could be read; `columns` are then those
    that another source of evidence gives. Both are of the run that builds the node anew; `later`
    has those of the runs that only fill its table, where they are others.
    """

    node: Node
    relation: Relation
    columns: tuple[OutputColumn, ...] = ()
    complete: bool = False
    reason: str | None = None
    evidence: str = "inferred"
    blind: str | None = None
    introspection: str | None = None
    analysis: Analysis | None = None
    sql: NormalisedSql | None = None
    later: Later | None = None
    macros: str | None = None
    needs_compile: bool = False
    asks: tuple[str, ...] = ()
    hooks: HookFacts = NO_HOOKS
    semantic: SemanticFacts = NOTHING

    @property
    def misses(self) -> frozenset[Miss]:
        """What its SQL refers to and the engine would refuse."""
        own = self.analysis.unbound if self.analysis else ()
        later = self.later.analysis.unbound if self.later and self.later.analysis else ()
        missed = (*own, *later, *self.hooks.unbound, *self.semantic.unbound)
        return frozenset((miss.kind, miss.relation, miss.column) for miss in missed)

    @property
    def promise(self) -> tuple[object, ...]:
        """What its consumers can notice: when equal on both sides, they need no second look."""
        return (self.columns, self.complete, self.relation, self.rows, self.semantic)

    @property
    def inserted(self) -> tuple[OutputColumn, ...]:
        """The columns that a run gives to the table when it is there already."""
        later = self.later.analysis if self.later else None
        return later.columns if later and later.complete else self.columns

    @property
    def rows(self) -> str | None:
        """The identity of its row set."""
        return self.analysis.rows if self.analysis else None


def as_output(columns: tuple[Column, ...]) -> tuple[OutputColumn, ...]:
    """Columns that no SQL computes."""
    return tuple(OutputColumn(column.name, column.type, None, ()) for column in columns)


def as_columns(columns: tuple[OutputColumn, ...]) -> tuple[Column, ...]:
    """What a consumer binds against."""
    return tuple(Column(column.name, column.type) for column in columns)


def from_columns(node: Node, known: Columns) -> Facts:
    """A node whose columns are known from elsewhere than its SQL."""
    return Facts(
        node=node,
        relation=Relation(node.unique_id, known.columns, known.complete),
        columns=as_output(known.columns),
        complete=known.complete,
        reason=known.reason,
        evidence=known.evidence,
    )


def semantic_facts(node: Node, found: SemanticFacts) -> Facts:
    """A semantic model, or a metric or saved query, whose values are one column of its name."""
    values = () if node.resource_type == "semantic_model" else (node.name,)
    columns = tuple(OutputColumn(name, None, None, found.sources) for name in values)
    return Facts(
        node=node,
        relation=Relation(node.unique_id),
        columns=columns,
        complete=True,
        blind=found.blind,
        semantic=found,
    )
