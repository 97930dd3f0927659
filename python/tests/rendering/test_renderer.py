"""The worlds, settings and classes that no compiled project shows."""

from __future__ import annotations

import datetime
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.base.relation import EventTimeFilter
from dbt.adapters.duckdb.column import DuckDBColumn
from dbt.adapters.duckdb.relation import DuckDBRelation
from dbt.adapters.postgres.column import PostgresColumn
from dbt.adapters.postgres.relation import PostgresRelation
from lineage_manifests import PROJECT, manifest, node

from breaking_changes.artifacts import Manifest
from breaking_changes.binder import Column
from breaking_changes.rendering import MadeUp, NotRendered, Renderer
from breaking_changes.rendering.column import column_class, listed
from breaking_changes.rendering.parity import with_ctes
from breaking_changes.rendering.relation import Relation
from breaking_changes.rendering.scope import BATCH
from breaking_changes.rendering.styles import PARTS, STYLES

PARENT = f"model.{PROJECT}.orders"
CHILD = f"model.{PROJECT}.child"


def _renderer(text: str, adapter: str = "duckdb", **child: Any) -> Renderer:
    event_time = {"materialized": "table", "event_time": "ordered_at"}
    raw = manifest(
        node(PARENT, "select 1", config=event_time),
        node(CHILD, text, (PARENT,), **child),
        adapter_type=adapter,
    )
    return Renderer(Manifest(raw))


def _render(renderer: Renderer, incremental: bool = False) -> str:
    try:
        child = renderer.manifest.nodes[CHILD]
        return renderer.render(child, lambda name: None, incremental).sql
    finally:
        renderer.close()


def test_a_batch_of_a_microbatch_model_filters_what_it_reads_by_event_time() -> None:
    config = {"materialized": "incremental", "incremental_strategy": "microbatch"}
    start, end = (datetime.datetime.fromisoformat(moment) for moment in BATCH)
    by_dbt = DuckDBRelation.create(
        database="dev",
        schema="main",
        identifier="orders",
        event_time_filter=EventTimeFilter(field_name="ordered_at", start=start, end=end),
    )
    text = "select * from {{ ref('orders') }}"
    assert _render(_renderer(text, config=config), incremental=True) == f"select * from {by_dbt}"
    plain = 'select * from "dev"."main"."orders"'
    assert _render(_renderer(text, config=config)) == plain
    assert _render(_renderer(text), incremental=True) == plain


def test_columns_that_are_not_known_are_named_and_count_as_none() -> None:
    text = "{{ adapter.get_columns_in_relation(ref('orders')) | length }}"
    renderer = _renderer(text)
    child = renderer.manifest.nodes[CHILD]
    unknown = renderer.render(child, lambda name: None)
    empty = renderer.render(child, lambda name: [])
    known = renderer.render(child, lambda name: [Column("a"), Column("b", "INTEGER")])
    renderer.close()
    assert (unknown.sql, unknown.asked, unknown.unknown) == ("0", (PARENT,), (PARENT,))
    assert (empty.sql, empty.asked, empty.unknown) == ("0", (PARENT,), ())
    assert (known.sql, known.asked, known.unknown) == ("2", (PARENT,), ())


RAW_SEED, RAW_SOURCE = f"seed.{PROJECT}.raw_orders", f"source.{PROJECT}.raw.orders"


@pytest.mark.parametrize("parent", [RAW_SEED, RAW_SOURCE])
def test_a_seed_that_is_a_source_as_well_is_the_one_that_the_node_depends_on(parent: str) -> None:
    loaded = node(RAW_SEED, "", alias="raw_orders")
    declared = {**node(RAW_SOURCE, "", alias="raw_orders"), "source_name": "raw"}
    declared |= {"name": "orders", "identifier": "raw_orders"}
    text = (
        "{{ adapter.get_columns_in_relation("
        "api.Relation.create('dev', 'main', 'raw_orders')) | length }}"
    )
    raw = manifest(loaded, declared, node(CHILD, text, (parent,)))
    renderer = Renderer(Manifest(raw))
    rendered = renderer.render(renderer.manifest.nodes[CHILD], lambda name: None)
    renderer.close()
    assert rendered.asked == (parent,)


#: What macros ask of the rows that a query finds, and the text where it finds 3 and "b".
ASKED_OF_ROWS = {
    "found[1].rows[0][0]": "3",
    "found[1].rows | length": "2",
    "found[1].rows[1]['kind']": "b",
    "found[1].columns[0].values() | join(',')": "3,b",
    "found[1].columns['kind'][1]": "b",
    "found[1].columns | length": "1",
    "found[1].column_names | join(',')": "value",
    "found[1] | length": "2",
    "found[1] | map(attribute=0) | join(',')": "3,b",
    "found[1].rows | map(attribute='kind') | join(',')": "3,b",
}


@pytest.mark.parametrize(("asked", "expected"), ASKED_OF_ROWS.items(), ids=ASKED_OF_ROWS)
def test_made_up_rows_answer_as_those_of_a_query(asked: str, expected: str) -> None:
    renderer = _renderer(
        "{% set found = adapter.execute('select', fetch=true) %}{{ " + asked + " }}"
    )
    child = renderer.manifest.nodes[CHILD]
    rendered = renderer.render(child, lambda name: None, made_up=MadeUp([3, "b"]))
    renderer.close()
    assert rendered.sql == expected


def test_results_are_kept_by_name_until_the_node_is_rendered() -> None:
    text = (
        "{% set found = adapter.execute('select', fetch=true) %}"
        "{{ store_result('kinds', found[0], found[1]) }}"
        "{{ load_result('kinds').data }} {{ load_result('other') is none }}"
    )
    renderer = _renderer(text)
    child = renderer.manifest.nodes[CHILD]
    rendered = renderer.render(child, lambda name: None, made_up=MadeUp([3, "b"]))
    assert rendered.sql == "[[3], ['b']] True"
    with pytest.raises(NotRendered, match=r"adapter\.execute asks the warehouse"):
        renderer.render(child, lambda name: None)
    with pytest.raises(NotRendered, match="load_result asks the warehouse"):
        renderer.render_text("{{ load_result('kinds') }}", child, lambda name: None)
    renderer.close()


def test_before_its_first_run_a_node_has_no_columns() -> None:
    renderer = _renderer("{{ adapter.get_columns_in_relation(this) | length }}")
    child = renderer.manifest.nodes[CHILD]
    first = renderer.render(child, lambda name: [Column("a")])
    later = renderer.render(child, lambda name: [Column("a")], incremental=True)
    renderer.close()
    assert (first.sql, first.asked) == ("0", ())
    assert (later.sql, later.asked) == ("1", (CHILD,))


def test_in_an_empty_warehouse_nothing_has_columns() -> None:
    text = (
        "{{ adapter.get_columns_in_relation(ref('orders')) | length }} "
        "{{ adapter.get_relation('dev', 'main', 'orders') is none }} {{ flags.WHICH }}"
    )
    renderer = _renderer(text)
    child = renderer.manifest.nodes[CHILD]
    built = renderer.render(child, lambda name: [Column("a")])
    empty = renderer.render(child, lambda name: [Column("a")], is_empty=True)
    renderer.close()
    assert (built.sql, built.asked) == ("1 False run", (PARENT,))
    assert (empty.sql, empty.asked) == ("0 True compile", ())


def test_a_refusal_names_the_columns_that_were_not_known() -> None:
    text = (
        "{% if not adapter.get_columns_in_relation(ref('orders')) %}"
        "{{ exceptions.raise_compiler_error('no columns') }}{% endif %}done"
    )
    renderer = _renderer(text)
    child = renderer.manifest.nodes[CHILD]
    with pytest.raises(NotRendered, match="no columns") as refused:
        renderer.render(child, lambda name: None)
    assert (refused.value.asked, refused.value.unknown) == ((PARENT,), (PARENT,))
    assert renderer.render(child, lambda name: [Column("a")]).sql == "done"
    renderer.close()


def test_where_processes_cannot_be_forked_they_are_spawned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert _render(_renderer("{{ ref('orders') }}")) == '"dev"."main"."orders"'


def test_a_text_that_grew_too_large_leaves_nothing_behind() -> None:
    renderer = _renderer("{% for i in range(99999) %}{{ this }}{{ 'x' * 99 }}{% endfor %}")
    child, parent = renderer.manifest.nodes[CHILD], renderer.manifest.nodes[PARENT]
    for _ in range(2):
        with pytest.raises(NotRendered, match="too large"):
            renderer.render(child, lambda name: None)
        after = renderer.render_text("{{ this.identifier }}", parent, lambda name: None)
        assert after.sql == "orders"
    renderer.close()


def test_a_hook_is_rendered_in_its_node() -> None:
    renderer = _renderer("select 1")
    child = renderer.manifest.nodes[CHILD]
    hook = renderer.render_text("grant select on {{ this }} to crm", child, lambda name: None)
    renderer.close()
    assert hook.sql == 'grant select on "dev"."main"."child" to crm'


def test_a_python_model_is_not_rendered() -> None:
    with pytest.raises(NotRendered, match="Python model") as refused:
        _render(_renderer("def model(dbt, session): ...", language="python"))
    assert refused.value.kind == "missing"


#: Given on the command line, of the root project's file, of the package's file; what `var` gives.
VARS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], int]] = {
    "the command line wins": ({"x": 1}, {"x": 2, "helpers": {"x": 3}}, {"x": 4}, 1),
    "the root's value for the package": ({}, {"x": 2, "helpers": {"x": 3}}, {"x": 4}, 3),
    "the root's value": ({}, {"x": 2}, {"helpers": {"x": 4}}, 2),
    "the package's own": ({}, {}, {"helpers": {"x": 4}, "x": 5}, 4),
    "the package's global one": ({}, {}, {"x": 5}, 5),
    "the default": ({}, {}, {}, 6),
}


@pytest.mark.parametrize("case", VARS)
def test_a_package_sees_its_vars(tmp_path: Path, case: str) -> None:
    given, root, package, expected = VARS[case]
    _write_project(tmp_path, PROJECT, root)
    _write_project(tmp_path / "dbt_packages" / "helpers", "helpers", package)
    assert _package_var(tmp_path, given) == str(expected)


def test_a_default_does_not_stand_in_for_the_vars_of_a_package_that_is_not_there(
    tmp_path: Path,
) -> None:
    _write_project(tmp_path, PROJECT, {})
    with pytest.raises(NotRendered, match="helpers, which is not installed: run `dbt deps`"):
        _package_var(tmp_path, {})


@pytest.mark.parametrize(
    ("written", "value"), [("{x: 2}", "2"), ("\n  x: 2", "2"), ("\n  y: &a 1\n  x: *a", "1")]
)
def test_vars_are_read_without_pyyaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, value: str
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    _write_project(tmp_path / "dbt_packages" / "helpers", "helpers", {})
    (tmp_path / "dbt_project.yml").write_text(f"name: {PROJECT}\nvars: {written}\n")
    assert _package_var(tmp_path, {}) == value


@pytest.mark.parametrize("written", ["{x: 0x1F}", "\n  x: >\n    1\n", "\n\tx: 1"])
def test_a_default_does_not_stand_in_for_vars_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    (tmp_path / "dbt_project.yml").write_text(f"name: {PROJECT}\nvars: {written}\n")
    with pytest.raises(NotRendered, match="pip install pyyaml"):
        _package_var(tmp_path, {})


def _write_project(folder: Path, name: str, variables: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = f"name: {name}\n" + (f"vars: {variables}\n" if variables else "")
    (folder / "dbt_project.yml").write_text(text, encoding="utf-8")


def _package_var(project: Path, given: dict[str, Any]) -> str:
    raw = manifest(node(CHILD, "{{ var('x', 6) }}", package_name="helpers"))
    renderer = Renderer(Manifest(raw), given, project)
    try:
        return renderer.render(renderer.manifest.nodes[CHILD], lambda name: None).sql
    finally:
        renderer.close()


TYPES = [
    "integer",
    "bigint",
    "smallint",
    "text",
    "varchar",
    "character",
    "boolean",
    "date",
    "real",
    "float",
    "double",
    "decimal",
    "numeric",
    "timestamp",
    "int8",
    "float8",
    "tinyint",
    "hugeint",
    "json",
]
SIZES = ((None, None, None), (30, None, None), (None, 10, 2))


@pytest.mark.parametrize(
    ("adapter", "theirs"), [("duckdb", DuckDBColumn), ("postgres", PostgresColumn)]
)
def test_columns_answer_as_those_of_the_adapter(adapter: str, theirs: Any) -> None:
    ours = column_class(adapter)
    for name, size in itertools.product(TYPES, SIZES):
        one, other = ours("x", name, *size), theirs("x", name, *size)
        asked = ["name", "quoted", "data_type", "expanded_data_type"]
        assert {key: getattr(one, key) for key in asked} == {
            key: getattr(other, key) for key in asked
        }
        asked = ["is_string", "is_number", "is_integer", "is_numeric", "is_float"]
        assert [getattr(one, key)() for key in asked] == [getattr(other, key)() for key in asked]
        assert ours.translate_type(name) == theirs.translate_type(name)
        assert not one.is_string() or one.string_size() == other.string_size()


@pytest.mark.parametrize(
    ("adapter", "spelling", "data_type"),
    [
        ("postgres", "VARCHAR(30)", "character varying(30)"),
        ("postgres", "VARCHAR", "character varying"),
        ("postgres", "TEXT", "TEXT"),
        ("postgres", "DECIMAL(10, 2)", "numeric(10,2)"),
        ("postgres", "TIMESTAMPTZ", "timestamp with time zone"),
        ("postgres", "INT", "integer"),
        ("duckdb", "DECIMAL(10,2)", "DECIMAL(10,2)"),
        ("snowflake", "NUMBER(38,0)", "NUMBER(38,0)"),
        ("bigquery", "INT64", "INT64"),
    ],
)
def test_a_type_is_listed_as_the_warehouse_spells_it(
    adapter: str, spelling: str, data_type: str
) -> None:
    assert listed(column_class(adapter), "x", spelling).data_type == data_type


def _policies() -> Iterator[dict[str, bool]]:
    for flags in itertools.product((True, False), repeat=3):
        yield dict(zip(PARTS, flags, strict=True))


@pytest.mark.parametrize(
    ("adapter", "theirs"), [("duckdb", DuckDBRelation), ("postgres", PostgresRelation)]
)
def test_relations_are_written_as_those_of_the_adapter(adapter: str, theirs: Any) -> None:
    one = Relation.of(STYLES[adapter], "d", "s", "i")
    other = theirs.create(database="d", schema="s", identifier="i")
    for policy in _policies():
        assert str(one.quote(**policy)) == str(other.quote(**policy))
        assert str(one.include(**policy)) == str(other.include(**policy))
    assert repr(one) == repr(other)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select 1", "with a as (x) select 1"),
        ("with b as (y) select 1", "with a as (x),  b as (y) select 1"),
        ("-- why\n/* c */ WITH b as (y)", "-- why\n/* c */ WITH a as (x),  b as (y)"),
        ("with recursive b as (y)", "with recursive a as (x),  b as (y)"),
    ],
)
def test_ephemeral_parents_are_put_in_front_as_dbt_does(sql: str, expected: str) -> None:
    assert with_ctes(sql, [" a as (x)"]) == expected
    assert with_ctes(sql, []) == sql
