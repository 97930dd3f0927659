"""JUnit XML, which nearly every CI system shows as a list of tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from breaking_changes.render.material import Material, Report
from breaking_changes.render.words import (
    counted,
    coverage_line,
    headline,
    location,
    one_line,
    subject,
    why_not_compared,
)

#: What XML 1.0 cannot hold at all, escaped or not (its production 2, Char).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FAILING = {"error": ("error",), "warn": ("error", "warn"), "never": ()}


def render(report: Report, material: Material) -> str:
    """One test case per change: failed at or above ``fail_on``, skipped when acknowledged.

    A first case stands for the comparison, since an empty suite counts as an error in places.
    """
    changes = report["changes"]
    failing = [
        change
        for change in changes
        if not change["acknowledged"] and change["severity"] in FAILING[material.fail_on]
    ]
    acknowledged = [change for change in changes if change["acknowledged"]]
    # What could not be checked fails a run without any finding that does.
    unchecked = report["result"] == "fail" and not failing and material.fail_on != "never"
    counts = {
        "tests": str(len(changes) + 1),
        "failures": str(len(failing) + unchecked),
        "errors": "0",
        "skipped": str(len(acknowledged)),
    }
    root = ElementTree.Element("testsuites", {"name": "dbt-breaking-changes"} | counts)
    suite = ElementTree.SubElement(root, "testsuite", {"name": "dbt-breaking-changes"} | counts)
    compared = _case(suite, "comparison", _text(material.project or "project"))
    if unchecked:
        ElementTree.SubElement(
            compared, "failure", message=_text(headline(report)), type="undecided"
        )
    ElementTree.SubElement(compared, "system-out").text = _text(_coverage(report))
    for change in changes:
        case = _case(suite, change["rule"], _text(subject(change)))
        if change["path"]:
            case.set("file", _text(change["path"]))
        if change["acknowledged"]:
            reason = change["acknowledged"]["reason"] or "no reason given"
            ElementTree.SubElement(case, "skipped", message=_text(f"acknowledged: {reason}"))
        elif change in failing:
            failure = ElementTree.SubElement(
                case, "failure", message=_text(change["message"]), type=change["severity"]
            )
            failure.text = _text(_details(change))
        else:
            ElementTree.SubElement(case, "system-out").text = _text(_details(change))
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _case(suite: ElementTree.Element, class_name: str, name: str) -> ElementTree.Element:
    attributes = {"classname": class_name, "name": name, "time": "0"}
    return ElementTree.SubElement(suite, "testcase", attributes)


def _coverage(report: Report) -> str:
    missed = [
        f"{one['node']}: {why_not_compared(one)}" for one in report["coverage"]["not_compared"]
    ]
    return "\n".join([coverage_line(report), *missed])


def _details(change: Mapping[str, Any]) -> str:
    lines = [f"{change['severity']}: {change['message']}", location(change), change["fix"]]
    for impact in change["impact"]:
        parts = [f"{impact['verdict']}:", impact["node"], location(impact), impact["detail"]]
        lines.append(" ".join(part for part in parts if part))
        lines += [f"also {location(place)} {place['detail'] or ''}" for place in impact["also"]]
    if change["elsewhere"]:
        lines.append(f"{counted(change['elsewhere'], 'more consumer')}, listed with other findings")
    return "\n".join(one_line(line, 2000) for line in lines if line)


def _text(value: str) -> str:
    return _NOT_XML.sub("", value)
