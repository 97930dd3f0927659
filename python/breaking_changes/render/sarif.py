"""SARIF 2.1.0, read by code scanning services and editors.

Properties: OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", sections
named beside each; what GitHub reads of them: GitHub Docs, "SARIF support for code scanning".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from breaking_changes import __version__
from breaking_changes.render.material import Material, Report
from breaking_changes.render.words import (
    coverage_line,
    one_line,
    sentence,
    subject,
    verdict_counts,
    why_not_compared,
)

LEVELS = {"error": "error", "warn": "warning", "info": "note"}

#: Raised when the way a finding is recognised changes (3.27.17: a versioned hierarchical name).
FINGERPRINT = "dbtBreakingChanges/v1"

#: Further places beyond this number are in the other formats.
MAX_RELATED = 20


def render(report: Report, material: Material) -> str:
    """One run with every rule of the catalogue, so that a fixed finding is seen as fixed."""
    found = sorted({change["rule"] for change in report["changes"]})
    ids = list(material.catalogue) + [rule for rule in found if rule not in material.catalogue]
    run = {
        "tool": {
            "driver": {
                "name": "dbt-breaking-changes",
                "semanticVersion": __version__,
                "rules": [_rule(id_, material.catalogue.get(id_, {})) for id_ in ids],
            }
        },
        "automationDetails": {"id": f"dbt-breaking-changes/{quote(material.project)}/"},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(change, ids, material) for change in report["changes"]],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(id_: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Section 3.49, reportingDescriptor; a rule without an entry keeps its id as its title."""
    title, why, fix = (str(entry.get(key) or "") for key in ("title", "why", "fix"))
    rule: dict[str, Any] = {
        "id": id_,
        "name": "".join(word.capitalize() for word in id_.split("_")),
        "shortDescription": {"text": title or id_},
        "defaultConfiguration": {"level": LEVELS.get(str(entry.get("severity")), "warning")},
        "properties": {"tags": ["dbt", str(entry.get("level") or "always")]},
    }
    if why:
        rule["fullDescription"] = {"text": why}
    if why or fix:
        rule["help"] = {"text": f"{why}\n\n{fix}".strip(), "markdown": f"{why}\n\n{fix}".strip()}
    return rule


def _result(change: Mapping[str, Any], ids: list[str], material: Material) -> dict[str, Any]:
    """Section 3.27, result."""
    consumers = verdict_counts(change)
    text = sentence(one_line(change["message"], 1000))
    text += f" Consumers: {consumers}." if consumers else ""
    result: dict[str, Any] = {
        "ruleId": change["rule"],
        "ruleIndex": ids.index(change["rule"]),
        "level": LEVELS[change["severity"]],
        "message": {"text": f"{text} {change['fix']}"},
        "locations": [_location(change, subject(change), material)],
        "partialFingerprints": {FINGERPRINT: change["fingerprint"]},
        "properties": {
            "node": change["node"],
            "column": change["column"],
            "evidence": change["evidence"],
            "causedBy": change["caused_by"],
        },
    }
    related = [
        _location(impact, impact["node"], material)
        | {"id": number, "message": {"text": _read(impact)}}
        for number, impact in enumerate(_placed(change["impact"]), start=1)
    ]
    if related:
        result["relatedLocations"] = related[:MAX_RELATED]
    if change["acknowledged"]:
        result["suppressions"] = [_suppression(change["acknowledged"])]
    return result


def _placed(impacts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in impacts if one["path"] and one["verdict"] != "adapted"]


def _read(impact: Mapping[str, Any]) -> str:
    return one_line(f"{impact['verdict']}: {impact['node']} {impact['detail'] or ''}", 1000)


def _location(item: Mapping[str, Any], name: str, material: Material) -> dict[str, Any]:
    """Section 3.28, location, relative to the repository's root.

    Services drop a result without a location, and a removed node has no file left.
    """
    path = item["path"] or material.project_file
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
    if item["path"] and item["line"]:
        place["region"] = {"startLine": item["line"]}
    elif not item["path"]:
        place["region"] = {"startLine": 1}
    return {"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": name}]}


def _suppression(acknowledged: Mapping[str, Any]) -> dict[str, Any]:
    """Section 3.35; acknowledgements are written in the project's own YAML."""
    reason = acknowledged["reason"] or "no reason given"
    expires = f" (until {acknowledged['expires']})" if acknowledged["expires"] else ""
    return {"kind": "inSource", "status": "accepted", "justification": reason + expires}


def _invocation(report: Report) -> dict[str, Any]:
    """Section 3.20; what could not be compared is a notification, so that it is not lost."""
    coverage = report["coverage"]
    notes = [{"level": "note", "message": {"text": coverage_line(report)}}]
    notes += [
        {
            "level": "warning",
            "message": {"text": f"Not compared: {one['node']}: {why_not_compared(one)}"},
        }
        for one in coverage["not_compared"]
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}
