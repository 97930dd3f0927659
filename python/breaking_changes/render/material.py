"""What a renderer may use besides the report itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: A report as docs/report.schema.json describes it.
Report = Mapping[str, Any]


@dataclass(frozen=True)
class Material:
    """Facts that make a report readable; all but ``call`` may be left out.

    Attributes:
        call: Calls one of the package's macros by its name: what both hosts say stands there once.
        view: How a text report is shown, as the macro ``_view`` describes: width, full, ...
        project: The dbt project's name.
        base: What was compared with, in words: a folder or a git ref.
        project_file: dbt_project.yml, from the repository's root: the place of what has no file.
        fail_on: From which severity on a finding fails the run: error, warn or never.
        catalogue: The package's rules by id, each with level, severity, title, why and fix.
        sources: SQL by path, as it was written (lines count as in the file).
        owners: Who answers for a node, by unique_id.
        prior_lineage: The nodes of the prior side's column_lineage.json, by unique_id.
        current_lineage: The nodes of the current side's column_lineage.json, by unique_id.
    """

    call: Callable[..., Any]
    view: Mapping[str, Any] = field(default_factory=dict)
    project: str = ""
    base: str = ""
    project_file: str = "dbt_project.yml"
    fail_on: str = "error"
    catalogue: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    prior_lineage: Mapping[str, Any] = field(default_factory=dict)
    current_lineage: Mapping[str, Any] = field(default_factory=dict)

    def written(self, format_: str, report: Report) -> str:
        """The report in one of the formats that the macros write: text, github or json."""
        text = str(self.call("_render", report, format_, self.base, dict(self.view)))
        return f"{text}\n" if text else ""
