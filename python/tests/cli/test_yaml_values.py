"""YAML as data without PyYAML: what PyYAML reads, or said to be unread."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from breaking_changes.yaml_values import BrokenYamlError, UnreadYamlError, read, read_settings

UNREAD = object()

#: A text, and what is read without PyYAML.
CASES: list[tuple[str, Any]] = [
    ("a: 1", {"a": 1}),
    ("a: -12", {"a": -12}),
    ("a: 012", UNREAD),
    ("a: 0x1F", UNREAD),
    ("a: 1_000", UNREAD),
    ("a: 12:30", UNREAD),
    ("a: 1.5", {"a": 1.5}),
    ("a: 1.3.0", {"a": "1.3.0"}),
    ("a: 1.5e+3", UNREAD),
    ("a: .inf", UNREAD),
    ("a: 2026-01-31", UNREAD),
    ("a: 8f1a", {"a": "8f1a"}),
    ("a: yes", {"a": True}),
    ("a: Off", {"a": False}),
    ("a: 'yes'", {"a": "yes"}),
    ('a: "1"', {"a": "1"}),
    ("a: nothing", {"a": "nothing"}),
    ("a:", {"a": None}),
    ("a: ~", {"a": None}),
    ("a: ''", {"a": ""}),
    ("a: [1, b, {c: }]", {"a": [1, "b", {"c": None}]}),
    ("a:\n- 1\n-\n- b: c", {"a": [1, None, {"b": "c"}]}),
    ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
    ("a: &x {b: 1}\nc: {<<: *x}", UNREAD),
    ("1: a", UNREAD),
    ("yes: a", UNREAD),
    ("a: !!str 1", UNREAD),
    ("a: !!set {b}", UNREAD),
    ("a: >\n  b", UNREAD),
    ("a: b\n  c", UNREAD),
    ('a: "\\n"', UNREAD),
    ("a: \"{{ env_var('X', '1') }}\"", {"a": "{{ env_var('X', '1') }}"}),
    ("a: 1\na: 2", {"a": 2}),
    ("[1, 2]", [1, 2]),
    ("text", "text"),
]


@pytest.fixture
def without_pyyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)


@pytest.mark.usefixtures("without_pyyaml")
@pytest.mark.parametrize(("text", "value"), CASES)
def test_what_is_read(text: str, value: Any) -> None:
    assert _read(text) == value
    if value is not UNREAD:
        assert yaml.safe_load(text) == value


def _read(text: str) -> Any:
    try:
        return read(text)
    except UnreadYamlError:
        return UNREAD


@pytest.mark.parametrize(
    ("text", "line"), [("a: [}", 1), ("b: 1\na: {", 2), ("a: 2026-02-30", None)]
)
def test_broken_yaml_has_its_line(text: str, line: int | None) -> None:
    with pytest.raises(BrokenYamlError) as broken:
        read(text)
    assert broken.value.line == line


@pytest.mark.usefixtures("without_pyyaml")
@pytest.mark.parametrize(
    ("text", "values", "unread"),
    [
        ("a: 1\nb: 0x1\nc: {d: .5}", {"a": 1}, {"b", "c"}),
        ("a: 1\non-run-end:\n  - >\n    x", {"a": 1}, {"on-run-end"}),
        ("a: 1\n'b': 2\n\tc: 3", {}, {"a", "b"}),
        ("- a", {}, set()),
        ("", {}, set()),
    ],
)
def test_a_key_that_is_not_read_leaves_the_others(
    text: str, values: dict[str, Any], unread: set[str]
) -> None:
    found = read_settings(text)
    assert (found.values, set(found.unread)) == (values, unread)


SIGNS = st.text("0123456789._-+:exabTZ<=~ ", max_size=8)
WORDS = st.sampled_from(["yes", "NULL", "null", "On", "1.0.0", "0o7", "0b1", ".NaN", "{{ x }}"])


@given(st.lists(SIGNS | WORDS, max_size=3).map(lambda words: " ".join(words)))
def test_whatever_is_read_is_what_pyyaml_reads(word: str) -> None:
    for text in (f"a: {word}", f"- '{word}'\n- {word}", f"{word}: 1"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, "yaml", None)
            mine = _read(text)
        if mine is not UNREAD:
            assert mine == yaml.safe_load(text)


ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("place", [".", "integration_tests"])
def test_project_files_are_read_whole(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / place / "dbt_project.yml").read_text()
    expected = yaml.safe_load(text)
    monkeypatch.setitem(sys.modules, "yaml", None)
    assert read_settings(text).values == expected
