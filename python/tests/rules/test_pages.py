"""Catalogue, pages and README's table are one: no rule without a page, no page without a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from rules import cases, pages

CATALOGUE = cases.host().call("_catalogue")
FILES = pages.files()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(pages.REPOSITORY)))
def test_generated_file_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path], "run: make docs"


def test_every_rule_has_a_page_and_an_example() -> None:
    examples = yaml.safe_load((pages.PAGES / "examples.yml").read_text("utf-8"))
    assert set(examples) == set(CATALOGUE), "docs/rules/examples.yml"
    assert {path.stem for path in pages.PAGES.glob("*.md")} == {*CATALOGUE, "README"}, "make docs"


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_entry_is_complete(rule: pages.Rule) -> None:
    # What to do where the column lineage is there already.
    assert rule.get("fix_with_lineage", ".").endswith(".")
    # What to do where a contract or an existing table refuses the SELECT.
    assert all(advice.endswith(".") for advice in rule.get("fix_refused", {}).values())
    assert rule.keys() - {"fix_with_lineage", "fix_refused"} == {
        *("id", "level", "severity", "effect", "counterpart"),
        *("title", "message", "why", "fix", "page"),
    }
    assert rule["severity"] in ("error", "warn", "info")
    assert rule["counterpart"] is None or rule["counterpart"] in CATALOGUE
    assert rule["page"] == f"docs/rules/{rule['id']}.md"
    placeholders = set(re.findall(r"{(\w*)}", rule["message"]))
    assert "node" in placeholders
    assert placeholders <= {"node", "column", "before", "after", "what"}
    assert all(rule[key].endswith(".") for key in ("why", "fix"))


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_explained(rule: pages.Rule) -> None:
    text = cases.host().call("_explain_rule", rule)
    assert {rule["why"], rule["fix"], rule["message"]} <= {line[8:] for line in text.split("\n")}
