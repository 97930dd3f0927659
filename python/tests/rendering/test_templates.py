"""Templates, rendered here and compiled by dbt: both must give the text that the tables expect."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pytest
from projects import Project, made_once
from rendering.cases import PROJECT, Case, cases, without_blank_lines

from breaking_changes.artifacts import Manifest, load_target
from breaking_changes.binder import Column
from breaking_changes.rendering import NotRendered, Renderer
from breaking_changes.rendering.parity import compare, is_same

_NODES = frozenset({"model", "test", "snapshot"})


@dataclass(frozen=True)
class Compiled:
    """The project of the fixtures, compiled by dbt."""

    root: Path

    @cached_property
    def manifest(self) -> Manifest:
        return Manifest.load(self.root / "target" / "manifest.json")

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.manifest, project_dir=self.root)

    @cached_property
    def columns(self) -> dict[str, list[Column]]:
        return {
            name: [Column(*column) for column in columns]
            for name, columns in json.loads((self.root / "columns.json").read_text()).items()
        }

    def columns_of(self, unique_id: str) -> Sequence[Column] | None:
        return self.columns.get(unique_id)


@pytest.fixture(scope="session")
def compiled(shared_folder: Path) -> Iterator[Compiled]:
    made = Compiled(made_once(shared_folder / "rendering", _compile))
    yield made
    made.renderer.close()


def _compile(root: Path) -> None:
    shutil.copytree(PROJECT, root)
    (root / "packages").rename(root / "dbt_packages")
    for case in cases():
        file = root / case.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(case.template, encoding="utf-8")
    project = Project(root)
    inner = ("path:models/cases", "helpers", "resource_type:test", "resource_type:snapshot")
    project.dbt("build", "--exclude", *inner).expect_success()
    with duckdb.connect(root / "target" / "fixtures.duckdb") as connection:
        for case in cases():
            if case.incremental:
                connection.execute(f"create table main.{case.name} as select 1 as id, '' as name")
    # dbt stops at the first node that it cannot compile.
    failing = [case.name for case in cases() if case.dbt_fails]
    project.dbt("compile", "--exclude", *failing).expect_success()
    _write_columns(root)


def _write_columns(root: Path) -> None:
    """What DuckDB says of every table, by the node's unique_id."""
    nodes = Manifest.load(root / "target" / "manifest.json").nodes.values()
    named = {(node.text("schema"), node.identifier): node.unique_id for node in nodes}
    columns: dict[str, list[tuple[str, str]]] = {}
    with duckdb.connect(root / "target" / "fixtures.duckdb") as connection:
        listed = connection.execute(
            "select table_schema, table_name, column_name, data_type "
            "from information_schema.columns order by ordinal_position"
        ).fetchall()
    for schema, table, column, kind in listed:
        if (schema, table) in named:
            columns.setdefault(named[schema, table], []).append((column, kind))
    (root / "columns.json").write_text(json.dumps(columns), encoding="utf-8")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_case(compiled: Compiled, case: Case) -> None:
    node = compiled.manifest.nodes[case.unique_id]
    by_dbt = without_blank_lines(node.compiled_code or "")
    assert (node.compiled_code is None) == case.dbt_fails
    try:
        rendered = compiled.renderer.render(node, compiled.columns_of, case.incremental)
    except NotRendered as refused:
        assert f"{refused.kind}: {refused}" == case.refused
        return
    assert case.refused is None, rendered.sql
    sql = without_blank_lines(rendered.sql)
    assert is_same(rendered.sql, node, by_dbt)
    assert case.as_dbt or sql == case.sql
    assert rendered.asked == case.asked
    assert rendered.unknown == ()


def test_every_other_node_of_the_project_renders_as_dbt_compiles_it(compiled: Compiled) -> None:
    inner = {case.unique_id for case in cases()}
    nodes = [
        node
        for node in compiled.manifest.nodes.values()
        if node.resource_type in _NODES and node.unique_id not in inner
    ]
    assert {node.resource_type for node in nodes} == _NODES
    for node in nodes:
        rendered = compiled.renderer.render(node, compiled.columns_of)
        assert is_same(rendered.sql, node, node.compiled_code or ""), node.unique_id


def test_every_node_of_the_shop_renders_as_dbt_compiles_it(shop_built: Project) -> None:
    compared = list(compare(load_target(shop_built.target)))
    assert len(compared) > 20
    assert [one for one in compared if not one.equal] == []
