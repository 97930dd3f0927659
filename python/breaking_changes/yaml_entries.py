"""Finds the line of a node's own entry in a YAML file of a dbt project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.files import read_regular
from breaking_changes.yaml_nodes import Items, Node, Pairs, Scalar, UnusualYamlError, compose

#: Bytes of a properties file; a larger one is without entries.
_MAX_FILE = 4 << 20

#: Resource type -> the key of a properties file that lists its entries (docs.getdbt.com, "Resource
#: properties"). Sources list tables, and data tests stand under what they test.
SECTIONS = {
    "model": "models",
    "seed": "seeds",
    "snapshot": "snapshots",
    "exposure": "exposures",
    "metric": "metrics",
    "semantic_model": "semantic_models",
    "saved_query": "saved_queries",
    "unit_test": "unit_tests",
    "function": "functions",
    "analysis": "analyses",
    "group": "groups",
}

_TESTS = ("data_tests", "tests")


@dataclass(frozen=True)
class YamlFile:
    """A properties file; without a root when it cannot be read, or is written in an unusual way."""

    root: Node | None = None

    @classmethod
    def read(cls, file: Path) -> YamlFile:
        """The file; unreadable ones are without entries."""
        try:
            return cls(compose(read_regular(file, _MAX_FILE).decode("utf-8")))
        except (OSError, UnicodeDecodeError, UnusualYamlError, RecursionError):
            return cls()

    def line_of(self, node: Mapping[str, Any], column: str | None = None) -> int | None:
        """The line, counted from 1, of the entry that makes a node, or of one of its columns.

        Args:
            node: As the manifest has it.
            column: The column meant; without an entry of its own, the node's counts.
        """
        entry = self._entry(node)
        if entry is None:
            return None
        if node.get("resource_type") == "test":
            entry = _test(entry, node)
        elif column:
            entry = _named(_items(entry, "columns"), column) or entry
        return None if entry is None else entry.line + 1

    def line_within(
        self, node: Mapping[str, Any], keys: Sequence[str], within: int = 0
    ) -> int | None:
        """The line, counted from 1, of a text in a node's entry.

        Args:
            node: As the manifest has it.
            keys: The way from the entry to the text: keys of mappings, or names in lists. The line
                of the last one that is there counts.
            within: The line of the text that is meant, counted from 0.
        """
        place = self._entry(node)
        if place is None:
            return None
        for key in keys:
            inner = _named(place.items, key) if isinstance(place, Items) else _value(place, key)
            if inner is None:
                return place.line + 1
            place = inner
        # The text of a block begins below its sign, and has the file's own lines.
        block = isinstance(place, Scalar) and place.literal
        return place.line + 1 + (1 + within if block else 0)

    def _entry(self, node: Mapping[str, Any]) -> Node | None:
        kind = str(node.get("resource_type"))
        if kind == "test":
            return self._tested(node)
        if kind == "source":
            source = _named(_items(self.root, "sources"), node.get("source_name"))
            return _named(_items(source, "tables"), node.get("name"))
        return _named(_items(self.root, SECTIONS.get(kind, "")), node.get("name"))

    def _tested(self, test: Mapping[str, Any]) -> Node | None:
        """The entry of what a data test tests: dbt attaches it to one node, or to a source."""
        # model.shop.orders, model.shop.orders.v2, source.shop.raw.orders
        kind, _, *name = str(test.get("attached_node") or "").split(".")
        if not name:
            parents = (test.get("depends_on") or {}).get("nodes") or []
            kind, _, *name = str(parents[0] if parents else "").split(".")
        if kind == "source" and len(name) == 2:
            source = {"resource_type": kind, "source_name": name[0], "name": name[1]}
            return self._entry(source)
        return self._entry({"resource_type": kind, "name": name[0]}) if name else None


def _test(entry: Node, test: Mapping[str, Any]) -> Node | None:
    """The entry of a data test under its model, or under the column that it tests."""
    column = _named(_items(entry, "columns"), test.get("column_name"))
    if test.get("column_name") and column is None:
        return None
    metadata = test.get("test_metadata") or {}
    name = str(metadata.get("name"))
    spelled = {name, f"{metadata.get('namespace')}.{name}"}
    place = column if column is not None else entry
    items = [item for key in _TESTS for item in _items(place, key)]
    found = [item for item in items if spelled & set(_words(item))]
    # The same test twice, with other arguments: which one is not known.
    return found[0] if len(found) == 1 else place


def _words(item: Node) -> Iterator[str | None]:
    """How a data test's entry may name its test: as a word, as its one key, as ``test_name``."""
    if isinstance(item, Scalar):
        yield item.text
    elif isinstance(item, Pairs):
        for key, value in item.pairs:
            yield key
            if key == "test_name" and isinstance(value, Scalar):
                yield value.text


def _items(mapping: Node | None, key: str) -> Sequence[Node]:
    """The items of the list under a key; none when there is no such list."""
    value = _value(mapping, key)
    return value.items if isinstance(value, Items) else ()


def _named(items: Sequence[Node], name: object) -> Node | None:
    """The item of that name; none when there are several, of which dbt takes one or refuses all."""
    wanted = str(name).lower()
    found = [item for item in items if _name_of(item) == wanted]
    return found[0] if len(found) == 1 else None


def _name_of(item: Node) -> str | None:
    name = _value(item, "name")
    return name.text.lower() if isinstance(name, Scalar) and name.text is not None else None


def _value(mapping: Node | None, key: str) -> Node | None:
    """What stands under a key; the last one where it is repeated, as dbt has it."""
    if not isinstance(mapping, Pairs):
        return None
    return next((value for one, value in reversed(mapping.pairs) if one == key), None)
