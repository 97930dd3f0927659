"""GitLab's code quality report, shown in the merge request.

Fields and severities: GitLab documentation, "Code Quality", "Code Quality report format".
"""

from __future__ import annotations

import hashlib
import json

from breaking_changes.render.material import Material, Report
from breaking_changes.render.words import one_line, subject, verdict_counts

SEVERITIES = {"error": "critical", "warn": "minor", "info": "info"}


def render(report: Report, material: Material) -> str:
    """One entry per change; GitLab compares fingerprints with the target branch's report."""
    entries = []
    for change in report["changes"]:
        acknowledged = change["acknowledged"]
        consumers = verdict_counts(change)
        text = one_line(change["message"]) + (f" ({consumers})" if consumers else "")
        if acknowledged:
            text += f" [acknowledged: {one_line(acknowledged['reason'] or 'no reason given')}]"
        fingerprint = f"{change['rule']}|{subject(change)}|{change['fingerprint']}"
        entries.append(
            {
                "description": text,
                "check_name": change["rule"],
                "fingerprint": hashlib.sha256(fingerprint.encode("utf-8")).hexdigest(),
                "severity": "info" if acknowledged else SEVERITIES[change["severity"]],
                # GitLab refuses an entry without a path; a removed node has none left.
                "location": {
                    "path": change["path"] or material.project_file,
                    "lines": {"begin": change["line"] or 1},
                },
            }
        )
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
