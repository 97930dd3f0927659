"""What the base types hold, counted anew: by arithmetic, and by DuckDB where it has the type."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import pytest
from type_grid import host

SPECS: dict[str, dict[str, Any]] = host().call("_type_specs")
INTEGERS = {
    name: spec
    for name, spec in SPECS.items()
    if spec["family"] == "integer" and name != "bignum"  # which has no bounds
}
IN_DUCKDB = [name for name in INTEGERS if not name.endswith("256")]


@pytest.mark.parametrize("name", INTEGERS)
def test_an_integer_has_the_digits_of_its_largest_value(name: str) -> None:
    spec = INTEGERS[name]
    assert spec["digits"] == len(str(2 ** spec["high"] - 1))
    assert spec["low"] == (0 if name.startswith("u") else spec["high"])


@pytest.mark.parametrize("name", IN_DUCKDB)
def test_duckdb_takes_the_bounds_and_nothing_beyond(name: str) -> None:
    low, high = (INTEGERS[name][key] for key in ("low", "high"))
    bounds = {2**high - 1: True, 2**high: False, -(2**low) if low else 0: True}
    bounds[-(2**low) - 1 if low else -1] = False
    found = {}
    for value in bounds:
        row = duckdb.execute(f"select try_cast('{value}' as {name}) is not null").fetchone()
        found[value] = row is not None and row[0]
    assert found == bounds


@pytest.mark.parametrize("name", [name for name, spec in SPECS.items() if "bits" in spec])
def test_a_float_keeps_the_whole_numbers_of_its_digits(name: str) -> None:
    spec = SPECS[name]
    assert spec["digits"] == math.floor(spec["bits"] * math.log10(2))


@pytest.mark.parametrize(("name", "bits"), [("real", 24), ("double", 53)])
def test_duckdb_rounds_the_first_number_that_does_not_fit(name: str, bits: int) -> None:
    assert SPECS[name]["bits"] == bits
    row = duckdb.execute(
        f"select {2**bits}::{name}::hugeint, ({2**bits} + 1)::hugeint::{name}::hugeint"
    ).fetchone()
    assert row == (2**bits, 2**bits)


YEARS = {name: spec["years"] for name, spec in SPECS.items() if spec.get("years", 9999) < 9999}


def test_the_last_years_are_those_that_the_engines_document() -> None:
    assert YEARS == {
        # Nanoseconds since 1970 in 64 bits.
        "timestamp_ns": 1970 + 2**63 // 10**9 // 31_556_952,
        "timestamptz_ns": 1970 + 2**63 // 10**9 // 31_556_952,
        # ClickHouse: days in 16 bits, seconds in 32 bits without a sign, and a table to 2299.
        "date16": 1970 + 2**16 * 86_400 // 31_556_952,
        "datetime32": 1970 + 2**32 // 31_556_952,
        "date32": 2299,
        "datetime64": 2299,
        # SQL Server: days in 16 bits from 1900 on.
        "smalldatetime": 1900 + 2**16 * 86_400 // 31_556_952,
    }


@pytest.mark.parametrize("name", [name for name in YEARS if name.endswith("_ns")])
def test_duckdb_takes_the_last_year_and_not_the_next(name: str) -> None:
    found = []
    for year in (YEARS[name], YEARS[name] + 1):
        row = duckdb.execute(f"select try_cast('{year}-01-01' as {name}) is not null").fetchone()
        found.append(row is not None and row[0])
    assert found == [True, False]
