"""Reads and writes the tables of SQL cases in `fixtures/*.sql`.

A file starts with its dialect and relations, and holds one block per case:

    -- dialect: duckdb
    -- relation: users (user_id INTEGER, phone VARCHAR)
    -- relation: events (event_id INTEGER, ...)          further columns may exist

    -- a title that says what the case shows
    select phone as p from users where phone <> '';
    -- column: p VARCHAR < users.phone
    -- read: users.phone SELECT 1:8
    -- read: users.phone WHERE 1:31

Lines after the SQL are the complete findings, in this order: column (name, type, sources), star,
read, unbound, untyped, open (why the column list is not complete), blind. `accept` writes them
anew from what the analysis finds, for a reviewer to read: `python -m binder.cases` in
`python/tests`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from breaking_changes.binder import Analysis, Column, Lookup, Relation, analyse

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Case:
    """One statement and the findings that are expected of it."""

    file: str
    dialect: str
    relations: tuple[Relation, ...]
    title: str
    sql: str
    expected: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"{self.file}: {self.title}"

    def lookup(self) -> Lookup:
        return lookup(self.relations)

    def analysis(self) -> Analysis:
        return analyse(self.sql, self.lookup(), self.dialect)


def lookup(relations: tuple[Relation, ...]) -> Lookup:
    """Finds relations by name, whatever schema is written before it."""
    by_name = {relation.id.lower(): relation for relation in relations}
    return lambda parts: by_name.get(parts[-1])


def load(pattern: str = "*.sql") -> list[Case]:
    """All cases of the fixture files, in order."""
    return [case for path in sorted(FIXTURES.glob(pattern)) for case in _read(path)]


def lines_of(found: Analysis) -> tuple[str, ...]:
    """The findings as the lines of a fixture file."""
    lines = []
    for column in found.columns:
        sources = " ".join(f"{relation}.{name}" for relation, name in column.sources)
        tail = f" < {sources}" if sources else ""
        lines.append(f"column: {column.name} {column.type or '?'}{tail}")
    for star in found.stars:
        lines.append(f"star: {star.relation}{' by position' if star.positional else ''}")
    for read in found.reads:
        place = f"{read.line}:{read.position}"
        lines.append(f"read: {read.relation}.{read.column} {read.clause} {place}")
    for gone in found.unbound:
        name = f"{gone.relation or '?'}.{gone.column or '*'}"
        detail = f" ({gone.detail})" if gone.detail else ""
        place = f"{gone.line}:{gone.position}"
        lines.append(f"unbound: {gone.kind} {name} {gone.clause} {place}{detail}")
    for one in found.untyped:
        place = f"{one.line}:{one.position}"
        accepts = ", ".join(one.accepts)
        lines.append(f"untyped: {one.relation}.{one.column} {one.clause} {place} beside {accepts}")
    if found.reason:
        lines.append(f"open: {found.reason}")
    if found.blind:
        lines.append(f"blind: {found.blind}")
    return tuple(lines)


def _read(path: Path) -> list[Case]:
    header, *blocks = path.read_text("utf-8").strip().split("\n\n")
    dialect, relations = "", []
    for line in header.splitlines():
        key, _, value = line.removeprefix("-- ").partition(": ")
        if key == "dialect":
            dialect = value
        elif key == "relation":
            relations.append(_relation(value))
    return [_case(path.stem, dialect, tuple(relations), block) for block in blocks]


def _case(file: str, dialect: str, relations: tuple[Relation, ...], block: str) -> Case:
    lines = block.splitlines()
    title = lines[0].removeprefix("-- ")
    end = next(number for number, line in enumerate(lines) if line.endswith(";"))
    sql = "\n".join(lines[1 : end + 1]).removesuffix(";")
    expected = tuple(line.removeprefix("-- ") for line in lines[end + 1 :])
    return Case(file, dialect, relations, title, sql, expected)


def _relation(text: str) -> Relation:
    name, _, body = text.partition(" (")
    columns = [part.strip() for part in _split(body.removesuffix(")"))]
    known = [column.partition(" ") for column in columns if column != "..."]
    return Relation(
        name,
        tuple(Column(column, type_ or None) for column, _, type_ in known),
        complete="..." not in columns,
    )


def _split(text: str) -> list[str]:
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "(<") - (sign in ")>")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def accept() -> None:
    """Write what the analysis finds into the fixture files."""
    for path in sorted(FIXTURES.glob("*.sql")):
        header = path.read_text("utf-8").strip().split("\n\n")[0]
        blocks = [header]
        for case in _read(path):
            found = [f"-- {line}" for line in lines_of(case.analysis())]
            blocks.append("\n".join([f"-- {case.title}", f"{case.sql};", *found]))
        path.write_text("\n\n".join(blocks) + "\n", "utf-8")


if __name__ == "__main__":
    accept()
