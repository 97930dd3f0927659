"""The text report: a screen of it, the worst first, places whole, and all of it with `full`."""

from __future__ import annotations

import re
from typing import Any

import pytest
from render import samples
from render.large import large_report

PLACE = re.compile(r"\S+\.(?:sql|yml|py)(?::\d+)?(?=\s|$)")
LINES = 60


def many_followers() -> dict[str, Any]:
    """One rename that a hundred models follow, each with consumers of its own."""
    root = samples.change("column_renamed", samples.STG, "phone")
    followers = []
    cause = root["fingerprint"]
    for number in range(100):
        node = f"model.shop.layer_{number:03}"
        impact = [
            samples.impact(f"model.shop.mart_{number:03}_{verdict}", verdict, f"reason {number}")
            for verdict in ("breaks", "unknown", "changes", "adapted")
        ]
        follower = samples.change("column_renamed", node, "phone", caused_by=cause, impact=impact)
        followers.append(follower)
        # A chain: each follows from the one before.
        cause = follower["fingerprint"]
    return samples.report([root, *followers])


def little_known() -> dict[str, Any]:
    """Nothing found, hundreds of nodes not compared for many reasons, many settings that ignore."""
    return samples.report(
        [],
        not_compared=[
            {
                "node": f"model.shop.m{number:03}",
                "reason": f"reason {number % 90}",
                "readers": [f"model.shop.r{number}_{consumer}" for consumer in range(20)],
            }
            for number in range(300)
        ],
        ignored=[
            {"entry": {"node": f"n{number}" * 30}, "changes": number, "breaks": 1}
            for number in range(40)
        ],
    )


REPORTS = {
    "small": samples.SMALL,
    "empty": samples.EMPTY,
    "hostile": samples.HOSTILE,
    "one": samples.big(1, consumers=400),
    "few": samples.big(7),
    "big": samples.big(300, consumers=30),
    "followers": many_followers(),
    "little known": little_known(),
    "renames": large_report(),
}


def text(report: dict[str, Any], **view: Any) -> list[str]:
    rendered: str = samples.HOST.call("_render", report, "text", "prod-state", view)
    return rendered.split("\n")


@pytest.mark.parametrize("width", [60, 80, 110, 200])
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_fits_on_a_screen_and_into_its_width(report: dict[str, Any], width: int) -> None:
    lines = text(report, width=width)
    assert len(lines) <= LINES
    places = {
        f"{item['path']}:{item['line']}" if item["line"] else item["path"]
        for change in report["changes"]
        for item in (change, *change["impact"])
        if item["path"]
    }
    for line in lines:
        found = PLACE.search(line)
        if found and report is not REPORTS["hostile"]:
            assert found[0] in places, "a place is never cut"
        elif report is not REPORTS["hostile"]:
            assert len(line) <= width, line


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_full_names_everything(report: dict[str, Any]) -> None:
    whole = "\n".join(text(report, full=True))
    names = samples.HOST.call("_node_names", report)
    assert "; all of it: " not in whole
    for change in report["changes"]:
        assert change["message"].split("\n")[0] in whole
        for entry in change["impact"]:
            assert f"{entry['verdict']:<8} {names[entry['node']]}" in whole
    for entry in report["coverage"]["not_compared"]:
        for node in (entry["node"], *entry["readers"]):
            assert names[node] in whole


def test_says_how_much_it_leaves_out_and_where_that_is() -> None:
    report = samples.big(300)
    lines = text(report, all="--full")
    (more,) = [line for line in lines if line.endswith("; all of it: --full")]
    counts = {kind: int(count) for count, kind in re.findall(r"(\d+) ((?:more )?findings?)", more)}
    in_detail = sum(bool(re.match(r"(error|warn|info) +\w+: ", line)) for line in lines)
    assert sum(counts.values()) + in_detail == 300
    assert min(in_detail, *counts.values()) > 0


def test_the_worst_comes_first() -> None:
    printed = text(samples.big(40))
    severities = [line.split()[0] for line in printed if line[:4] in ("erro", "warn")]
    assert severities == sorted(severities)
    first = text(REPORTS["renames"])[2]
    groups = samples.HOST.call("_groups", REPORTS["renames"])
    assert first.endswith(groups[0]["cause"]["message"])
    weights = [group["counts"].get("breaks", 0) for group in groups]
    assert weights == sorted(weights, reverse=True)


def test_a_cause_and_its_followers_are_one_finding() -> None:
    lines = text(many_followers())
    assert sum(line.startswith("error") for line in lines) == 1
    (following,) = [line for line in lines if "findings follow: " in line]
    assert following.startswith("        100 findings follow: layer_000.phone, ")
    shown = [line for line in lines if line.startswith("        breaks ")]
    assert len(shown) == 6
    assert shown[-1].startswith("        breaks   and 95 more: ")


def test_undecided_consumers_of_one_reason_share_a_line() -> None:
    impact = [
        samples.impact(f"model.shop.p{number}", "unknown", "Python model") for number in range(30)
    ]
    lines = text(
        samples.report([samples.change("column_removed", samples.STG, "a", impact=impact)])
    )
    assert "        unknown  30 nodes, Python model: p0, p1, p2 and 27 more" in lines


def test_findings_alone() -> None:
    assert text(samples.EMPTY, findings_only=True) == [""]
    lines = text(samples.SMALL, findings_only=True)
    assert lines[0].startswith("error   column_removed")
    assert not [line for line in lines if line.startswith(("coverage", "result", "breaking"))]


def test_a_name_says_its_type_unless_it_is_a_model() -> None:
    names = {
        "source.shop.raw.a": "source raw.a",
        "model.shop.a": "a",
        "exposure.shop.a": "exposure a",
        "test.shop.unique_a.1f": "test unique_a",
        "unit_test.shop.a.counts": "unit_test a.counts",
        "model.b.c": "model.b.c",
        "model.shop.c": "model.shop.c",
        "model.shop.c.v2": "c.v2",
    }
    first, *others = names
    impact = [samples.impact(node, "unknown", "") for node in others]
    report = samples.report([samples.change("column_removed", first, "x", impact=impact)])
    assert samples.HOST.call("_node_names", report) == names


def test_what_is_listed_elsewhere_and_where_else_it_breaks() -> None:
    also = [{"finding": "0" * 12, "path": "models/b.sql", "line": 9, "detail": "reads a.y"}]
    broken = samples.impact("model.shop.b", "breaks", "reads a.x", line=2) | {"also": also}
    change = samples.change("column_removed", "model.shop.a", "x", impact=[broken])
    report = samples.report([change | {"elsewhere": 3}])
    lines = text(report)
    assert "        breaks   b  models/b.sql:2  reads a.x (and in 1 more place)" in lines
    assert "        3 more consumers, listed with other findings" in lines
    assert "                 also models/b.sql:9  reads a.y" in text(report, full=True)
