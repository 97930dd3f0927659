"""Two states of a project in which every text that a report shows is a hostile name."""

from __future__ import annotations

from typing import Any

from hostile.names import NAMES
from lineage_manifests import manifest, node

_CONTRACT = {"materialized": "table", "contract": {"enforced": True}}


def _model(called: str, columns: list[str], **more: Any) -> dict[str, Any]:
    return node(
        f"model.shop.{called}",
        None,
        columns={column: {"name": column, "data_type": "integer"} for column in columns},
        config=_CONTRACT,
        access="public",
        **more,
    )


def hostile_states(names: list[str] = NAMES) -> tuple[dict[str, Any], dict[str, Any]]:
    """A manifest and its next state; of each name a column, a model and a file are gone."""
    wide = _model("wide", ["id", *names], original_file_path="models/wide.sql")
    kept = _model("wide", ["id"], original_file_path="models/wide.sql")
    before, after = [wide], [kept]
    for number, name in enumerate(names):
        path = f"models/{name}.sql"
        gone = _model(name, ["id"], name=name, alias=name, original_file_path=path)
        typed = _model(f"t{number}", ["id"], original_file_path=path, meta={"owner": name})
        now = _model(f"t{number}", ["id"], original_file_path=path, meta={"owner": name})
        typed["columns"]["id"]["data_type"] = name
        consumer = node(
            f"model.shop.consumer{name}",
            f"select '{name}' as x from dev.main.wide",
            ("model.shop.wide",),
            name=f"consumer{name}",
            original_file_path=path,
        )
        # Each consumer is listed under each column: a few will do.
        consumers = [consumer] if number % 40 == 0 else []
        pairs = [(typed, now)] if number % 4 == 0 else []
        before += [gone, *consumers, *(pair[0] for pair in pairs)]
        after += [*consumers, *(pair[1] for pair in pairs)]
    after[0]["config"] = {
        **_CONTRACT,
        "meta": {
            "breaking_changes_ack": [
                {"rule": "column_removed", "column": name, "reason": name} for name in names[::2]
            ]
        },
    }
    return manifest(*before), manifest(*after)
