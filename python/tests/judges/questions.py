"""What the judges are asked: queries over three relations, and every change of a column of these.

`queries/<engine>.sql` starts with the relations in the engine's own types; each further line is a
query. `queries/common.sql` is asked of every engine, but for the queries that it `refuses`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlglot import tokenize
from sqlglot.tokenizer_core import TokenType

from breaking_changes.binder import Column, Relation

QUERIES = Path(__file__).parent / "queries"

MOST_ADDED = 5
"""Added columns of one relation and query, so that long queries do not outweigh the others."""

#: The types that a column is given, in each engine's spelling.
RETYPES: dict[str, dict[str, str]] = {
    "bigquery": {
        "text": "STRING",
        "date": "DATE",
        "bigint": "INT64",
        "struct": "STRUCT<a INT64, b STRING>",
    },
    "spark": {
        "text": "STRING",
        "date": "DATE",
        "bigint": "BIGINT",
        "struct": "STRUCT<a: BIGINT, b: STRING>",
    },
    "clickhouse": {
        "text": "String",
        "date": "Date",
        "bigint": "Int64",
        "struct": "Tuple(a Int64, b String)",
    },
    "duckdb": {
        "text": "VARCHAR",
        "date": "DATE",
        "bigint": "BIGINT",
        "struct": "STRUCT(a BIGINT, b VARCHAR)",
    },
    "postgres": {"text": "text", "date": "date", "bigint": "bigint", "struct": "jsonb"},
}

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Change:
    """One change of a column: `kind` is drop, rename, add or the family of its new type."""

    kind: str
    relation: str
    column: str


@dataclass(frozen=True)
class Question:
    """A query, the relations that it may read, and the changes that are asked about."""

    sql: str
    relations: tuple[Relation, ...]
    changes: tuple[Change, ...]

    def key(self) -> str:
        """A digest of all that the answers depend on beside the engine."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def questions(engine: str) -> list[Question]:
    """All questions to one engine, in the order of the files."""
    lines = _lines(f"{engine}.sql")
    relations = tuple(_relation(text) for text in _marked(lines, "-- relation: "))
    refused = set(_marked(lines, "-- refuses: "))
    queries = (line for line in (*_lines("common.sql"), *lines) if not line.startswith("--"))
    return [
        Question(sql, relations, tuple(_changes(sql, relations, engine)))
        for sql in dict.fromkeys(queries)
        if sql not in refused
    ]


def changed(relations: tuple[Relation, ...], change: Change, engine: str) -> tuple[Relation, ...]:
    """The relations after a change."""
    return tuple(
        replace(relation, columns=tuple(_columns(relation, change, engine)))
        if relation.id == change.relation
        else relation
        for relation in relations
    )


def _columns(relation: Relation, change: Change, engine: str) -> Iterator[Column]:
    for column in relation.columns:
        if column.name != change.column:
            yield column
        elif change.kind == "rename":
            yield Column(f"{column.name}_renamed", column.type)
        elif change.kind != "drop":
            yield Column(column.name, RETYPES[engine][change.kind])
    if change.kind == "add":
        yield Column(change.column, RETYPES[engine]["text"])


def _changes(sql: str, relations: tuple[Relation, ...], engine: str) -> Iterator[Change]:
    words = {word.lower() for word in _WORD.findall(sql)}
    for relation in relations:
        if relation.id not in words:
            continue
        named = [column for column in relation.columns if column.name in words]
        others = [column for column in relation.columns if column.name not in words]
        for column in (*named, *others[:1]):
            yield Change("drop", relation.id, column.name)
            yield Change("rename", relation.id, column.name)
            for family, type_ in RETYPES[engine].items():
                if type_ != column.type:
                    yield Change(family, relation.id, column.name)
        for name in _names(sql, engine, relation)[:MOST_ADDED]:
            yield Change("add", relation.id, name)


def _names(sql: str, engine: str, relation: Relation) -> list[str]:
    """The names that the query uses or makes and the relation does not have."""
    tokens = tokenize(sql, read=engine)
    own = {column.name for column in relation.columns}
    names: dict[str, None] = {}
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        is_name = token.token_type in (TokenType.VAR, TokenType.IDENTIFIER)
        is_call = following is not None and following.token_type == TokenType.L_PAREN
        if is_name and not is_call and token.text.lower() not in own:
            names[token.text.lower()] = None
    return [name for name in names if name.isidentifier()]


def _lines(file: str) -> list[str]:
    return [line for line in (QUERIES / file).read_text("utf-8").splitlines() if line]


def _marked(lines: list[str], mark: str) -> list[str]:
    return [line.removeprefix(mark) for line in lines if line.startswith(mark)]


def _relation(text: str) -> Relation:
    name, _, body = text.partition(" (")
    parts, depth = [""], 0
    for sign in body.removesuffix(")"):
        depth += (sign in "(<") - (sign in ")>")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    columns = [part.strip().partition(" ") for part in parts]
    return Relation(name, tuple(Column(column, type_) for column, _, type_ in columns))
