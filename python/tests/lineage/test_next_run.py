"""What DuckDB can store in a column of another type, asked of DuckDB."""

from __future__ import annotations

import duckdb
import pytest

from breaking_changes.lineage.materializations.stored_types import has_cast

VALUES = {
    "BOOLEAN": "true",
    "INTEGER": "7",
    "UTINYINT": "7::utinyint",
    "HUGEINT": "7::hugeint",
    "DECIMAL(10,2)": "7.5::decimal(10, 2)",
    "DOUBLE": "7.5::double",
    "VARCHAR": "'7'",
    "DATE": "date '2025-01-01'",
    "TIME": "time '10:00:00'",
    "TIMESTAMP": "timestamp '2025-01-01 10:00:00'",
    "TIMESTAMP WITH TIME ZONE": "timestamptz '2025-01-01 10:00:00+00'",
    "INTERVAL": "interval 1 day",
    "BLOB": "'ab'::blob",
    "UUID": "uuid()",
    "JSON": "'1'::json",
    "INTEGER[]": "[1]",
    "STRUCT(a INTEGER)": "{'a': 1}",
    "MAP(VARCHAR, INTEGER)": "map {'a': 1}",
}


@pytest.mark.parametrize("stored", VALUES)
@pytest.mark.parametrize("type_", VALUES)
def test_duckdb_has_the_casts_that_we_think_it_has(type_: str, stored: str) -> None:
    connection = duckdb.connect()
    connection.execute(f"create table there (x {stored})")
    try:
        connection.execute(f"insert into there (x) (select {VALUES[type_]} as x)")
        refused = ""
    except duckdb.Error as error:
        refused = str(error)
    # Any other error is about this one value.
    assert has_cast(type_, stored) == ("Unimplemented" not in refused), refused
