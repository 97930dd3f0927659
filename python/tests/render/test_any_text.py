"""Whatever stands in names, messages and reasons: every format stays valid."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from render import samples
from render.test_formats import MATERIAL, SARIF

from breaking_changes.render import render
from breaking_changes.render.markdown import MAX_LENGTH

#: Lone surrogates are not text: no file and no JSON in UTF-8 can hold them.
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.sampled_from(
        ["</script>", "]]>", "```", "``", "|", "\\", "\\|", "<!--", "-->", "\n::error::x", "%"]
    ),
)


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    consumer = samples.impact(
        f"model.shop.{draw(TEXT)}", "breaks", draw(TEXT), path=draw(TEXT), via=[draw(TEXT)]
    )
    change = samples.change(
        "column_removed",
        f"model.shop.{draw(TEXT)}",
        draw(TEXT),
        before=draw(TEXT),
        message=draw(TEXT),
        fix=draw(TEXT),
        path=draw(TEXT),
        impact=[consumer],
        acknowledged=draw(st.none() | st.fixed_dictionaries({"reason": TEXT, "expires": TEXT})),
    )
    uncompared = {"node": draw(TEXT), "reason": draw(TEXT), "readers": [draw(TEXT)]}
    return samples.report([change], not_compared=[uncompared])


@given(report=reports())
@settings(max_examples=60, deadline=None)
def test_every_format_stays_valid(report: dict[str, Any]) -> None:
    sarif = json.loads(render("sarif", report, MATERIAL))
    assert [error.message for error in SARIF.iter_errors(sarif)] == []
    assert len(json.loads(render("gitlab", report, MATERIAL))) == 1
    suite = ElementTree.fromstring(render("junit", report, MATERIAL).encode("utf-8"))
    assert len(suite.findall(".//testcase")) == 2

    markdown = render("markdown", report, MATERIAL)
    assert len(markdown) <= MAX_LENGTH
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    # A bar is escaped by an odd number of backslashes before it.
    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows] == [5, 5]
    assert len(re.findall("^<details>", markdown, re.MULTILINE)) == markdown.count("</details>")

    page = render("html", report, MATERIAL)
    assert page.count("<script") == page.count("</script") == 2
    assert "<!--" not in page.replace("<!doctype", "")
