"""How many rendered texts equal the ones that dbt compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from breaking_changes.artifacts import Node, Target
from breaking_changes.artifacts.reading import mappings
from breaking_changes.binder import Column
from breaking_changes.rendering.outcome import NotRendered, Rendered
from breaking_changes.rendering.renderer import Renderer

COMPARED = frozenset({"model", "snapshot", "test", "analysis", "operation", "function"})

_WITH = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*with\b(?:\s+recursive\b)?", re.I | re.S)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Compared:
    """One node: whether its text is dbt's, and why not."""

    unique_id: str
    equal: bool
    reason: str | None = None
    introspective: bool = False


def compare(target: Target, variables: Mapping[str, Any] | None = None) -> Iterator[Compared]:
    """Renders every node that dbt compiled, with the catalog's columns, and compares the texts.

    Which text dbt gives depends on what it found: an incremental node's table may have been there,
    and where no catalog lists a relation, the warehouse may have been empty.
    """
    renderer = Renderer(target.manifest, variables, target.project_dir)
    try:
        for node in target.manifest.nodes.values():
            if node.resource_type in COMPARED and node.compiled_code and not node.is_python:
                yield _compare(renderer, target, node, node.compiled_code)
    finally:
        renderer.close()


def columns_of(target: Target, unique_id: str) -> list[Column] | None:
    """The columns that the catalog lists of a relation; none when it does not."""
    listed = target.catalog.columns(unique_id)
    return None if listed is None else [Column(*column) for column in listed]


def _compare(renderer: Renderer, target: Target, node: Node, compiled: str) -> Compared:
    reason: str | None = None
    introspective = False
    worlds = [(False, False), (True, False)] + ([] if target.catalog.raw else [(False, True)])
    for incremental, is_empty in worlds:
        try:
            rendered = renderer.render(
                node, lambda unique_id: columns_of(target, unique_id), incremental, is_empty
            )
        except NotRendered as refused:
            through = f" ({refused.macro})" if refused.macro else ""
            reason = reason or f"{refused.kind}: {refused}{through}"
            continue
        introspective = introspective or bool(rendered.asked)
        if is_same(rendered.sql, node, compiled):
            return Compared(node.unique_id, True, None, introspective)
        reason = reason or _difference(rendered)
    return Compared(node.unique_id, False, reason, introspective)


def _difference(rendered: Rendered) -> str:
    if rendered.unknown:
        return f"columns not known of {', '.join(rendered.unknown)}"
    return "another text"


def is_same(sql: str, node: Node, compiled: str) -> bool:
    """Whether a text is the compiled one, but for white space and the CTEs that dbt puts in."""
    ctes = [str(cte.get("sql")) for cte in mappings(node.raw.get("extra_ctes"))]
    return _folded(with_ctes(sql, ctes)) == _folded(compiled)


def with_ctes(sql: str, ctes: list[str]) -> str:
    """The text with the CTEs of ephemeral parents in front, or behind its own WITH, as in dbt."""
    if not ctes:
        return sql
    found = _WITH.match(sql)
    if not found:
        return f"with{', '.join(ctes)} {sql}"
    return f"{sql[: found.end()]}{', '.join(ctes)}, {sql[found.end() :]}"


def _folded(sql: str) -> str:
    return _SPACE.sub("", sql)
