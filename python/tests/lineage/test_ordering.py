"""Parents come before their consumers."""

from __future__ import annotations

import pytest

from breaking_changes.lineage.walk.ordering import levels

DIAMOND = {"top": [], "left": ["top"], "right": ["top"], "end": ["left", "right", "top"]}
LONG = {str(number): [str(number - 1)] if number else [] for number in range(5000)}

# who reads whom, what is wanted, what is done, the groups
CASES = [
    (DIAMOND, ["end"], [], [["top"], ["left", "right"], ["end"]]),
    (DIAMOND, ["left"], [], [["top"], ["left"]]),
    (DIAMOND, ["end"], ["top", "left"], [["right"], ["end"]]),
    (DIAMOND, ["top"], ["top"], []),
    (DIAMOND, [], [], []),
    ({"a": ["a"]}, ["a"], [], [["a"]]),
    ({"a": ["b"], "b": ["a"]}, ["a"], [], [["b"], ["a"]]),
    ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["a"], [], [["c"], ["b"], ["a"]]),
]


@pytest.mark.parametrize(("parents", "wanted", "done", "expected"), CASES)
def test_groups(
    parents: dict[str, list[str]], wanted: list[str], done: list[str], expected: list[list[str]]
) -> None:
    found = levels(wanted, parents.__getitem__, done.__contains__)
    assert [sorted(group) for group in found] == [group for group in expected if group]


def test_a_chain_of_thousands_of_models_is_no_problem() -> None:
    found = levels(["4999"], LONG.__getitem__, lambda name: False)
    assert found == [[str(number)] for number in range(5000)]
