"""GitHub's workflow commands, as dbt's own run prints them: the macro writes them."""

from __future__ import annotations

from breaking_changes.render.material import Material, Report


def render(report: Report, material: Material) -> str:
    """Annotations on the changed lines, and the summary."""
    return material.written("github", report)
