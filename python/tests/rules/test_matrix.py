"""Every rule over every pair of sides: golden, empty on equal sides, mirrored on swapped ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from rules import cases, matrix, sides

CASES = cases.load()
CATALOGUE = cases.host().call("_catalogue")

DECLARED = "a rename is declared on the new side alone, so backwards there is none"
ONE_WAY = {
    "tombstone does not cover what a renamed model lost besides its name": DECLARED,
    "rename acknowledged in the meta of the new model": DECLARED,
    "column renamed as declared": DECLARED,
    "column renamed as declared, and of another type": DECLARED,
    "column renamed after its sunset date": DECLARED,
    "model renamed as declared, and a column of it is gone": DECLARED,
    "latest version pointer moves on with the latest version": (
        "backwards the version is removed, which says more"
    ),
    "new version becomes the latest": "backwards the version is removed, which says more",
    "new latest version lacks a column that an unpinned consumer reads": (
        "backwards the version is removed, which says more"
    ),
    "ephemeral becomes a table": "backwards it is model_became_ephemeral, which says more",
    "field added to a struct": "backwards it is nested_field_removed, which says more",
}


def test_golden() -> None:
    blocks = matrix.GOLDEN.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    assert blocks == [matrix.block(case) for case in CASES], "see python/tests/rules/matrix.py"


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_side_against_itself_gives_nothing(case: cases.Case, side: str) -> None:
    nodes = getattr(case, side)
    report = cases.compare(case, nodes, nodes, matrix.STRICT)
    found = [
        change for change in report["changes"] if CATALOGUE[change["rule"]]["level"] != "always"
    ]
    assert found == []
    assert (report["coverage"]["changed"], report["coverage"]["not_compared"]) == (0, [])


def named(nodes: Mapping[str, Any]) -> set[str]:
    """The nodes of a side, as findings name them."""
    return {
        sides.short(sides.unique_id(name, (spec or {}).get("package", sides.PROJECT)))
        for name, spec in nodes.items()
    }


def mirrored(finding: cases.Finding, case: cases.Case, swapped: list[cases.Finding]) -> bool:
    """Whether the swapped pair has the counterpart, on the old or on the new name."""
    nodes = {finding["node"], *(named(case.after) - named(case.before))}
    columns = {finding.get("column"), finding.get("after")}
    return any(
        other["rule"] == CATALOGUE[finding["rule"]]["counterpart"]
        and other["node"] in nodes
        and other.get("column") in columns
        for other in swapped
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_swapped_pair_gives_the_counterpart(case: cases.Case) -> None:
    swapped = cases.compact(matrix.back(case))
    missing = [
        finding["rule"]
        for finding in cases.compact(matrix.forth(case))
        if CATALOGUE[finding["rule"]]["counterpart"] and not mirrored(finding, case, swapped)
    ]
    assert bool(missing) == (case.name in ONE_WAY), missing
