"""A catalog.json of another run of dbt than manifest.json does not count, and that is said."""

from __future__ import annotations

import pytest
from lineage_manifests import catalog, manifest, node

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.lineage.nodes.known_columns import unused_catalog

STG, RAW = "model.shop.stg", "source.shop.crm.users"
SAID = (
    "catalog.json lists it but is of another run of dbt than manifest.json: "
    "run `dbt docs generate`, which writes both."
)


# the node, the run of manifest.json, that of catalog.json, whether it lists the node, what is said
@pytest.mark.parametrize(
    ("unique_id", "run", "listed_by", "is_listed", "said"),
    [
        (STG, "one", "one", True, None),
        (STG, "one", "other", True, SAID),
        (STG, None, None, True, SAID),
        (STG, "one", "other", False, None),
        (RAW, "one", "other", True, None),
    ],
)
def test_a_catalog_of_another_run_is_named(
    unique_id: str, run: str | None, listed_by: str | None, is_listed: bool, said: str | None
) -> None:
    made = manifest(node(STG, "select 1 as id"), node(RAW))
    made["metadata"]["invocation_id"] = run
    listed = catalog(**({unique_id: {"id": "INTEGER"}} if is_listed else {}))
    listed["metadata"] = {"invocation_id": listed_by}
    target = Target(Manifest(made), Catalog(listed))
    assert unused_catalog(target.manifest.nodes[unique_id], target) == said
