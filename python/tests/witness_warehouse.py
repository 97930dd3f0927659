"""A DuckDB that builds mutated nodes as dbt would, and says what it refused.

dbt itself takes seconds for a build; here the compiled SQL of the nodes below a mutation is run in
dbt's order inside a transaction that is rolled back. What dbt adds to the SELECT is taken from the
statements that a real `dbt build` ran (target/run), not from the helper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

Schema = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Built:
    """What became of one node: `error` when refused, `blocked` when a parent of it was."""

    schema: Schema = ()
    error: str | None = None
    blocked: bool = False


class Warehouse:
    """The database of a built project, and the ways its nodes are built.

    Args:
        database: A copy of the built DuckDB file, under its own name.
        manifest: The manifest of that build.
        project: The project's folder, with target/run.
    """

    def __init__(self, database: Path, manifest: Mapping[str, Any], project: Path) -> None:
        self._connection = duckdb.connect(str(database))
        self._nodes: Mapping[str, Any] = manifest["nodes"]
        self._project = project
        self._order = _ordered(self._nodes)

    def schema(self, node: Mapping[str, Any]) -> Schema:
        """The columns of a node's relation; of an ephemeral model, those of its SQL."""
        what = f"({node['compiled_code']})" if _is_ephemeral(node) else node["relation_name"]
        return self._describe(f"select * from {what}")

    def build(self, nodes: Mapping[str, Any], mutated: str) -> dict[str, Built]:
        """What becomes of the mutated node and of all below it; nothing is kept."""
        touched = {mutated}
        built: dict[str, Built] = {}
        self._connection.execute("begin")
        try:
            for unique_id in self._order:
                node = nodes[unique_id]
                parents = [name for name in node["depends_on"]["nodes"] if name in touched]
                if unique_id != mutated and not parents:
                    continue
                touched.add(unique_id)
                if any(_stops(built[name]) for name in parents if unique_id != mutated):
                    built[unique_id] = Built(blocked=True)
                elif node.get("language") != "python":
                    built[unique_id] = self._build(node)
                else:
                    built[unique_id] = Built(blocked=True)
        finally:
            self._connection.execute("rollback")
        return built

    def _build(self, node: Mapping[str, Any]) -> Built:
        try:
            return Built(schema=self._run(node))
        except duckdb.Error as error:
            return Built(error=f"{type(error).__name__}: {error}".splitlines()[0])

    def _run(self, node: Mapping[str, Any]) -> Schema:
        sql, relation = node["compiled_code"], node["relation_name"]
        materialized = node["config"]["materialized"]
        if node["resource_type"] == "test":
            return self._describe(f"select * from ({sql}\n) as failures")
        if materialized == "ephemeral":
            return self._describe(sql)
        if (node["config"].get("contract") or {}).get("enforced"):
            self._check_contract(node)
        if materialized == "incremental":
            self._insert(node)
        elif materialized == "snapshot":
            self._connection.execute(self._snapshot(node))
        else:
            kind = "view" if materialized == "view" else "table"
            self._connection.execute(f"create or replace {kind} {relation} as (\n{sql}\n)")
        return self._describe(f"select * from {relation}")

    def _check_contract(self, node: Mapping[str, Any]) -> None:
        """dbt's assert_columns_equivalent."""
        casts = ", ".join(
            f"cast(null as {column['data_type']}) as {column['name']}"
            for column in node["columns"].values()
        )
        found = set(self._describe(node["compiled_code"]))
        if found != set(self._describe(f"select {casts}")):
            raise duckdb.BinderException("the contract is violated")

    def _insert(self, node: Mapping[str, Any]) -> None:
        """dbt-duckdb's incremental materialization with on_schema_change: ignore."""
        assert node["config"].get("on_schema_change") in (None, "ignore")
        columns = ", ".join(f'"{name}"' for name, _ in self.schema(node))
        self._connection.execute(f"create temp table new_rows as (\n{node['compiled_code']}\n)")
        try:
            self._connection.execute(
                f"insert into {node['relation_name']} ({columns}) (select {columns} from new_rows)"
            )
        finally:
            self._connection.execute("drop table temp.new_rows")

    def _snapshot(self, node: Mapping[str, Any]) -> str:
        """The statement of the first run of a snapshot, with the SQL of now in it."""
        path = self._project / "target" / "run" / node["package_name"] / node["original_file_path"]
        ran = next(iter(sorted(path.parent.rglob(f"{node['name']}.sql")))).read_text()
        was = self._nodes[node["unique_id"]]["compiled_code"].strip()
        assert ran.count(was) == 1, ran
        statement = ran.replace(was, node["compiled_code"])
        return statement.replace("create table", "create or replace table", 1)

    def _describe(self, sql: str) -> Schema:
        rows = self._connection.execute(f"describe {sql}").fetchall()
        return tuple((row[0], row[1]) for row in rows)


def _stops(built: Built) -> bool:
    return built.blocked or built.error is not None


def _is_ephemeral(node: Mapping[str, Any]) -> bool:
    return bool(node["config"]["materialized"] == "ephemeral")


def _ordered(nodes: Mapping[str, Any]) -> list[str]:
    """The nodes with SQL, parents first."""
    kinds = ("model", "snapshot", "test")
    waiting = sorted(name for name, node in nodes.items() if node["resource_type"] in kinds)
    placed: dict[str, None] = {}
    while waiting:
        ready = [name for name in waiting if not _unplaced(nodes[name], nodes, placed, kinds)]
        placed.update(dict.fromkeys(ready))
        waiting = [name for name in waiting if name not in placed]
    return list(placed)


def _unplaced(
    node: Mapping[str, Any],
    nodes: Mapping[str, Any],
    placed: Mapping[str, None],
    kinds: Iterable[str],
) -> bool:
    return any(
        parent not in placed
        for parent in node["depends_on"]["nodes"]
        if parent in nodes and nodes[parent]["resource_type"] in kinds
    )
