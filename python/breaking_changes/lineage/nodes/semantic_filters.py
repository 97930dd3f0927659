"""Filters of the semantic layer: SQL in which `{{ Dimension('order__country') }}` names an element.

The calls are those of MetricFlow's where filters
(https://docs.getdbt.com/docs/build/metrics-overview#filters). They are parsed, never executed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from breaking_changes.artifacts.reading import mapping, mappings

_CALL = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_JINJA = re.compile(r"\{[%#]")

#: What may be called, and the names of its arguments in order.
_ARGUMENTS = {
    "Dimension": ("name", "entity_path"),
    "TimeDimension": ("name", "grain", "entity_path"),
    "Entity": ("name", "entity_path"),
    "Metric": ("name", "group_by"),
}

#: Methods of what is called that do not change what it names.
_METHODS = frozenset({"grain", "date_part", "descending"})


@dataclass(frozen=True)
class Named:
    """What a call names.

    `kind` is Dimension, TimeDimension, Entity or Metric; `path` are the entities that lead to
    `name`. `others` are the elements that a Metric is grouped by.
    """

    kind: str
    path: tuple[str, ...]
    name: str
    others: tuple[str, ...] = ()

    @property
    def alias(self) -> str:
        """The name of its column in a query."""
        return "__".join((*self.path, self.name))


class NotUnderstoodError(Exception):
    """Something else than such a call stands in a filter."""


def templates(value: Any) -> list[str]:
    """The SQL of a filter as manifests of dbt 1.8 to 2 have it: a text, or an intersection."""
    if isinstance(value, str):
        return [value]
    return [
        str(one["where_sql_template"])
        for one in mappings(mapping(value).get("where_filters"))
        if one.get("where_sql_template")
    ]


def names_in(template: str) -> Iterator[Named]:
    """What a template names.

    Raises:
        NotUnderstoodError: It holds other Jinja.
    """
    if _JINJA.search(template):
        raise NotUnderstoodError
    for found in _CALL.finditer(template):
        yield named(found[1])


def replaced(template: str, by: Callable[[Named], str]) -> str:
    """The template as SQL, each call replaced by a name."""
    return _CALL.sub(lambda found: by(named(found[1])), template)


def named(call: str) -> Named:
    """What one call names, or a bare name as saved queries may group by.

    Raises:
        NotUnderstoodError: It is no such call.
    """
    try:
        tree: ast.expr = ast.parse(call.strip().lstrip("-"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotUnderstoodError from None
    if isinstance(tree, ast.Name):
        return _split("Dimension", tree.id)
    while isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute):
        if tree.func.attr not in _METHODS:
            raise NotUnderstoodError
        tree = tree.func.value
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)):
        raise NotUnderstoodError
    kind = tree.func.id
    if kind not in _ARGUMENTS:
        raise NotUnderstoodError
    given = _given(tree, _ARGUMENTS[kind])
    name = given.get("name")
    if not isinstance(name, str):
        raise NotUnderstoodError
    if kind == "Metric":
        return Named(kind, (), name.lower(), _texts(given.get("group_by")))
    return _split(kind, name, _texts(given.get("entity_path")))


def _given(call: ast.Call, names: tuple[str, ...]) -> dict[str, Any]:
    pairs = [*zip(names, call.args, strict=False)]
    pairs += [(one.arg, one.value) for one in call.keywords if one.arg]
    try:
        return {name: ast.literal_eval(value) for name, value in pairs}
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        raise NotUnderstoodError from None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def _split(kind: str, written: str, path: tuple[str, ...] = ()) -> Named:
    """order__country as its entities and its name; a granularity may follow a time dimension."""
    *entities, name = written.lower().split("__")
    leading = tuple(part for entity in path for part in entity.lower().split("__"))
    return Named(kind, (*leading, *entities), name)
