"""What dbt itself says of changes to an enforced contract.

dbt compares contracts in `ModelNode.same_contract` and `same_contract_removed`
(dbt-core, dbt/contracts/graph/nodes.py), for `--select state:modified`. A versioned model gives an
error there, any other a warning. `python contracts.py` asks the dbt beside it: no import of this
project, so that any environment with dbt can run it.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from typing import Any
from unittest import mock

Model = dict[str, Any]

INTEGER, NAME = {"data_type": "integer"}, {"data_type": "varchar(10)"}
NOT_NULL = {"type": "not_null"}
BASE: Model = {"columns": {"id": INTEGER, "name": NAME}}
KEYED: Model = {**BASE, "columns": {"id": {**INTEGER, "constraints": [NOT_NULL]}, "name": NAME}}
CHECKED: Model = {**BASE, "constraints": [{"type": "primary_key", "columns": ["id"]}]}

#: The change, the model before and after; none is a model that is gone.
CHANGES: dict[str, tuple[Model, Model | None]] = {
    "nothing": (BASE, BASE),
    "a column removed": (BASE, {"columns": {"id": INTEGER}}),
    "a column added": (BASE, {"columns": {**BASE["columns"], "day": {"data_type": "date"}}}),
    "a column renamed": (BASE, {"columns": {"id": INTEGER, "full_name": NAME}}),
    "columns reordered": (BASE, {"columns": {"name": NAME, "id": INTEGER}}),
    "a type changed": (BASE, {"columns": {"id": {"data_type": "date"}, "name": NAME}}),
    "a type widened": (BASE, {"columns": {"id": {"data_type": "bigint"}, "name": NAME}}),
    "a type spelled otherwise": (BASE, {"columns": {"id": {"data_type": "int4"}, "name": NAME}}),
    "a length reduced": (BASE, {"columns": {"id": INTEGER, "name": {"data_type": "varchar(5)"}}}),
    "the contract switched off": (BASE, {**BASE, "enforced": False}),
    "a not_null constraint removed": (KEYED, BASE),
    "a primary key removed": (CHECKED, BASE),
    "a table with constraints becomes a view": (CHECKED, {**CHECKED, "materialized": "view"}),
    "a table without constraints becomes a view": (BASE, {**BASE, "materialized": "view"}),
    "the model removed": (BASE, None),
    "the model removed after its deprecation date": ({**BASE, "deprecated": True}, None),
}


def dbt_says() -> dict[str, list[str]]:
    """What dbt says of each change to an unversioned and to a versioned model."""
    return {
        name: [_said(*pair, version) for version in (None, 1)] for name, pair in CHANGES.items()
    }


def _said(before: Model, after: Model | None, version: int | None) -> str:
    from dbt.adapters.duckdb.impl import DuckDBAdapter
    from dbt.contracts.graph import nodes
    from dbt.exceptions import ContractBreakingChangeError

    said: list[str] = []
    warns = next(name for name in ("warn_or_error", "fire_or_defer_event") if hasattr(nodes, name))
    stand_in = {
        warns: lambda *args, **kwargs: said.append("warning"),
        "get_adapter_constraint_support": lambda name: DuckDBAdapter.CONSTRAINT_SUPPORT,
    }
    with contextlib.ExitStack() as stack:
        for name, value in stand_in.items():
            stack.enter_context(mock.patch.object(nodes, name, value))
        old = _node(before, version)
        try:
            if after is None:
                same = old.same_contract_removed()
            else:
                same = _node(after, version).same_contract(old, "duckdb")
        except ContractBreakingChangeError:
            return "error"
    return said[0] if said else "same" if same else "modified"


def _node(model: Model, version: int | None) -> Any:
    from dbt.contracts.graph.nodes import ModelNode

    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = ModelNode.from_dict(
        {
            **{"resource_type": "model", "unique_id": "model.shop.users", "name": "users"},
            **{"package_name": "shop", "path": "users.sql", "alias": "users", "fqn": ["users"]},
            **{"original_file_path": "users.sql", "database": "dev", "schema": "main"},
            "checksum": {"name": "sha256", "checksum": "0"},
            "version": version,
            "latest_version": version,
            "deprecation_date": past.isoformat() if model.get("deprecated") else None,
            "config": {"materialized": model.get("materialized", "table")},
            "contract": {"enforced": model.get("enforced", True)},
            "columns": {key: {"name": key, **column} for key, column in model["columns"].items()},
            "constraints": model.get("constraints", []),
        }
    )
    made.build_contract_checksum()  # type: ignore[no-untyped-call]
    return made


if __name__ == "__main__":
    print(json.dumps(dbt_says(), indent=1))
