"""A DuckDB that builds mutated nodes as dbt would, and says what it refused.

dbt itself takes seconds for a build; here the compiled SQL of the nodes below a mutation is run in
dbt's order inside a transaction that is rolled back. What dbt adds to the SELECT is taken from the
statements that a real `dbt build` ran (target/run), not from the helper.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from witness_queries import QUERIES

Schema = tuple[tuple[str, str], ...]

#: The sections of a manifest whose nodes are built, or asked as queries would ask them.
SECTIONS = ("nodes", "functions", "semantic_models", "metrics", "saved_queries")

_KINDS = ("model", "snapshot", "test", "function", "semantic_model", "metric", "saved_query")
_SEMANTIC = ("semantic_model", "metric", "saved_query")


@dataclass(frozen=True)
class Built:
    """What became of one node: `error` when refused, `blocked` when a parent of it was."""

    schema: Schema = ()
    error: str | None = None
    blocked: bool = False

    @property
    def depends_on_values(self) -> bool:
        """Whether DuckDB cast a column that it compares and met a value that does not fit.

        Other values would have gone through, so that no SQL can tell. A cast that DuckDB does not
        have at all is another thing.
        """
        error = self.error or ""
        return "when casting from source column" in error and "Unimplemented" not in error

    @property
    def stops(self) -> bool:
        """Whether dbt skips what reads the node."""
        return self.blocked or self.error is not None


class Warehouse:
    """The database of a built project, and the ways its nodes are built.

    Args:
        database: A copy of the built DuckDB file, under its own name.
        manifest: The manifest of that build.
        project: The project's folder, with target/run.
    """

    def __init__(self, database: Path, manifest: Mapping[str, Any], project: Path) -> None:
        self._connection = duckdb.connect(str(database))
        self._nodes: Mapping[str, Any] = {
            name: node for section in SECTIONS for name, node in manifest[section].items()
        }
        self._project = project
        self._order = _ordered(self._nodes)

    def schema(self, node: Mapping[str, Any]) -> Schema:
        """The columns of a node's relation; of an ephemeral model, those of its SQL."""
        what = f"({node['compiled_code']})" if _is_ephemeral(node) else node["relation_name"]
        return self._describe(f"select * from {what}")

    def build(self, nodes: Mapping[str, Any], mutated: str) -> dict[str, Built]:
        """What becomes of the mutated node and of all below it; nothing is kept."""
        built: dict[str, Built] = {}
        self._connection.execute("begin")
        try:
            for unique_id in self._order:
                parents = [name for name in self._parents(unique_id) if name in built]
                if unique_id != mutated and not parents:
                    continue
                if self._nodes[unique_id].get("language") == "python" or any(
                    built[name].stops for name in parents
                ):
                    built[unique_id] = Built(blocked=True)
                    continue
                built[unique_id] = self._build({**self._nodes, **nodes}[unique_id])
                if built[unique_id].error:
                    self._replay(nodes, built)
        finally:
            self._connection.execute("rollback")
        return built

    def _build(self, node: Mapping[str, Any]) -> Built:
        try:
            return Built(schema=self._run(node))
        except duckdb.Error as error:
            return Built(error=f"{type(error).__name__}: {error}".splitlines()[0])

    def _replay(self, nodes: Mapping[str, Any], built: Mapping[str, Built]) -> None:
        """Some errors abort the transaction: what went well before is done again in a new one."""
        self._connection.execute("rollback")
        self._connection.execute("begin")
        for unique_id, outcome in built.items():
            if not outcome.stops:
                self._run({**self._nodes, **nodes}[unique_id])

    def _parents(self, unique_id: str) -> list[str]:
        """What a node is built from; a query of the semantic layer runs on models alone."""
        found: list[str] = []
        for name in self._nodes[unique_id]["depends_on"]["nodes"]:
            kind = self._nodes.get(name, {}).get("resource_type")
            found += self._parents(name) if kind in _SEMANTIC else [name]
        return found

    def _run_function(self, node: Mapping[str, Any]) -> Schema:
        """What dbt ran to make the function, and then called it with."""
        path = self._project / "target" / "run" / node["package_name"]
        (file,) = path.rglob(f"{node['name']}.sql")
        self._connection.execute(file.read_text())
        return ()

    def _run_queries(self, node: Mapping[str, Any]) -> Schema:
        relations = {
            one["name"]: one["relation_name"]
            for one in self._nodes.values()
            if one["resource_type"] == "model"
        }
        for query in QUERIES[node["unique_id"]]:
            self._connection.execute(query.format_map(relations)).fetchall()
        return ()

    def _run(self, node: Mapping[str, Any]) -> Schema:
        if node["resource_type"] in _SEMANTIC:
            return self._run_queries(node)
        if node["resource_type"] == "function":
            return self._run_function(node)
        sql, relation = node["compiled_code"], node["relation_name"]
        materialized = node["config"]["materialized"]
        if node["resource_type"] == "test" or materialized == "ephemeral":
            self._connection.execute(sql).fetchall()
            return self._describe(sql)
        if (node["config"].get("contract") or {}).get("enforced"):
            self._check_contract(node)
        if materialized == "incremental":
            self._fill(node, sql, node["config"]["on_schema_change"], node["config"]["unique_key"])
        elif materialized == "snapshot":
            checked = node["config"]["check_cols"]
            if checked:
                # dbt asks for the columns that it compares, once the table is there.
                self._describe(f"select {', '.join(checked)} from ({sql}\n) as subq")
            self._fill(node, self._snapshot(node), "append_new_columns", None)
        else:
            kind = "view" if materialized == "view" else "table"
            self._connection.execute(f"create or replace {kind} {relation} as (\n{sql}\n)")
            # DuckDB takes a view whose literals do not convert, and refuses to read it.
            self._connection.execute(f"select * from {relation}").fetchall()
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

    def _fill(self, node: Mapping[str, Any], sql: str, on_change: str, key: str | None) -> None:
        """The second run of an incremental model or a snapshot, into the table that is there."""
        relation = node["relation_name"]
        self._connection.execute(f"create temp table new_rows as (\n{sql}\n)")
        try:
            inserted = dict(self.schema(node))
            made = dict(self._describe("select * from new_rows"))
            if on_change == "append_new_columns":
                for name in made.keys() - inserted.keys():
                    add = f'alter table {relation} add column "{name}" {made[name]}'
                    self._connection.execute(add)
                inserted = made
            else:
                assert on_change == "ignore"
            if key:
                # Inside the DELETE a key that the new rows lack is the table's own, and every row
                # goes: dbt succeeds and the data is lost, which counts as refused here.
                self._describe(f"select {key} from new_rows")
                same_key = f"({key}) in (select ({key}) from new_rows)"
                self._connection.execute(f"delete from {relation} where {same_key}")
            columns = ", ".join(f'"{name}"' for name in inserted)
            rows = f"select {columns} from new_rows"
            if node["resource_type"] == "snapshot":
                self._compare_with_past(node)
            self._connection.execute(f"insert into {relation} ({columns}) ({rows})")
            self._connection.execute("drop table temp.new_rows")
        except duckdb.Error as error:
            # The error may have ended the transaction, and with it the table.
            with contextlib.suppress(duckdb.Error):
                self._connection.execute("drop table temp.new_rows")
            raise error

    def _compare_with_past(self, node: Mapping[str, Any]) -> None:
        """The conditions of dbt's snapshot_staging_table, on the rows that are there."""
        config = node["config"]
        tests = [f"old.{config['unique_key']} = new.{config['unique_key']}"]
        if config["strategy"] == "timestamp":
            tests.append(f"old.dbt_valid_from < new.{config['updated_at']}")
        tests += [f"old.{name} != new.{name}" for name in config["check_cols"] or ()]
        conditions = " and ".join(tests)
        self._connection.execute(
            f"select * from {node['relation_name']} as old join new_rows as new on {conditions}"
        ).fetchall()

    def _snapshot(self, node: Mapping[str, Any]) -> str:
        """The SELECT that dbt's first run of a snapshot ran, with the SQL of now in it."""
        folder = self._project / "target" / "run" / node["package_name"]
        (path,) = folder.rglob(f"{node['name']}.sql")
        ran = path.read_text()
        was = self._nodes[node["unique_id"]]["compiled_code"].strip()
        assert ran.count(was) == 1, ran
        select: str = ran.replace(was, node["compiled_code"]).partition(" as (")[2]
        return select.rstrip().rstrip(";").rstrip().removesuffix(")")

    def _describe(self, sql: str) -> Schema:
        rows = self._connection.execute(f"describe {sql}").fetchall()
        return tuple((row[0], row[1]) for row in rows)


def _is_ephemeral(node: Mapping[str, Any]) -> bool:
    return bool(node["config"].get("materialized") == "ephemeral")


def _ordered(nodes: Mapping[str, Any]) -> list[str]:
    """The nodes with SQL, parents first."""
    kinds = _KINDS
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
