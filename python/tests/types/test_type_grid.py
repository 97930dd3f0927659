"""Every type against every other, per adapter: the golden grids and what must hold in them."""

from __future__ import annotations

import pytest
from type_grid import ADAPTERS, GOLDEN, golden, rendered, types_of

from breaking_changes.macro_host import default_macro_dir

INVERSES = {("=", "="), ("+", "-"), ("-", "+"), ("~", "-"), ("-", "~"), ("x", "x"), ("?", "?")}


def asymmetric() -> dict[tuple[str, str, str], str]:
    """(adapter, type, other type) to the reason why neither way is the other's inverse."""
    lines = (GOLDEN / "asymmetric.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    return {(adapter, one, other): reason for adapter, one, other, reason in rows}


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_grid_is_the_golden_one(adapter: str) -> None:
    assert rendered(adapter) == (GOLDEN / f"{adapter}.txt").read_text(encoding="utf-8")


def test_there_is_a_grid_for_every_table_of_names() -> None:
    tables = {path.stem for path in default_macro_dir().rglob("_type_names_*.sql")}
    parts = {"_type_names_duckdb_numbers", "_type_names_clickhouse_numbers"}
    assert {f"_type_names_{adapter}" for adapter in ADAPTERS} == tables - parts


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_change_is_the_inverse_of_its_way_back(adapter: str) -> None:
    grid, types = golden(adapter), types_of(adapter)
    found = {
        (adapter, one, other)
        for position, one in enumerate(types)
        for other in types[position + 1 :]
        if (grid[one, other][0], grid[other, one][0]) not in INVERSES
        or grid[one, other][1:] != grid[other, one][1:]
    }
    assert found == {pair for pair in asymmetric() if pair[0] == adapter}


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_no_change_is_same(adapter: str) -> None:
    grid = golden(adapter)
    assert {grid[name, name] for name in types_of(adapter)} == {"="}


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_same_types_have_the_same_row(adapter: str) -> None:
    """Two spellings of one type classify alike against everything else."""
    grid, types = golden(adapter), types_of(adapter)
    rows = {name: [grid[name, other] for other in types] for name in types}
    differing = [
        (one, other)
        for (one, other), cell in grid.items()
        if cell == "=" and rows[one] != rows[other]
    ]
    assert differing == []
