"""Writes facts as column_lineage.json says them (docs/architecture.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breaking_changes import __version__
from breaking_changes.artifacts import Node
from breaking_changes.artifacts.files import write_lines
from breaking_changes.binder import Analysis, Read, Unbound, Untyped
from breaking_changes.errors import UserError
from breaking_changes.lineage.nodes.function_calls import Call, calls
from breaking_changes.lineage.nodes.hooks import CLAUSE as HOOK
from breaking_changes.lineage.nodes.kinds import SEMANTIC
from breaking_changes.lineage.nodes.relation_names import NormalisedSql, schema_of
from breaking_changes.lineage.nodes.source_lines import LineMap
from breaking_changes.lineage.running.versions import SQLGLOT_VERSION
from breaking_changes.lineage.walk.facts import Facts
from breaking_changes.lineage.walk.side import Side
from breaking_changes.macro_lists import checksum_of

FORMAT_VERSION = 1
FILE_NAME = "column_lineage.json"

#: What a reference says that only the runs of an incremental model make that find its table there.
INCREMENTAL = "incremental"

#: Kinds of unresolved references whose text is a column of the node itself.
OF_ITSELF = ("contract", "table")

_READ = ("parent", "column", "clause")
_UNBOUND = ("kind", "parent", "column", "clause")

Entry = dict[str, Any]


def document(side: Side, unique_ids: Iterable[str]) -> dict[str, Any]:
    """The lineage file of one side, for these nodes; equal facts give equal text."""
    entries = Entries(side)
    manifest = side.target.manifest
    nodes = {unique_id: entries.entry(unique_id) for unique_id in sorted(unique_ids)}
    _add_asked_columns(side, nodes)
    return {
        "format_version": FORMAT_VERSION,
        "generator": {
            "name": "dbt-breaking-changes",
            "version": __version__,
            "sqlglot": SQLGLOT_VERSION,
        },
        "project": manifest.project,
        "adapter_type": manifest.adapter_type,
        "dialect": side.dialect,
        "nodes": nodes,
    }


def write(document: dict[str, Any], path: Path) -> None:
    """Writes the file at once or not at all, so that no reader sees half of it.

    Raises:
        UserError: The directory cannot be written to.
    """
    try:
        write_lines(path, _lines(document))
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from None


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """The document as JSON with one line a node, so that two files can be compared by eye."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    head = {key: value for key, value in document.items() if key != "nodes"}
    yield encode(head)[:-1] + ', "nodes": {'
    separator = "\n"
    for unique_id, entry in document["nodes"].items():
        yield f"{separator}{encode(unique_id)}: {encode(entry)}"
        separator = ",\n"
    yield "\n}}\n"


class Entries:
    """Makes the entries of one side's nodes, each once."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._made: dict[str, Entry] = {}

    def entry(self, unique_id: str) -> Entry:
        """What the file says of one node."""
        waiting, begun = [unique_id], set[str]()
        while waiting:
            name = waiting[-1]
            inlined = [] if name in begun else self._inlined(self._side.nodes[name])
            begun.add(name)
            before = [one for one in inlined if one not in self._made and one not in begun]
            waiting += before
            if not before:
                waiting.pop()
                if name not in self._made:
                    self._made[name] = self._make(self._side.facts(name))
        return self._made[unique_id]

    def _inlined(self, node: Node) -> list[str]:
        """The ephemeral models whose CTEs dbt puts in front of a node's SQL."""
        if node.resource_type == "unit_test":
            return []
        parents = self._side.reading.parents(node)
        return [one.unique_id for one in parents if one.materialized == "ephemeral"]

    def _make(self, facts: Facts) -> Entry:
        node = facts.node
        own = node.unique_id
        found = _of_sql(facts, self._side)
        found.extend(_of_hooks(facts, found.stars, self._side))
        found.extend(_of_semantic(facts))
        blind = facts.blind or (facts.later.reason if facts.later else None)
        direct = self._side.reading.direct(node)
        beyond = [*direct.nodes, *direct.unclear]
        asks = list(facts.asks)
        called = _calls(facts, self._side)
        for name in self._inlined(node):
            inlined = self._made.get(name)
            if inlined is None:
                blind = blind or f"The ephemeral model {name} inlines itself."
                continue
            path = self._side.nodes[name].path
            elsewhere = [{"path": path, **read} for read in inlined["reads"]]
            _extend(found.reads, elsewhere, _READ)
            _extend(found.unbound, inlined["unbound"], _UNBOUND)
            found.untyped += [one for one in inlined["untyped"] if one not in found.untyped]
            blind = blind or inlined["blind"]
            beyond += inlined["reads_beyond"]
            asks += inlined["asks"]
            called += [{"path": path, **call} for call in inlined["calls"]]
        return {
            "checksum": checksum_of(node.raw) if node.resource_type in SEMANTIC else node.checksum,
            "macros": facts.macros,
            "needs_compile": facts.needs_compile,
            "complete": facts.complete,
            "reason": facts.reason,
            "evidence": facts.evidence,
            "columns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "identity": column.identity,
                    "from": [list(source) for source in column.sources if source[0] != own],
                }
                for column in facts.columns
            ],
            "rows": facts.rows,
            "reads": found.reads,
            "stars": found.stars,
            "asks": list(dict.fromkeys(asks)),
            "calls": called,
            "unbound": found.unbound,
            "untyped": found.untyped,
            "reads_beyond": _beyond(node, [*found.reads, *found.stars, *found.unbound], beyond),
            "unread": [
                {"sql": one.sql, "parents": list(one.parents), "rendered": one.rendered}
                for one in facts.hooks.unread
            ],
            "blind": blind,
            "introspection": facts.introspection,
        }


@dataclass
class _References:
    """What SQL refers to, as the file lists it."""

    reads: list[Entry]
    stars: list[Entry]
    unbound: list[Entry]
    untyped: list[Entry]

    def extend(self, other: _References) -> None:
        self.reads += other.reads
        self.stars += other.stars
        self.unbound += other.unbound
        self.untyped += other.untyped


def _of_sql(facts: Facts, side: Side) -> _References:
    """What the node's SQL refers to in any of its runs."""
    found = _of_one(facts.analysis, _Places(facts, facts.sql, side), facts.node.unique_id)
    later = facts.later
    if later is None or later.analysis is None:
        return found
    other = _of_one(later.analysis, _Places(facts, later.sql, side), facts.node.unique_id)
    _extend(found.reads, [{**one, "world": INCREMENTAL} for one in other.reads], _READ)
    _extend(found.unbound, [{**one, "world": INCREMENTAL} for one in other.unbound], _UNBOUND)
    known = [*found.untyped]
    found.untyped += [{**one, "world": INCREMENTAL} for one in other.untyped if one not in known]
    _extend(found.stars, other.stars, ("parent",))
    return found


def _of_one(analysis: Analysis | None, places: _Places, own: str) -> _References:
    if analysis is None:
        return _References([], [], [], [])
    return _References(
        [places.read(read) for read in analysis.reads if read.relation != own],
        [
            {"parent": star.relation, "positional": star.positional}
            for star in analysis.stars
            if star.relation != own
        ],
        [places.unbound(miss) for miss in analysis.unbound],
        [places.untyped(one) for one in analysis.untyped if one.relation != own],
    )


def _of_hooks(facts: Facts, stars: list[Entry], side: Side) -> _References:
    """What the node's hooks refer to; `stars` are those of its SQL."""
    hooks, own = facts.hooks, facts.node.unique_id
    places = _Places(facts, facts.sql, side)
    known = {own, *(star["parent"] for star in stars)}
    return _References(
        [places.read(read) for read in hooks.reads if read.relation != own],
        [{"parent": name, "positional": False} for name in hooks.stars if name not in known],
        [places.unbound(miss) for miss in hooks.unbound],
        [],
    )


def _calls(facts: Facts, side: Side) -> list[Entry]:
    """The calls of the project's functions in the node's SQL."""
    if facts.sql is None:
        return []
    places = _Places(facts, facts.sql, side)
    return [
        {"parent": call.function, "arguments": call.arguments, "line": places.line(call)}
        for call in calls(facts.sql, side.dialect)
        if call.function != facts.node.unique_id
    ]


def _of_semantic(facts: Facts) -> _References:
    """What expressions of the semantic layer refer to, each with the expression's name."""
    found = _References([], [], [], [])
    own = facts.node.unique_id
    for one in facts.semantic.references:
        of = {} if one.owner == own else {"of": one.owner}
        where = {"line": one.line or 0, "sql": one.found.sql, "element": one.label, **of}
        entry = {"parent": one.found.relation, "column": one.found.column}
        entry["clause"] = one.found.clause
        if isinstance(one.found, Read):
            path = {} if one.path == facts.node.path else {"path": one.path}
            found.reads.append({**path, **entry, **where})
            continue
        more = {"column_number": 1, "detail": one.found.detail}
        found.unbound.append({"kind": one.found.kind, **entry, "path": one.path, **where, **more})
    return found


class _Places:
    """Says where in the model's own file the references of one node are."""

    def __init__(self, facts: Facts, sql: NormalisedSql | None, side: Side) -> None:
        self._node = facts.node
        self._sql = sql
        self._map = LineMap(
            facts.node.raw_code,
            sql.sql if sql else "",
            lambda: side.written(facts.node, sql) if sql else None,
        )
        self._names = {
            f"{schema_of(name, side.dialect)}." for name in (sql.names.values() if sql else ())
        }

    def read(self, read: Read) -> Entry:
        line, _, path = self._place(read.clause, read.line, read.position, read.column)
        entry = {
            "parent": read.relation,
            "column": read.column,
            "clause": read.clause,
            "line": line,
            "sql": self._readable(read),
        }
        return entry if path == self._node.path else {"path": path, **entry}

    def unbound(self, miss: Unbound) -> Entry:
        line, number, path = self._place(miss.clause, miss.line, miss.position, miss.column)
        return {
            "kind": miss.kind,
            "parent": miss.relation,
            "column": miss.column,
            "clause": miss.clause,
            "path": path,
            "line": line,
            "column_number": number,
            "sql": miss.sql if miss.kind in OF_ITSELF else self._readable(miss),
            "detail": miss.detail,
        }

    def untyped(self, one: Untyped) -> Entry:
        line, _, path = self._place(one.clause, one.line, one.position, one.column)
        return {
            "parent": one.relation,
            "column": one.column,
            "clause": one.clause,
            "path": path,
            "line": line,
            "sql": self._readable(one),
            "accepts": list(one.accepts),
        }

    def line(self, call: Call) -> int:
        """The line of a function's name, in the node's own file where it is found there."""
        found = self._map.find(call.line, call.function.rsplit(".", 1)[-1])
        return found[0] if found else call.line

    def _place(
        self, clause: str, line: int, position: int, column: str | None
    ) -> tuple[int, int, str]:
        node = self._node
        if clause == HOOK:
            return line, position, node.path.removeprefix("./")
        name = (column or "").rsplit(".", 1)[-1]
        found = self._map.find(line, name) if name and node.raw_code else None
        if found:
            return *found, node.path
        return line, position, node.text("compiled_path") or node.path

    def _readable(self, reference: Read | Unbound | Untyped) -> str:
        """The expression as the user knows it, without what was put in for the analysis."""
        if self._sql and self._sql.is_added(reference.line, reference.position):
            return f"{reference.column} in its config"
        sql = reference.sql
        for name in self._names:
            sql = sql.replace(name, "")
        return sql


def _beyond(node: Node, found: list[Entry], named: list[str]) -> list[str]:
    """What the node reads although dbt does not list it as a parent."""
    parents = dict.fromkeys(one["parent"] for one in found)
    listed = {*node.parents, node.unique_id, None}
    return [name for name in dict.fromkeys((*parents, *named)) if name not in listed]


def _extend(entries: list[Entry], others: list[Entry], keys: tuple[str, ...]) -> None:
    """Adds those of the others that the entries lack by these keys; a value may be a list."""

    def of(entry: Entry) -> str:
        return repr([entry[key] for key in keys])

    known = set(map(of, entries))
    entries.extend(entry for entry in others if of(entry) not in known)


def _add_asked_columns(side: Side, nodes: dict[str, Entry]) -> None:
    """A source of unknown columns has at least those that SQL reads."""
    asked: dict[str, dict[str, None]] = {}
    for entry in nodes.values():
        for read in entry["reads"]:
            asked.setdefault(read["parent"], {})[read["column"]] = None
    for unique_id, names in asked.items():
        if unique_id not in nodes or side.nodes[unique_id].resource_type != "source":
            continue
        entry = nodes[unique_id]
        if entry["complete"]:
            continue
        listed = {column["name"].lower() for column in entry["columns"]}
        entry["columns"].extend(
            {"name": name, "type": None, "identity": None, "from": []}
            for name in sorted(names)
            if name.lower() not in listed
        )
