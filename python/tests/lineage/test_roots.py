"""Columns of what has no SQL: seeds, sources, contracts, the catalog."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.duckdb.impl import DuckDBAdapter
from dbt.adapters.postgres.impl import PostgresAdapter
from dbt_common.clients.agate_helper import from_csv
from lineage_manifests import catalog, manifest, node

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.binder import Column
from breaking_changes.lineage.nodes.known_columns import Columns, root_columns
from breaking_changes.lineage.nodes.seed_types import seed_type

VALUES = {
    "integers": ["1", "-2", ""],
    "nothing": ["", "null", "NULL"],
    "decimals": ["1", "2.50"],
    "whole decimals": ["1.0", "2.00"],
    "thousands": ["1,000", "2"],
    "percent": ["5%", "6%"],
    "money": ["$5.20", "€3"],
    "exponent": ["1e3", "2E-1"],
    "not a number": ["nan", "1"],
    "leading zeros": ["007", "8"],
    "dates": ["2020-01-01", ""],
    "unpadded dates": ["2020-1-1"],
    "other dates": ["01/02/2020"],
    "timestamps": ["2020-01-01 10:00:00"],
    "iso timestamps": ["2020-01-01T10:00:00Z", "2020-01-01T10:00:00+02:00"],
    "iso fractions": ["2020-01-01T10:00:00.123"],
    "dates and timestamps": ["2020-01-01", "2020-01-01 10:00:00"],
    "booleans": ["true", "False", ""],
    "words": ["t", "f"],
    "zero and one": ["0", "1"],
    "mixed": ["1", "x"],
    "spaces": [" 1 ", "2"],
    "times": ["10:00:00"],
    "boolean and number": ["true", "1"],
}

#: The engine's name of the type that dbt writes into `create table`.
ENGINE_NAMES = {
    "duckdb": {
        "integer": "INTEGER",
        "float8": "DOUBLE",
        "date": "DATE",
        "timestamp without time zone": "TIMESTAMP",
        "boolean": "BOOLEAN",
        "text": "VARCHAR",
    },
    "postgres": {"float8": "double precision"},
}


@pytest.mark.parametrize("case", VALUES)
@pytest.mark.parametrize("adapter", [DuckDBAdapter, PostgresAdapter])
def test_a_seed_gets_the_type_that_dbt_gives_it(case: str, adapter: Any, tmp_path: Path) -> None:
    path = tmp_path / "seed.csv"
    path.write_text("id,c\n" + "".join(f'1,"{value}"\n' for value in VALUES[case]))
    table = from_csv(str(path), text_columns=())
    written = adapter.convert_type(table, 1)
    name = adapter.type()
    assert seed_type(VALUES[case], name) == ENGINE_NAMES[name].get(written, written)


def test_an_adapter_whose_types_are_not_known_gets_none() -> None:
    assert seed_type(["1"], "trino") is None


CSV = "id,Amount,note\n1,2.5,x\n"
SEED = node(
    "seed.shop.pay",
    original_file_path="seeds/pay.csv",
    checksum={"name": "sha256", "checksum": hashlib.sha256(CSV.strip().encode()).hexdigest()},
    config={"column_types": {"amount": "decimal(9,2)"}},
)
DOCUMENTED = {"id": {"name": "id", "data_type": "integer"}, "note": {"name": "note"}}
SOURCE = node("source.shop.crm.pay", name="pay", source_name="crm")


def _columns(*columns: tuple[str, str | None]) -> tuple[Column, ...]:
    return tuple(Column(name, type_) for name, type_ in columns)


def _root(
    raw: dict[str, Any],
    folder: Path | None = None,
    dialect: str = "duckdb",
    listed: dict[str, Any] | None = None,
) -> Columns:
    made = Manifest(manifest(raw, adapter_type=dialect))
    return root_columns(
        made.nodes[raw["unique_id"]], Target(made, Catalog(listed or {}), folder), dialect
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "pay.csv").write_text(CSV)
    return tmp_path


def test_a_seed_takes_types_from_config_then_catalog_then_its_values(project: Path) -> None:
    listed = catalog(seed__shop__pay={"id": "BIGINT", "Amount": "DOUBLE", "gone": "DATE"})
    expected = _columns(("id", "BIGINT"), ("Amount", "DECIMAL(9,2)"), ("note", "VARCHAR"))
    assert _root(SEED, project, listed=listed) == Columns(expected, True, "inferred")


@pytest.mark.parametrize(
    ("adapter", "quoted", "names"),
    [
        ("snowflake", False, ("ID", "AMOUNT", "NOTE")),
        ("snowflake", None, ("ID", "AMOUNT", "NOTE")),
        ("snowflake", True, ("id", "Amount", "note")),
        ("postgres", False, ("id", "amount", "note")),
        ("postgres", None, ("id", "Amount", "note")),
        ("postgres", True, ("id", "Amount", "note")),
    ],
)
def test_a_seeds_names_are_folded_unless_quoted(
    adapter: str, quoted: bool | None, names: tuple[str, ...], project: Path
) -> None:
    """By default dbt quotes them, but not on Snowflake (quote_seed_column of the adapters)."""
    found = _root({**SEED, "config": {"quote_columns": quoted}}, project, adapter)
    assert found.complete
    assert tuple(column.name for column in found.columns) == names


def test_a_seed_without_its_file_is_as_the_catalog_says() -> None:
    listed = catalog(seed__shop__pay={"id": "BIGINT"})
    assert _root(SEED, listed=listed) == Columns(_columns(("id", "BIGINT")), True, "warehouse")


def test_a_seed_of_which_nothing_is_at_hand_says_what_to_do() -> None:
    found = _root(SEED)
    assert (found.columns, found.complete) == ((), False)
    assert found.reason is not None
    assert "--project-dir" in found.reason


def test_a_source_is_as_the_catalog_says_even_of_another_run() -> None:
    listed = catalog(source__shop__crm__pay={"b": "DATE", "a": "INTEGER"})
    listed["metadata"]["invocation_id"] = "2"
    expected = _columns(("b", "DATE"), ("a", "INTEGER"))
    assert _root(SOURCE, listed=listed) == Columns(expected, True, "warehouse")


def test_a_documented_source_is_not_complete() -> None:
    found = _root({**SOURCE, "columns": DOCUMENTED})
    assert found.columns == _columns(("id", "INTEGER"), ("note", None))
    assert (found.complete, found.evidence) == (False, "declared")


def test_a_source_of_which_nothing_is_known_says_what_to_do() -> None:
    found = _root(SOURCE)
    assert (found.columns, found.complete, found.evidence) == ((), False, "inferred")
    assert found.reason is not None
    assert "`dbt docs generate`" in found.reason
