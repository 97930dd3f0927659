"""Makes what a renderer gets safe for lines, before any format sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from breaking_changes.lines import line_safe, lines_safe
from breaking_changes.render.material import Material, Report

_NAMED = ("project", "base", "owners", "prior_lineage", "current_lineage")


def safe_report(report: Report) -> Report:
    """The report without control characters and marks of commands in its texts."""
    safe: Report = lines_safe(report)
    return safe


def safe_material(material: Material) -> Material:
    """The material likewise; SQL keeps its lines."""
    named: Mapping[str, Any] = {key: lines_safe(getattr(material, key)) for key in _NAMED}
    sources = {
        line_safe(path): "\n".join(map(line_safe, code.split("\n")))
        for path, code in material.sources.items()
    }
    return replace(material, sources=sources, **named)
