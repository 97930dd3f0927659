"""Each format: its whole text for a small report, its rules for a hostile and a large one."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from render import samples
from render.large import large_comparison, large_report

from breaking_changes import render as render_package
from breaking_changes.errors import UserError
from breaking_changes.macro_lists import verdicts
from breaking_changes.render import FORMATS, Material, format_of, render
from breaking_changes.render.gathering import material_of
from breaking_changes.render.markdown import MAX_LENGTH

GOLDEN = Path(__file__).parent / "golden"
CATALOGUE = {
    "column_removed": {
        "level": "query",
        "severity": "error",
        "title": "A column was removed",
        "why": "SQL that reads the column no longer runs.",
        "fix": "Keep the column, or move its consumers off it first.",
    },
    "column_type_widened": {
        "level": "typed",
        "severity": "warn",
        "title": "A column's type became wider",
        "why": "Consumers may hold values that no longer fit.",
        "fix": "Check the consumers' types.",
    },
}
MATERIAL = Material(
    samples.HOST.call,
    project="shop",
    catalogue=CATALOGUE,
    owners={samples.MART: "Marts <marts@example.com>"},
    prior_lineage={
        samples.INT: {
            "columns": [{"name": "phone", "from": [[samples.STG, "phone"]]}],
            "reads": [],
        },
        samples.MART: {
            "columns": [{"name": "id", "from": [[samples.INT, "id"]]}],
            "reads": [{"parent": samples.INT, "column": "phone", "clause": "WHERE"}],
        },
    },
)
#: Format -> golden file. Written anew by `PYTHONPATH=.:tests python -m render.regenerate`.
GOLDEN_FILES = {
    "markdown": "small.md",
    "sarif": "small.sarif",
    "gitlab": "small.gitlab.json",
    "junit": "small.junit.xml",
}
#: The formats for programs have every finding: a digest has sums and the first of each kind.
LARGE_DIGESTS = ("large.sarif", "large.gitlab.json", "large.junit.xml")

#: What people read of the large change.
LARGE_FILES = ("large.txt", "large.github", "large.md", *LARGE_DIGESTS)
SARIF = jsonschema.Draft4Validator(
    json.loads((Path(__file__).parent / "data" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
)
REPORTS = {
    "small": samples.SMALL,
    "empty": samples.EMPTY,
    "hostile": samples.HOSTILE,
    "big": samples.big(300),
}


def large(file: str) -> str:
    """The report of the large change in the format of a golden file's ending."""
    format_, _ = format_of(file)
    material = material_of(large_comparison(), "before", "dbt_project.yml", {"all": "--full"})
    text = render(format_, large_report(), material)
    return digest(format_, text) if file in LARGE_DIGESTS else text


def digest(format_: str, text: str) -> str:
    """How many entries there are of each rule and severity, and the first of each as it is."""
    entries = ENTRIES[format_](text)
    sums = Counter(f"{rule} {severity}" for rule, severity, _ in entries)
    firsts: dict[str, Any] = {}
    for rule, severity, entry in entries:
        firsts.setdefault(f"{rule} {severity}", entry)
    parts = [f"{count} {kind}\n{firsts[kind]}" for kind, count in sorted(sums.items())]
    return "\n\n".join(parts) + "\n"


def _of_sarif(text: str) -> list[tuple[str, str, str]]:
    results = json.loads(text)["runs"][0]["results"]
    return [(one["ruleId"], one["level"], json.dumps(one, indent=2)) for one in results]


def _of_gitlab(text: str) -> list[tuple[str, str, str]]:
    entries = json.loads(text)
    return [(one["check_name"], one["severity"], json.dumps(one, indent=2)) for one in entries]


def _of_junit(text: str) -> list[tuple[str, str, str]]:
    found = []
    for case in ElementTree.fromstring(text).iter("testcase"):
        outcome = next((child.tag for child in case if child.tag != "system-out"), "passed")
        found.append((case.get("classname") or "", outcome, ElementTree.tostring(case, "unicode")))
    return found


ENTRIES = {"sarif": _of_sarif, "gitlab": _of_gitlab, "junit": _of_junit}


#: Formats whose whole text other tests compare: those of the macros, and the page.
ELSEWHERE = {"text", "json", "github", "html"}


def test_the_whole_text_of_every_format_is_compared() -> None:
    assert GOLDEN_FILES.keys() | ELSEWHERE == FORMATS.keys()
    assert not GOLDEN_FILES.keys() & ELSEWHERE


@pytest.mark.parametrize("format_", GOLDEN_FILES)
def test_the_whole_text(format_: str) -> None:
    expected = (GOLDEN / GOLDEN_FILES[format_]).read_text(encoding="utf-8")
    assert render(format_, samples.SMALL, MATERIAL) == expected


@pytest.mark.parametrize("file", LARGE_FILES)
def test_the_whole_text_of_a_large_change(file: str) -> None:
    assert large(file) == (GOLDEN / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_sarif_is_valid(report: dict[str, Any]) -> None:
    log = json.loads(render("sarif", report, MATERIAL))
    assert [error.message for error in SARIF.iter_errors(log)] == []
    run = log["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"], "services drop a result without a location"


def test_sarif_fingerprints_do_not_depend_on_lines() -> None:
    moved = json.loads(json.dumps(samples.SMALL).replace('"line": 1,', '"line": 99,'))
    assert moved != samples.SMALL
    prints = [
        [
            result["partialFingerprints"]
            for result in json.loads(render("sarif", report, MATERIAL))["runs"][0]["results"]
        ]
        for report in (samples.SMALL, moved)
    ]
    assert prints[0] == prints[1]
    assert len({str(one) for one in prints[0]}) == len(samples.SMALL["changes"])


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_gitlab_has_the_fields_that_it_requires(report: dict[str, Any]) -> None:
    entries = json.loads(render("gitlab", report, MATERIAL))
    assert len({entry["fingerprint"] for entry in entries}) == len(report["changes"])
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["path"]
        assert entry["location"]["lines"]["begin"] >= 1


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize(
    ("fail_on", "failing"), [("error", {"error"}), ("warn", {"error", "warn"}), ("never", set())]
)
def test_junit_fails_what_the_run_fails(
    report: dict[str, Any], fail_on: str, failing: set[str]
) -> None:
    text = render("junit", report, Material(samples.HOST.call, fail_on=fail_on))
    root = ElementTree.fromstring(text.encode("utf-8"))
    open_ = [change for change in report["changes"] if not change["acknowledged"]]
    expected = sum(change["severity"] in failing for change in open_)
    assert len(root.findall(".//failure")) == expected == int(root.attrib["failures"])
    assert len(root.findall(".//testcase")) == len(report["changes"]) + 1


@pytest.mark.parametrize("findings", [0, 1, 300, 5000])
def test_markdown_fits_into_a_comment_and_says_what_is_missing(findings: int) -> None:
    text = render("markdown", samples.big(findings, consumers=30), Material(samples.HOST.call))
    assert len(text) <= MAX_LENGTH
    assert ("The comment is full" in text) == (findings >= 300)
    assert text.count("<details>") == text.count("</details>")
    assert text.count("```") % 2 == 0


def test_markdown_with_endless_texts_fits_too() -> None:
    endless = json.loads(json.dumps(samples.SMALL).replace("phone", "x" * 30_000))
    endless["coverage"]["not_compared"] *= 2000
    assert len(render("markdown", endless, Material(samples.HOST.call))) <= MAX_LENGTH


def test_markdown_shows_hostile_names_as_text() -> None:
    text = render("markdown", samples.HOSTILE, MATERIAL)
    outside_code = re.sub(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)|<code>.*?</code>", "", text)
    for markup in ("<script", "<img", "@team", "#1 was"):
        assert markup not in outside_code
    table = [line for line in text.splitlines() if line.startswith("| ")]
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in table] == [5, 5]


def test_nothing_found_and_nothing_compared_look_different() -> None:
    # The macros say it in the headline (tests/rules/cases/headlines); each format shows that.
    for headline in ("nothing breaks", "nothing breaks; 1 of 1 changed node could not be compared"):
        report = samples.EMPTY | {"headline": headline}
        assert f"### Breaking changes: {headline}\n" in render("markdown", report, MATERIAL)


@pytest.mark.parametrize(
    ("output", "format_", "file"),
    [
        ("a/report.txt", "text", "a/report.txt"),
        ("report.json", "json", "report.json"),
        ("report.md", "markdown", "report.md"),
        ("report.sarif", "sarif", "report.sarif"),
        ("report.sarif.json", "sarif", "report.sarif.json"),
        ("gl-code-quality-report.json", "gitlab", "gl-code-quality-report.json"),
        ("junit.xml", "junit", "junit.xml"),
        ("REPORT.HTML", "html", "REPORT.HTML"),
        ("junit:a.txt", "junit", "a.txt"),
        ("C:report.md", "markdown", "C:report.md"),
    ],
)
def test_the_ending_decides_the_format(output: str, format_: str, file: str) -> None:
    assert format_of(output) == (format_, Path(file))


def test_an_unknown_ending_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UserError, match=r"report\.pdf.*\.sarif.*markdown:report\.pdf"):
        format_of("report.pdf")


def test_every_format_can_be_asked_for_by_an_ending() -> None:
    for format_, (_, endings) in FORMATS.items():
        for ending in endings:
            assert format_of("report" + ending)[0] == format_


def test_where_else_a_consumer_breaks_and_who_is_listed_elsewhere() -> None:
    also = [
        {"finding": "0" * 12, "path": "models/mart_users.sql", "line": 9, "detail": "reads b.y"},
        {"finding": "1" * 12, "path": None, "line": None, "detail": None},
    ]
    broken = samples.impact(samples.MART, "breaks", "reads a.x", line=2, also=also)
    finding = samples.change("column_removed", samples.STG, "x", impact=[broken], elsewhere=3)
    report = samples.report([finding])
    said = "3 more consumers, listed with other findings"
    markdown = render("markdown", report, MATERIAL)
    assert "\n  - also `models/mart_users.sql:9` reads b.y\n  - also\n" in markdown
    assert f"{said}." in markdown
    junit = render("junit", report, MATERIAL)
    assert "also models/mart_users.sql:9 reads b.y" in junit
    assert said in junit
    assert said in render("text", report, MATERIAL)


def test_what_could_not_be_checked_fails_the_comparison_in_junit() -> None:
    report = {**samples.EMPTY, "result": "fail", "headline": "1 consumer could not be checked"}
    root = ElementTree.fromstring(render("junit", report, MATERIAL))
    assert (root.get("failures"), root.get("tests")) == ("1", "1")
    failure = root.find("testsuite/testcase[@name='shop']/failure")
    assert failure is not None
    assert failure.attrib == {"message": "1 consumer could not be checked", "type": "undecided"}


def test_the_page_knows_the_verdicts_of_the_macros() -> None:
    page = Path(render_package.__file__).parent / "page" / "elements.js"
    listed = re.search(r"^const VERDICTS = (.*);$", page.read_text(), re.MULTILINE)
    assert listed
    assert tuple(json.loads(listed[1])) == verdicts()
