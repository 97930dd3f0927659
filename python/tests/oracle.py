"""Asks DuckDB which nodes of a changed project it refuses to build."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
from projects import Project

_FAILED = {"error", "fail", "runtime error", "partial success"}


def freeze_views(built: Path, frozen: Path) -> None:
    """Copies a database and makes each view a table.

    A view that cannot be replaced would go on reading what it read, changed or not. A table keeps
    what it held before the change, so that its consumers are judged by that. Seeds are left out, as
    dbt would fill their old tables with columns that they may no longer have.
    """
    shutil.copy(built, frozen)
    with duckdb.connect(str(frozen)) as database:
        views = database.execute(
            "select schema_name, view_name from duckdb_views() where not internal"
        ).fetchall()
        for schema, view in views:
            database.execute(
                f'create table "{schema}"."{view}__frozen" as from "{schema}"."{view}"'
            )
        database.execute("drop schema main_reference cascade")
        for schema, view in views:
            database.execute(f'drop view "{schema}"."{view}"')
            database.execute(f'alter table "{schema}"."{view}__frozen" rename to "{view}"')


def refused(project: Project, frozen: Path) -> set[str]:
    """The unique_ids of the nodes that fail, each built on parents that hold what they held.

    What dbt skips because a parent failed is built again on the parent's old table, until every
    node was tried.
    """
    project.target.mkdir(exist_ok=True)
    shutil.copy(frozen, project.database)
    # dbt builds nothing of a saved query; one below a failure would be skipped for ever.
    outcome = project.dbt("build", "--exclude-resource-types", "exposure saved_query")
    assert outcome.statuses, outcome.errors
    failed: set[str] = set()
    before = len(outcome.statuses)
    while True:
        failed |= {node for node, status in outcome.statuses.items() if status in _FAILED}
        skipped = [node for node, status in outcome.statuses.items() if status == "skipped"]
        if not skipped:
            return {node for node in failed if _tested(node) not in failed}
        assert len(skipped) < before, f"never tried: {skipped}"
        before = len(skipped)
        # A unit test that failed would be run again with its model, and keep it from being built.
        outcome = project.dbt(
            *("build", "--indirect-selection", "empty"),
            *("--select", *project.selectors(skipped)),
            *("--exclude", *project.selectors(failed)),
        )


def _tested(unique_id: str) -> str | None:
    """The model of a unit test, which fails with it."""
    kind, package, model = unique_id.split(".")[:3]
    return f"model.{package}.{model}" if kind == "unit_test" else None
