"""The SQL of functions, as a SELECT that the binder understands.

A function's body is an expression or a query in which its arguments are names like columns: it is
bound inside a SELECT from a relation that has the arguments as its columns. The names of columns
come first, as in the engines (https://www.postgresql.org/docs/current/xfunc-sql.html).
"""

from __future__ import annotations

from dataclasses import replace

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, mappings
from breaking_changes.binder import Column, Relation, fold
from breaking_changes.lineage.nodes.relation_names import NormalisedSql, schema_of
from breaking_changes.lineage.nodes.type_names import engine_spelling

_ARGUMENTS = "function arguments"


def function_select(node: Node, own: NormalisedSql, dialect: str) -> NormalisedSql:
    """The body within a SELECT from its arguments; each line of the body keeps its number."""
    arguments = schema_of(_ARGUMENTS, dialect)
    returns = str(mapping(node.raw.get("returns")).get("data_type") or "")
    before, after = "select (", f"\n) from {arguments}"
    if returns.lower().startswith("table"):
        before, after = f"select returned.* from {arguments}, lateral (", "\n) as returned"
    return replace(
        own,
        sql=f"{before}{own.sql}{after}",
        names={**own.names, (_ARGUMENTS,): node.unique_id},
        before=len(before),
        after=len(after),
    )


def arguments_of(node: Node, dialect: str) -> Relation:
    """A function's arguments as the relation that its body reads."""
    return Relation(
        node.unique_id,
        tuple(
            Column(
                fold(str(argument.get("name")), dialect),
                engine_spelling(argument.get("data_type"), dialect),
            )
            for argument in mappings(node.raw.get("arguments"))
        ),
        complete=True,
    )
