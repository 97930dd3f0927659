"""Finds the line of a node's own entry in a YAML file of a dbt project."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.files import read_regular

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
    """A properties file as PyYAML composes it; none when it cannot be read or PyYAML is missing."""

    root: Any = None

    @classmethod
    def read(cls, file: Path) -> YamlFile:
        """The file; unreadable ones are without entries."""
        try:
            yaml = importlib.import_module("yaml")
        except ImportError:
            return cls()
        try:
            text = read_regular(file, _MAX_FILE).decode("utf-8")
            return cls(yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
            return cls()

    def line_of(self, node: Mapping[str, Any], column: str | None = None) -> int | None:
        """The line, counted from 1, of the entry that makes a node, or of one of its columns.

        Args:
            node: As the manifest has it.
            column: The column meant; without an entry of its own, the node's counts.
        """
        if self.root is None:
            return None
        entry = self._entry(node)
        if entry is None:
            return None
        if node.get("resource_type") == "test":
            entry = _test(entry, node)
        elif column:
            entry = _named(_items(entry, "columns"), column) or entry
        return None if entry is None else int(entry.start_mark.line) + 1

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
        place = self._entry(node) if self.root is not None else None
        if place is None:
            return None
        for key in keys:
            inner = _named(place.value, key) if place.id == "sequence" else _value(place, key)
            if inner is None:
                return int(place.start_mark.line) + 1
            place = inner
        # The text of a block begins below its sign, and has the file's own lines.
        block = place.id == "scalar" and place.style == "|"
        return int(place.start_mark.line) + 1 + (1 + within if block else 0)

    def _entry(self, node: Mapping[str, Any]) -> Any:
        kind = str(node.get("resource_type"))
        if kind == "test":
            return self._tested(node)
        if kind == "source":
            source = _named(_items(self.root, "sources"), node.get("source_name"))
            return _named(_items(source, "tables"), node.get("name"))
        return _named(_items(self.root, SECTIONS.get(kind, "")), node.get("name"))

    def _tested(self, test: Mapping[str, Any]) -> Any:
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


def _test(entry: Any, test: Mapping[str, Any]) -> Any:
    """The entry of a data test under its model, or under the column that it tests."""
    column = _named(_items(entry, "columns"), test.get("column_name"))
    if test.get("column_name") and column is None:
        return None
    metadata = test.get("test_metadata") or {}
    name = str(metadata.get("name"))
    spelled = {name, f"{metadata.get('namespace')}.{name}"}
    place = column if column is not None else entry
    for key in _TESTS:
        for item in _items(place, key):
            if spelled & set(_words(item)):
                return item
    return place


def _words(item: Any) -> Iterator[str]:
    """How a data test's entry may name its test: as a word, as its one key, as ``test_name``."""
    if isinstance(item.value, str):
        yield item.value
        return
    for key, value in item.value:
        yield str(key.value)
        if key.value == "test_name":
            yield str(value.value)


def _items(mapping: Any, key: str) -> list[Any]:
    """The items of the list under a key; none when there is no such list."""
    value = _value(mapping, key)
    return [*value.value] if value is not None and value.id == "sequence" else []


def _named(items: list[Any], name: object) -> Any:
    wanted = str(name).lower()
    for item in items:
        found = _value(item, "name")
        if found is not None and str(found.value).lower() == wanted:
            return item
    return None


def _value(mapping: Any, key: str) -> Any:
    if mapping is None or mapping.id != "mapping":
        return None
    return next((value for one, value in mapping.value if one.value == key), None)
