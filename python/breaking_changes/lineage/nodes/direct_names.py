"""Finds the nodes whose relations SQL names itself, without ref() or source().

dbt does not list such a node among the parents. Every node's text is looked through, most of them
for nothing, so the first look is a search for a few fixed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.binder import TEXT_FUNCTIONS
from breaking_changes.lineage.nodes.sql_text import is_cte, plain
from breaking_changes.lineage.nodes.version_pointers import pointer_name

Parts = tuple[str, ...]
Called = tuple[str, str, str]

#: Resource types that are a relation of their own.
_RELATIONS = frozenset({"model", "snapshot", "seed", "source"})

#: The schema that a name without one means, where no connection changes it
#: (https://duckdb.org/docs/stable/sql/statements/use).
_DEFAULT_SCHEMA = {"duckdb": "main"}

_QUOTED = r"\"([^\"]+)\"|`([^`]+)`|\[([^\]]+)\]"
_IDENTIFIER = rf"(?:{_QUOTED}|([\w$]+))"
_DATABASE = re.compile(rf"(?:{_QUOTED}|([\w$-]+))\s*\.\s*[\"`\[]?$")
_NAME = r"[\"`\[]?[\w$]+[\"`\]]?"
_END = r"(?![\w$\"`\]])(?!\s*[.(])"
_ITEM = rf"{_NAME}(?:\s*\.\s*{_NAME})*(?:(?:\s+as)?\s+[\w$]+)?"
#: A fixed word in front lets the search skip ahead; a choice of two would be tried at each letter.
_AFTER_FROM = re.compile(rf"from\s+({_ITEM}(?:\s*,\s*{_ITEM})*){_END}")
_AFTER_JOIN = re.compile(rf"join\s+({_NAME}){_END}")
_TEXT_CALL = re.compile(rf"\b(?:{'|'.join(sorted(TEXT_FUNCTIONS))})\s*\(")
_NAMES_CALLS = tuple(
    re.compile(rf"{name}\s*\(([^()]*)\)") for name in ("query_table", "identifier", "table")
)
_NAMED = re.compile(r"(?<![\w$.])[\w$]+(?![\w$.])")


@dataclass(frozen=True, slots=True)
class DirectNames:
    """What one SQL names itself.

    `found` has the node of each name as the SQL writes it, in lower case; `unclear` the nodes that
    a name may or may not mean, with the name. A parent that dbt lists is among them where the SQL
    calls it otherwise than dbt renders it.
    """

    found: Mapping[Parts, str] = field(default_factory=dict)
    unclear: Mapping[str, str] = field(default_factory=dict)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that the SQL names for certain, each once."""
        return tuple(dict.fromkeys(self.found.values()))

    @property
    def blind(self) -> str | None:
        """Why it is not known what the SQL reads, as a sentence; none when it is."""
        for name in self.unclear.values():
            return f"It names {name} without ref, which may be a relation of this project or not."
        return None


NOTHING = DirectNames()


class Relations:
    """The relations of one side by the names that SQL can give them.

    Args:
        nodes: The nodes of the side.
        before: Those of the prior side: production's names may stand in SQL that was compiled for
            another environment.
        dialect: sqlglot's name of the dialect.
        pointers: Whether dbt keeps a view on the latest version of a model unless told otherwise.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        before: Mapping[str, Node],
        dialect: str,
        *,
        pointers: bool = False,
    ) -> None:
        self._default = _DEFAULT_SCHEMA.get(dialect)
        #: schema -> identifier -> (database, unique_id)
        self._schemas: dict[str, dict[str, dict[tuple[str, str], None]]] = {}
        #: identifier -> unique_ids, of what a name without a schema can mean
        self._bare: dict[str, dict[str, None]] = {}
        #: schema, identifier and unique_id of the names that dbt does not render for a node today
        self._unrendered: set[tuple[str, str, str]] = set()
        called = {unique_id: _called(unique_id, node.raw) for unique_id, node in nodes.items()}
        for unique_id, name in called.items():
            self._add(unique_id, name, {})
        moved = {
            unique_id: name
            for unique_id, node in before.items()
            if (name := _called(unique_id, node.raw)) and name != called.get(unique_id)
        }
        taken = {
            (schema, name): {unique_id for _, unique_id in entries}
            for schema, names in (self._schemas if moved else {}).items()
            for name, entries in names.items()
        }
        for unique_id, name in moved.items():
            self._add_unrendered(unique_id, name, taken)
        views = dict(_pointers(nodes, pointers))
        for unique_id, name in views.items():
            self._add_unrendered(unique_id, name, {})
        # What points elsewhere now is found under the node that it points to now.
        named_now = set(views.values())
        for unique_id, name in _pointers(before, pointers):
            if name not in named_now:
                self._add_unrendered(unique_id, name, {})
        self._patterns = {
            schema: re.compile(rf"{re.escape(schema)}[\"`\]]?\s*\.\s*{_IDENTIFIER}")
            for schema in self._schemas
        }

    def named_in(self, node: Node, sql: str) -> DirectNames:
        """The nodes that a node's SQL names otherwise than by what dbt renders for its parents."""
        text = sql.lower()
        known = {*node.parents, node.unique_id}
        if not self._may_name(text, known):
            return NOTHING
        text = plain(text, keep_texts=node.is_python or _TEXT_CALL.search(text) is not None)
        found: dict[Parts, str] = {}
        unclear: dict[str, str] = {}
        for parts, meant, is_one in self._names(text):
            if not known.isdisjoint(meant):
                [listed, *more] = [name for name in meant if name in known]
                if not more and listed != node.unique_id and self._is_unrendered(parts, listed):
                    found[parts] = listed
                continue
            built = [name for name in meant if not name.startswith("source.")] or list(meant)
            # The same relation may be a seed and a source, or a source of two names.
            if is_one and len(built) > 1 and built[0].startswith("source."):
                built = built[:1]
            if is_one and len(built) == 1 and (len(parts) > 1 or self._default):
                found[parts] = built[0]
            else:
                unclear.update(dict.fromkeys(meant, ".".join(parts)))
        return DirectNames(found, unclear)

    def _is_unrendered(self, parts: Parts, unique_id: str) -> bool:
        """Whether dbt would not write this name for the node itself."""
        if len(parts) == 1:
            return self._default is not None
        return (*parts[-2:], unique_id) in self._unrendered

    def _add_unrendered(
        self, unique_id: str, called: Called, taken: Mapping[tuple[str, str], set[str]]
    ) -> None:
        """Notes a name that dbt does not render for a node, as the view on its latest version."""
        entries = self._schemas.get(called[1], {}).get(called[2], {})
        if all(named != unique_id for _, named in entries):
            self._unrendered.add((*called[1:], unique_id))
        self._add(unique_id, called, taken)

    def _add(
        self, unique_id: str, called: Called | None, taken: Mapping[tuple[str, str], set[str]]
    ) -> None:
        """Notes what a node is called, unless the name is taken by another one of this side."""
        if not called:
            return
        database, schema, identifier = called
        if unique_id not in taken.get((schema, identifier), (unique_id,)):
            return
        entry = (database, unique_id)
        self._schemas.setdefault(schema, {}).setdefault(identifier, {})[entry] = None
        if schema == self._default and database and database != schema:
            # A name of two parts may leave out the schema instead of the database.
            self._schemas.setdefault(database, {}).setdefault(identifier, {})[entry] = None
        if self._default in (None, schema):
            self._bare.setdefault(identifier, {})[unique_id] = None

    def _may_name(self, text: str, known: set[str]) -> bool:
        """Whether a closer look can find anything; most texts end here."""
        for schema, identifiers in self._schemas.items():
            if schema in text:
                for names in self._patterns[schema].findall(text):
                    identifier = "".join(names)
                    for _, unique_id in identifiers.get(identifier, ()):
                        if (
                            unique_id not in known
                            or (schema, identifier, unique_id) in self._unrendered
                        ):
                            return True
        for name, _ in _bare(text):
            meant = self._bare.get(name, ())
            # Most are CTEs that are called as the parent that they select from.
            if meant and not (known.issuperset(meant) and f"{name} as (" in text):
                return True
        return False

    def _names(self, text: str) -> Iterator[tuple[Parts, tuple[str, ...], bool]]:
        """Every name in plain text, the nodes that it may mean, whether these are one relation."""
        for schema, identifiers in self._schemas.items():
            for match in self._patterns[schema].finditer(text) if schema in text else ():
                start, name = match.start(), "".join(part or "" for part in match.groups())
                before = text[start - 1] if start else " "
                entries = identifiers.get(name)
                if not entries or before.isalnum() or before in "_$":
                    continue
                parts: Parts = (schema, name)
                found = _DATABASE.search(text, max(0, start - 130), start)
                if found:
                    database = "".join(part or "" for part in found.groups())
                    parts = (database, *parts)
                    entries = {entry: None for entry in entries if entry[0] in ("", database)}
                if entries:
                    meant = tuple(dict.fromkeys(unique_id for _, unique_id in entries))
                    yield parts, meant, len({database for database, _ in entries}) == 1
        for name, start in _bare(text):
            if name in self._bare and not is_cte(text, name, start):
                yield (name,), tuple(self._bare[name]), len(self._bare[name]) == 1


def _pointers(nodes: Mapping[str, Node], by_default: bool) -> Iterator[tuple[str, Called]]:
    """The views that point to the latest versions of models, by the model they point to."""
    for unique_id, node in nodes.items():
        pointer = pointer_name(node.raw, by_default=by_default)
        called = _called(unique_id, node.raw) if pointer else None
        if pointer and called:
            yield unique_id, (*called[:2], pointer.lower())


def _called(unique_id: str, raw: Mapping[str, Any]) -> Called | None:
    """Database, schema and identifier in lower case; none for what is no relation.

    Reads the manifest's entry itself: every node of a large project comes by here.
    """
    if unique_id.split(".", 1)[0] not in _RELATIONS:
        return None
    schema = raw.get("schema")
    if not schema or mapping(raw.get("config")).get("materialized") == "ephemeral":
        return None
    identifier = raw.get("identifier") or raw.get("alias") or raw.get("name")
    return (str(raw.get("database") or "").lower(), str(schema).lower(), str(identifier).lower())


def _bare(text: str) -> Iterator[tuple[str, int]]:
    """Names without a schema that stand where a relation can, and their offsets."""
    for match in _AFTER_FROM.finditer(text):
        for item in match[1].split(","):
            if "." not in item:
                yield item.split(None, 1)[0].strip('"`[]'), match.start(1)
    for match in _AFTER_JOIN.finditer(text):
        yield match[1].strip('"`[]'), match.start(1)
    for call in _NAMES_CALLS:
        for match in call.finditer(text):
            for name in _NAMED.findall(match[1]):
                yield name, match.start(1)
