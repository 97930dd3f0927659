"""The report for a terminal or a log, as dbt's own run prints it: the macro writes it."""

from __future__ import annotations

from breaking_changes.render.material import Material, Report


def render(report: Report, material: Material) -> str:
    """The report as plain text, without colours."""
    return material.written("text", report)
