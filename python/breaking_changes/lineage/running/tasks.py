"""One statement to analyse, as plain data that a process can send and a cache can name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import Any

from breaking_changes.binder import (
    Analysis,
    OutputColumn,
    Read,
    Relation,
    Star,
    Unbound,
    Untyped,
    analyse,
)


@dataclass(frozen=True, slots=True)
class Task:
    """A statement, the relations it may read by name, and its dialect."""

    sql: str
    relations: tuple[tuple[tuple[str, ...], Relation], ...]
    dialect: str

    def key(self) -> str:
        """A digest of everything that the result depends on, beside the code."""
        digest = hashlib.sha256(f"{self.dialect}\0{self.sql}\0".encode())
        described: dict[str, str] = {}
        for name, relation in self.relations:
            if relation.id not in described:
                columns = "\0".join(f"{column.name}\1{column.type}" for column in relation.columns)
                described[relation.id] = f"{relation.id}\0{relation.complete}\0{columns}"
                digest.update(described[relation.id].encode())
            digest.update(f"\0{'.'.join(name)}\1{relation.id}\2".encode())
        return digest.hexdigest()

    def run(self) -> Analysis:
        """The analysis; a fault in it is the statement's reason, never an exception.

        Raises:
            MemoryError: There was not enough memory.
        """
        lookup = dict(self.relations).get
        try:
            return analyse(self.sql, lookup, self.dialect)
        except MemoryError:
            # Not the statement's fault alone: the process that runs it has to end.
            raise
        except Exception as error:  # one model's SQL must not take the others down
            problem = f"Its SQL could not be analysed ({type(error).__name__}: {error})."
            return Analysis(complete=False, reason=problem, blind=problem)


def encode(analysis: Analysis) -> str:
    """The analysis as JSON."""
    return json.dumps(
        [
            analysis.complete,
            analysis.reason,
            analysis.columns,
            analysis.rows,
            analysis.reads,
            analysis.stars,
            analysis.unbound,
            analysis.untyped,
            analysis.blind,
            analysis.relations,
            analysis.unresolved,
        ],
        separators=(",", ":"),
    )


def decode(text: str) -> Analysis:
    """The analysis that `encode` wrote.

    Raises:
        ValueError: The text is something else.
    """
    values: list[Any] = json.loads(text)
    if len(values) != len(fields(Analysis)):
        raise ValueError("not an analysis")
    complete, reason, columns, rows, reads, stars, unbound, untyped, blind, *names = values
    return Analysis(
        complete,
        reason,
        tuple(
            OutputColumn(
                name, type_, identity, tuple([(relation, col) for relation, col in sources])
            )
            for name, type_, identity, sources in columns
        ),
        rows,
        tuple(map(Read._make, reads)),
        tuple(map(Star._make, stars)),
        tuple(map(Unbound._make, unbound)),
        tuple(Untyped._make([*place, tuple(accepts)]) for *place, accepts in untyped),
        blind,
        *map(tuple, names),
    )
