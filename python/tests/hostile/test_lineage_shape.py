"""A column lineage of another shape than the helper writes is refused, with its node and key."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from projects import REPOSITORY

from breaking_changes.macro_host import MacroError, MacroHost

VALUES: list[Any] = [{"a": 1}, [1], "x", True, 7, None]
"""One value of each type."""

FACTS: dict[str, Any] = {
    "checksum": "c",
    "macros": None,
    "complete": True,
    "needs_compile": False,
    "reason": None,
    "evidence": "inferred",
    "columns": [{"name": "id", "type": None, "identity": None, "from": [["model.s.p", "id"]]}],
    "rows": None,
    "reads": [{"parent": "model.s.p", "column": "id", "clause": "SELECT", "line": 1, "sql": "id"}],
    "stars": [{"parent": "model.s.p", "positional": False}],
    "asks": ["model.s.p"],
    "calls": [{"parent": "function.s.f", "arguments": 1, "line": 1}],
    "unbound": [
        {
            "kind": "missing",
            "parent": None,
            "column": None,
            "clause": "SELECT",
            "path": "m.sql",
            "line": 1,
            "column_number": 1,
            "sql": "id",
            "detail": None,
        }
    ],
    "untyped": [
        {
            "parent": "model.s.p",
            "column": "id",
            "clause": "WHERE",
            "path": "m.sql",
            "line": 1,
            "sql": "id = other",
            "accepts": ["integer"],
        }
    ],
    "reads_beyond": ["model.s.p"],
    "unread": [{"sql": "s", "parents": [], "rendered": True}],
    "blind": None,
    "introspection": None,
}


@pytest.fixture(scope="module")
def host() -> MacroHost:
    return MacroHost()


def lineage(facts: Any) -> dict[str, Any]:
    return {"format_version": 1, "nodes": {"model.s.m": facts}}


def _fits(value: Any, kind: str) -> bool:
    fitting: dict[str, tuple[type, ...]] = {
        "text": (str,),
        "text or null": (str, type(None)),
        "a number": (int,),
        "a number or null": (int, type(None)),
        "true or false": (bool,),
        "a list": (list,),
    }
    # A boolean is a number to Jinja, and harms no more than another line.
    return isinstance(value, fitting[kind])


def test_every_key_with_every_other_type(host: MacroHost) -> None:
    shape = host.call("_lineage_shape")
    tried = 0
    for key, kind in shape.items():
        for value in VALUES:
            if not _fits(value, kind if isinstance(kind, str) else "a list"):
                tried += _refused(host, {**FACTS, key: value}, f"nodes.model.s.m.{key} is not ")
        for name, inner in kind.items() if isinstance(kind, dict) else ():
            for value in VALUES:
                if not _fits(value, inner):
                    facts = copy.deepcopy(FACTS)
                    facts[key] = [{**facts[key][0], name: value}] if name else [value]
                    said = f"whose {name} is not" if name else "that is not"
                    tried += _refused(host, facts, f"nodes.model.s.m.{key} has an item {said} ")
    assert tried > 150


def _refused(host: MacroHost, facts: Any, said: str) -> int:
    with pytest.raises(MacroError) as refused:
        host.call("_require_lineage", "here.json", lineage(facts))
    assert str(refused.value).startswith(f"dbt_breaking_changes: in here.json, {said}")
    return 1


@pytest.mark.parametrize("value", VALUES[1:])
def test_a_node_is_an_object(host: MacroHost, value: Any) -> None:
    _refused(host, value, "nodes.model.s.m is not an object")


@pytest.mark.parametrize(
    "document", [{}, {"format_version": 1}, {"format_version": 2, "nodes": {}}]
)
def test_another_document(host: MacroHost, document: dict[str, Any]) -> None:
    with pytest.raises(MacroError, match="is not a column lineage of format 1"):
        host.call("_require_lineage", "here.json", document)


def test_what_the_helper_writes_is_fine(host: MacroHost) -> None:
    host.call("_require_lineage", "here.json", lineage(FACTS))


def test_the_shape_is_that_of_the_schema(host: MacroHost) -> None:
    schema = json.loads((REPOSITORY / "docs" / "column_lineage.schema.json").read_text("utf-8"))
    node = schema["$defs"]["node"]["properties"]
    shape = host.call("_lineage_shape")
    assert set(shape) == set(node) == set(FACTS)
    for key, kind in shape.items():
        items = node[key].get("items", {})
        if "$ref" in items:
            items = schema["$defs"][items["$ref"].rpartition("/")[2]]
        if isinstance(kind, dict) and "" not in kind:
            assert set(kind) == set(items["required"]), key
