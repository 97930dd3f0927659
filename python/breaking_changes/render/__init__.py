"""Reports as files: one module per format, each turning a report into text.

A renderer decides nothing: severities, verdicts and messages are the report's own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from breaking_changes.errors import UserError
from breaking_changes.render.material import Material, Report

#: Format -> the module that renders it and the file endings that ask for it. An ending listed
#: earlier wins, so that `.sarif.json` is not taken for plain JSON.
FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "text": ("text", (".txt",)),
    "sarif": ("sarif", (".sarif", ".sarif.json")),
    "gitlab": ("gitlab", ("code-quality-report.json", "codequality.json", ".gitlab.json")),
    "json": ("as_json", (".json",)),
    "markdown": ("markdown", (".md", ".markdown")),
    "github": ("github", (".github",)),
    "junit": ("junit", (".xml",)),
    "html": ("html", (".html", ".htm")),
}

#: Written by the macros, which make texts safe for lines themselves.
_BY_MACRO = ("text", "json", "github")


def render(format_: str, report: Report, material: Material) -> str:
    """The report in one of ``FORMATS``, ending in one line feed."""
    if format_ not in _BY_MACRO:
        # Imported here: the other formats are written without it.
        from breaking_changes.render.safety import safe_material, safe_report

        report, material = safe_report(report), safe_material(material)
    module = importlib.import_module(f"{__name__}.{FORMATS[format_][0]}")
    renderer: Callable[[Report, Material], str] = module.render
    return renderer(report, material)


def format_of(output: str) -> tuple[str, Path]:
    """Format and file of an ``--output``: ``FILE``, its ending deciding, or ``FORMAT:FILE``.

    Raises:
        UserError: The ending belongs to no format.
    """
    prefix, colon, rest = output.partition(":")
    if colon and prefix in FORMATS and rest:
        return prefix, Path(rest)
    for format_, (_, endings) in FORMATS.items():
        if output.lower().endswith(endings):
            return format_, Path(output)
    known = ", ".join(ending for _, endings in FORMATS.values() for ending in endings)
    raise UserError(
        f"cannot tell the format of --output {output} from its ending (known: {known}). "
        f"Name it in front, as in --output markdown:{output}."
    )


__all__ = ["FORMATS", "Material", "Report", "format_of", "render"]
