"""What the DuckDB grid says of values, checked by casting boundary values there and back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from type_grid import golden

GRID = golden("duckdb")

# Calendar types are taken over the years of the SQL standard, 1 to 9999.
DATES = ["DATE '0001-01-01'", "DATE '9999-12-31'", "DATE '2024-02-29'"]
MOMENTS = ["0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "2024-02-29 12:34:56.123456789"]
INTEGERS = {
    "TINYINT": (-(2**7), 2**7 - 1),
    "SMALLINT": (-(2**15), 2**15 - 1),
    "INTEGER": (-(2**31), 2**31 - 1),
    "BIGINT": (-(2**63), 2**63 - 1),
    "HUGEINT": (-(2**127), 2**127 - 1),
    "UTINYINT": (0, 2**8 - 1),
    "UINTEGER": (0, 2**32 - 1),
    "UBIGINT": (0, 2**64 - 1),
    "BIGNUM": (-(10**60) - 1, 10**60 + 1),
}
DECIMALS = {
    "DECIMAL": (18, 3),
    "DECIMAL(9,0)": (9, 0),
    "DECIMAL(10,2)": (10, 2),
    "DECIMAL(10,4)": (10, 4),
    "DECIMAL(38,2)": (38, 2),
    "DECIMAL(19,0)": (19, 0),
}
OTHERS = {
    "FLOAT": ["3.4028235e38", "1e-45", "0.1", "16777216", "'nan'", "'-inf'"],
    "DOUBLE": ["1.7976931348623157e308", "5e-324", "0.1", "9007199254740993", "'nan'"],
    "BOOLEAN": ["true", "false"],
    "VARCHAR": ["'a long text, longer than ten'"],
    "BLOB": [r"'\xAA\x00'"],
    "BIT": ["'0101'"],
    "DATE": DATES,
    "TIME": ["'23:59:59.999999'"],
    "TIMETZ": ["'23:59:59.999999+02'"],
    "TIMESTAMP": [f"'{moment[:26]}'" for moment in MOMENTS],
    "TIMESTAMP_S": [f"'{moment[:19]}'" for moment in MOMENTS],
    "TIMESTAMP_MS": [f"'{moment[:23]}'" for moment in MOMENTS],
    "TIMESTAMP_NS": [f"'{MOMENTS[2]}'", "'1700-01-01'"],
    "TIMESTAMPTZ": [f"'{moment[:26]}+00'" for moment in MOMENTS[1:]],
    "INTERVAL": ["INTERVAL 5 MONTH"],
    "UUID": ["'00000000-0000-0000-0000-000000000001'"],
    "JSON": ["""'{"a": 1}'"""],
    "ENUM('a', 'b')": ["'a'", "'b'"],
    "ENUM('a', 'b', 'c')": ["'a'", "'c'"],
    "ENUM('b', 'a')": ["'a'", "'b'"],
    "INTEGER[]": ["[2147483647, NULL]", "[]"],
    "INTEGER[3]": ["[1, NULL, 2147483647]"],
    "BIGINT[]": ["[9223372036854775807]"],
    "STRUCT(a INTEGER)": ["{'a': 2147483647}", "{'a': NULL}"],
    "STRUCT(a BIGINT)": ["{'a': 9223372036854775807}"],
    "STRUCT(a INTEGER, b VARCHAR)": ["{'a': 1, 'b': 'x'}"],
    "STRUCT(b VARCHAR, a INTEGER)": ["{'b': 'x', 'a': 1}"],
    "STRUCT(a INTEGER)[]": ["[{'a': 2147483647}]"],
    "MAP(VARCHAR, INTEGER)": ["MAP {'x': 2147483647}"],
    "MAP(VARCHAR, BIGINT)": ["MAP {'x': 9223372036854775807}"],
    "UNION(a INTEGER, b VARCHAR)": ["'x'", "1"],
    '"NULL"': ["NULL"],
    "GEOMETRY": ["'POINT (1 2)'"],
}
SYNONYMS = {
    "VARCHAR(10)": "VARCHAR",
    "TEXT": "VARCHAR",
    "DATETIME": "TIMESTAMP",
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ",
}
# DuckDB casts these only by way of text, though every value fits.
WITHOUT_CAST = {("DECIMAL(9,0)", "BIGNUM"), ("DECIMAL(19,0)", "BIGNUM")}


def boundary_values(name: str) -> list[str]:
    """SQL literals at the edges of what a type holds."""
    name = SYNONYMS.get(name, name)
    if name in INTEGERS:
        low, high = INTEGERS[name]
        return [f"'{low}'", f"'{high}'", "1"]
    if name in DECIMALS:
        precision, scale = DECIMALS[name]
        digits = Decimal(10**precision - 1).scaleb(-scale)
        return [f"'{digits}'", f"'-{digits}'", f"'{Decimal(1).scaleb(-scale)}'"]
    return OTHERS[name]


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def survives(engine: duckdb.DuckDBPyConnection, value: str, before: str, after: str) -> bool:
    """Whether a value is equal after it went to the other type and back."""
    there = f"CAST(CAST({value} AS {before}) AS {after})"
    query = f"SELECT CAST({value} AS {before}) IS NOT DISTINCT FROM CAST({there} AS {before})"
    try:
        row = engine.execute(query).fetchone()
    except duckdb.Error:
        return False
    return row == (True,)


def is_exact(engine: duckdb.DuckDBPyConnection, value: str, before: str, after: str) -> bool:
    """Whether a number is the very same number in a binary floating point type."""
    query = f"SELECT CAST({value} AS {before})::VARCHAR, CAST(CAST({value} AS {before}) AS {after})"
    row = engine.execute(query).fetchone()
    assert row is not None
    return Decimal(row[0]) == Decimal(row[1])


def cells(mark: str) -> list[tuple[str, str]]:
    return [pair for pair, cell in GRID.items() if cell[0] == mark and pair[0] != pair[1]]


def described(engine: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Each type of the grid as DESCRIBE names it."""
    names = sorted({before for before, _ in GRID})
    columns = ", ".join(f"c{position} {name}" for position, name in enumerate(names))
    engine.execute(f"CREATE OR REPLACE TEMP TABLE every_type ({columns})")
    rows = engine.execute("DESCRIBE every_type").fetchall()
    return {name: row[1] for name, row in zip(names, rows, strict=True)}


def test_every_listed_type_holds_its_boundary_values(engine: duckdb.DuckDBPyConnection) -> None:
    for name in {before for before, _ in GRID}:
        for value in boundary_values(name):
            engine.execute(f"SELECT CAST({value} AS {name})")


def test_same_types_and_only_they_are_described_the_same(
    engine: duckdb.DuckDBPyConnection,
) -> None:
    names = described(engine)
    alike = {(one, other) for one, other in GRID if names[one] == names[other] and one != other}
    assert alike == set(cells("="))


def test_widened_keeps_every_boundary_value(engine: duckdb.DuckDBPyConnection) -> None:
    lost = {
        (before, after)
        for before, after in cells("+")
        for value in boundary_values(before)
        if not survives(engine, value, before, after)
    }
    assert lost == WITHOUT_CAST


def test_widened_lossy_changes_a_boundary_value(engine: duckdb.DuckDBPyConnection) -> None:
    kept = {
        (before, after)
        for before, after in cells("~")
        if all(
            survives(engine, value, before, after) and is_exact(engine, value, before, after)
            for value in boundary_values(before)
        )
    }
    assert kept == set()


def test_narrowed_loses_a_boundary_value(engine: duckdb.DuckDBPyConnection) -> None:
    kept = {
        (before, after)
        for before, after in cells("-")
        if all(survives(engine, value, before, after) for value in boundary_values(before))
    }
    assert kept == set()
