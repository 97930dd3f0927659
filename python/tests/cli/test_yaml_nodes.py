"""Lines of entries in YAML: however they are written, the right line or none, as PyYAML has it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from breaking_changes.yaml_entries import YamlFile
from breaking_changes.yaml_nodes import Items, Node, Pairs, Scalar, UnusualYamlError, compose

ROOT = Path(__file__).parents[3]
FILES = sorted(
    file
    for pattern in ("*.yml", "*.yaml")
    for file in (ROOT / "integration_tests").rglob(pattern)
    if not {"target", "dbt_packages", "dbt_internal_packages"} & {*file.parts}
)

MODEL = {"resource_type": "model", "name": "orders"}
SOURCE = {"resource_type": "source", "source_name": "raw", "name": "orders"}

#: What it is, the file, the node, the column, the line.
CASES: list[tuple[str, str, dict[str, Any], str | None, int | None]] = [
    ("plain", "models:\n  - name: users\n  - name: orders\n", MODEL, None, 3),
    ("list at its parent's column", "models:\n- name: users\n- name: orders\n", MODEL, None, 3),
    ("double quotes", 'models:\n  - name: "orders"\n', MODEL, None, 2),
    ("single quotes", "models:\n  - 'name': 'orders'\n", MODEL, None, 2),
    ("quoted with an escape", 'models:\n  - name: "ord\\x65rs"\n', MODEL, None, None),
    ("quoted section", '"models":\n  - name: orders\n', MODEL, None, 2),
    ("comment behind", "models: # ours\n  # first\n  - name: orders # one\n", MODEL, None, 3),
    ("comment between", "models:\n  - # one\n    name: orders\n", MODEL, None, 3),
    ("commented out", "models:\n  # - name: orders\n  - name: users\n", MODEL, None, None),
    ("commented out and in", "models:\n  # - name: orders\n  - name: orders\n", MODEL, None, 3),
    ("no comment", "models:\n  - name: orders#1\n  - name: orders\n", MODEL, None, 3),
    ("name below", "models:\n  - description: x\n    name: orders\n", MODEL, None, 2),
    ("name on the next line", "models:\n  - name:\n      orders\n", MODEL, None, 2),
    ("name in two lines", "models:\n  - name: orders\n      daily\n", MODEL, None, None),
    ("lower and upper case", "models:\n  - name: ORDERS\n", MODEL, None, 2),
    ("anchor", "models:\n  - &a\n    name: orders\n", MODEL, None, 2),
    ("anchor of a name", "models:\n  - name: &n orders\n", MODEL, None, 2),
    (
        "columns of an alias",
        "models:\n  - name: users\n    columns: &c\n      - name: id\n"
        "  - name: orders\n    columns: *c\n",
        MODEL,
        "id",
        4,
    ),
    ("unknown alias", "models:\n  - name: orders\n    columns: *c\n", MODEL, None, None),
    ("merge", "x: &x {name: orders}\nmodels:\n  - <<: *x\n", MODEL, None, None),
    ("tag", "models:\n  - name: !!str orders\n", MODEL, None, 2),
    ("document's sign", "# ours\n---\nmodels:\n  - name: orders\n", MODEL, None, 4),
    ("two documents", "---\nmodels:\n  - name: orders\n---\na: 1\n", MODEL, None, None),
    ("end of the document", "models:\n  - name: orders\n...\n", MODEL, None, None),
    ("directive", "%YAML 1.1\n---\nmodels:\n  - name: orders\n", MODEL, None, None),
    (
        "literal block with an entry",
        "models:\n  - name: users\n    description: |\n      models:\n      - name: orders\n"
        "  - name: orders\n",
        MODEL,
        None,
        6,
    ),
    (
        "folded block with an entry",
        "models:\n  - description: >-\n\n      - name: orders\n     # no\n    name: users\n",
        MODEL,
        None,
        None,
    ),
    (
        "block with a stated indentation",
        "models:\n  - description: |2-\n        - name: orders\n      x\n    name: orders\n",
        MODEL,
        None,
        2,
    ),
    (
        "block that ends with less",
        "models:\n  - description: |\n        a\n      - name: orders\n    name: orders\n",
        MODEL,
        None,
        None,
    ),
    (
        "text of several lines with an entry",
        "models:\n  - description: a\n      - name orders\n\n      b\n    name: orders\n",
        MODEL,
        None,
        2,
    ),
    (
        "quoted text with an entry",
        "models:\n  - description: 'it''s\n  - name: orders\n '\n    name: users\n"
        "  - name: orders\n",
        MODEL,
        None,
        6,
    ),
    ("CRLF", "models:\r\n  - name: users\r\n  - name: orders\r\n", MODEL, None, 3),
    ("CR alone", "models:\r  - name: orders\r", MODEL, None, 2),
    ("byte order mark", "\ufeffmodels:\n  - name: orders\n", MODEL, None, 2),
    ("no last line break", "models:\n  - name: orders", MODEL, None, 2),
    ("tab as indentation", "models:\n\t- name: orders\n", MODEL, None, None),
    ("tab behind a dash", "models:\n  -\tname: orders\n", MODEL, None, None),
    ("tab in a block", "models:\n  - name: orders\n    x: |\n      a\n      \tb\n", MODEL, None, 2),
    ("tab in quotes", 'models:\n  - name: orders\n    x: "a\tb"\n', MODEL, None, 2),
    ("same entry twice", "models:\n  - name: orders\n  - name: orders\n", MODEL, None, None),
    (
        "same key twice",
        "models:\n  - name: orders\nmodels:\n  - name: a\n  - name: orders\n",
        MODEL,
        None,
        5,
    ),
    (
        "same column twice",
        "models:\n  - name: orders\n    columns:\n      - name: id\n      - name: id\n",
        MODEL,
        "id",
        2,
    ),
    (
        "versions",
        "models:\n  - name: orders\n    versions:\n      - v: 1\n      - v: 2\n"
        "        columns: [{include: all, exclude: [x]}]\n    columns:\n      - name: id\n",
        MODEL,
        "id",
        8,
    ),
    ("flow style", "models: [{name: users}, # one\n  {name: orders}]\n", MODEL, None, 2),
    ("flow style of JSON", '{"models":\n [{"name":"orders"}]}\n', MODEL, None, 2),
    ("Jinja in quotes", "x: \"{{ var('a') }}\"\nmodels:\n  - name: orders\n", MODEL, None, 3),
    ("Jinja without quotes", "x: {{ var('a') }}\nmodels:\n  - name: orders\n", MODEL, None, None),
    ("complex key", "? models\n: - name: orders\n", MODEL, None, None),
    ("wrong indentation", "models:\n  - name: users\n   - name: orders\n", MODEL, None, None),
    ("list in a text", "models: x\n  - name: orders\n", MODEL, None, None),
    ("two keys in a line", "models: x: y\n", MODEL, None, None),
    ("list behind its key", "models: - name: orders\n", MODEL, None, None),
    (
        "tables of sources",
        "sources:\n  - name: crm\n    tables:\n      - name: orders\n  - name: raw\n"
        "    tables:\n      - name: orders\n        columns:\n        - name: id\n",
        SOURCE,
        "id",
        9,
    ),
    (
        "table of another source",
        "sources:\n  - name: crm\n    tables:\n      - name: orders\n  - name: raw\n",
        SOURCE,
        None,
        None,
    ),
    (
        "name of another section",
        "seeds:\n  - name: orders\nmodels:\n  - name: orders\n",
        MODEL,
        None,
        4,
    ),
]


@pytest.mark.parametrize(
    ("text", "node", "column", "line"), [case[1:] for case in CASES], ids=[one[0] for one in CASES]
)
def test_the_line(
    tmp_path: Path, text: str, node: dict[str, Any], column: str | None, line: int | None
) -> None:
    file = tmp_path / "_all.yml"
    file.write_bytes(text.encode())
    assert YamlFile.read(file).line_of(node, column) == line
    if not set(text) & {"\t"}:
        assert_as_pyyaml(text)


def test_both_installations_answer_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    file = tmp_path / "_all.yml"
    file.write_text("models:\n  - name: users\n  - name: orders\n")
    assert YamlFile.read(file).line_of(MODEL) == 3


SEMANTIC = """\
semantic_models:
  - name: orders
    entities:
      - {name: order, type: primary}
    dimensions:
      - name: day
        expr: >
          date_trunc(day)
    measures:
      - name: revenue
        expr: |
          sum(
            amount)
      - name: count
        expr:
          id
metrics:
- name: revenue
  type_params:
    measure: revenue
"""


@pytest.mark.parametrize(
    ("kind", "name", "keys", "within", "line"),
    [
        ("semantic_model", "orders", ("entities", "order"), 0, 4),
        ("semantic_model", "orders", ("dimensions", "day", "expr"), 0, 7),
        ("semantic_model", "orders", ("measures", "revenue", "expr"), 1, 13),
        ("semantic_model", "orders", ("measures", "count", "expr"), 0, 16),
        ("semantic_model", "orders", ("measures", "gone", "expr"), 0, 4 + 6),
        ("metric", "revenue", ("type_params", "measure"), 0, 20),
        ("metric", "gone", ("type_params", "measure"), 0, None),
    ],
)
def test_the_line_within_an_entry(
    tmp_path: Path, kind: str, name: str, keys: tuple[str, ...], within: int, line: int | None
) -> None:
    file = tmp_path / "_all.yml"
    file.write_text(SEMANTIC)
    node = {"resource_type": kind, "name": name}
    assert YamlFile.read(file).line_within(node, keys, within) == line


def test_the_same_data_test_twice_is_its_columns(tmp_path: Path) -> None:
    file = tmp_path / "_all.yml"
    file.write_text(
        "models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests:\n"
        "          - in_range: {min: 1}\n          - in_range: {max: 9}\n          - unique\n"
    )
    test = {"resource_type": "test", "column_name": "id", "attached_node": "model.shop.orders"}
    read = YamlFile.read(file)
    assert read.line_of(test | {"test_metadata": {"name": "in_range"}}) == 4
    assert read.line_of(test | {"test_metadata": {"name": "unique"}}) == 8


def as_pyyaml(node: Any) -> Any:
    """PyYAML's nodes as kind, line, and what is in them."""
    line = node.start_mark.line
    if node.id == "mapping":
        return ("mapping", line, [(key.value, as_pyyaml(value)) for key, value in node.value])
    if node.id == "sequence":
        return ("sequence", line, [as_pyyaml(one) for one in node.value])
    return ("scalar", line, node.value, node.style == "|")


def differences(mine: Node, theirs: Any) -> Iterator[tuple[Node, Any]]:
    """Where a node differs; a text that was not read is none."""
    if isinstance(mine, Scalar):
        same = theirs[:2] == ("scalar", mine.line) and mine.text in (None, theirs[2])
        if not same or mine.literal != theirs[3]:
            yield mine, theirs
        return
    kind, inner = ("mapping", mine.pairs) if isinstance(mine, Pairs) else ("sequence", mine.items)
    if theirs[:2] != (kind, mine.line) or len(inner) != len(theirs[2]):
        yield mine, theirs
    elif isinstance(mine, Pairs):
        for (key, value), (other, their) in zip(mine.pairs, theirs[2], strict=True):
            if key not in (None, other):
                yield mine, theirs
            yield from differences(value, their)
    elif isinstance(mine, Items):
        for one, their in zip(mine.items, theirs[2], strict=True):
            yield from differences(one, their)


def assert_as_pyyaml(text: str) -> None:
    """Whatever is composed is what PyYAML composes, to the line."""
    try:
        mine = compose(text)
    except UnusualYamlError:
        return
    assert list(differences(mine, as_pyyaml(yaml.compose(text)))) == []


def test_there_are_files_to_compare() -> None:
    assert len(FILES) > 50


@pytest.mark.parametrize("file", FILES, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_file_of_the_integration_tests_is_composed_as_pyyaml_does(file: Path) -> None:
    text = file.read_text()
    assert list(differences(compose(text), as_pyyaml(yaml.compose(text)))) == []


NAMES = st.sampled_from(["name", "a b", "it's", "- x", "x: y", "#", "a#b", "", "1", "a\nb\n", " x"])
VALUES = st.recursive(
    NAMES | st.none() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.booleans() | st.none(), st.sampled_from([None, "|", ">", '"', "'"]))
def test_what_pyyaml_writes_is_composed_as_it_reads(
    value: object, flow: bool | None, style: str | None
) -> None:
    assert_as_pyyaml(yaml.dump(value, default_flow_style=flow, default_style=style))


SIGNS = (": ", ":", "- ", "-", "#", " # c", "'", '"', "|", ">", "|2", "[", "]", "{", "}", ",", "?")
PIECES = st.sampled_from(
    [
        "a",
        "name",
        " ",
        *SIGNS,
        "&a ",
        "*a",
        "!t ",
        "---",
        "%",
        "\n",
        "\n  ",
        "\n    ",
        "\n---\n",
        "\r\n",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_composed_is_what_pyyaml_composes(text: str) -> None:
    assert_as_pyyaml(text)


def test_nesting_without_end_has_no_lines(tmp_path: Path) -> None:
    file = tmp_path / "_all.yml"
    file.write_text("models: " + "[" * 100_000)
    assert YamlFile.read(file) == YamlFile()
