"""The report as dbt's own run prints it: the macro writes it, for the same bytes."""

from __future__ import annotations

from breaking_changes.render.material import Material, Report


def render(report: Report, material: Material) -> str:
    """The report in JSON, as docs/report.schema.json describes it."""
    return material.written("json", report)
