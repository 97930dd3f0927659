"""Places in reports exist: files from the repository's root, lines of entries in YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from render import samples

from breaking_changes.places import Places
from breaking_changes.project import Project
from breaking_changes.yaml_entries import YamlFile

YAML = """\
version: 2
sources:
  - name: raw
    tables: [{name: users}]
  - name: crm
    tables:
      - name: users
      - name: orders
        columns:
          - name: id
          - {name: Amount}
models:
  - name: users
    data_tests:
      - shop.at_least_one:
          arguments: {column: id}
    columns:
      - name: id
        data_tests: [unique, not_null]
      - name: phone
        tests:
          - relationships: {to: ref('orders'), field: id}
          - name: phone_set
            test_name: not_null
  - name: orders
snapshots: [{name: users_history}]
exposures:
  - label: CRM
    name: crm_export
semantic_models:
  - name: orders
metrics: [{name: revenue}]
unit_tests:
  - name: counts
saved_queries:
  - name: weekly
"""


def data_test(column: str | None, name: str, attached: str, namespace: str | None = None) -> Any:
    metadata = {"name": name, "namespace": namespace}
    return {
        "resource_type": "test",
        "column_name": column,
        "test_metadata": metadata,
        "attached_node": attached,
    }


def named(kind: str, name: str) -> dict[str, Any]:
    return {"resource_type": kind, "name": name}


SOURCE = {"resource_type": "source", "source_name": "crm", "name": "orders"}


@pytest.mark.parametrize(
    ("node", "column", "line"),
    [
        (named("model", "users"), None, 13),
        (named("model", "users"), "PHONE", 20),
        (named("model", "users"), "gone", 13),
        (named("model", "orders"), None, 25),
        (named("model", "missing"), None, None),
        (SOURCE, None, 8),
        (SOURCE, "amount", 11),
        (SOURCE | {"source_name": "raw", "name": "users"}, None, 4),
        (named("snapshot", "users_history"), None, 26),
        (named("exposure", "crm_export"), None, 28),
        (named("semantic_model", "orders"), None, 31),
        (named("metric", "revenue"), None, 32),
        (named("unit_test", "counts"), None, 34),
        (named("saved_query", "weekly"), None, 36),
        (named("operation", "shop-on-run-end-0"), None, None),
        (data_test("id", "not_null", "model.shop.users"), None, 19),
        (data_test("phone", "relationships", "model.shop.users"), None, 22),
        (data_test("phone", "not_null", "model.shop.users"), None, 23),
        (data_test(None, "at_least_one", "model.shop.users", "shop"), None, 15),
        (data_test("id", "not_null", "model.shop.users.v2"), None, 19),
        (data_test("gone", "unique", "model.shop.users"), None, None),
        (data_test("amount", "unique", "source.shop.crm.orders"), None, 11),
    ],
)
def test_the_line_of_an_entry(
    tmp_path: Path, node: dict[str, Any], column: str | None, line: int | None
) -> None:
    file = tmp_path / "_all.yml"
    file.write_text(YAML)
    found = YamlFile.read(file).line_of(node, column)
    assert found == line


@pytest.mark.parametrize(
    "text", ["", "- just\n- a list\n", "models: {a: 1}\n", "a: [", "models:\n"]
)
def test_a_file_that_says_nothing_has_no_entries(tmp_path: Path, text: str) -> None:
    file = tmp_path / "_all.yml"
    file.write_text(text)
    assert YamlFile.read(file).line_of(named("model", "a")) is None
    assert YamlFile.read(tmp_path / "missing.yml").line_of(named("model", "a")) is None


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A project below its repository; a package is linked, one installed, one lies outside."""
    root = tmp_path / "repository"
    project = root / "integration_tests"
    files = [
        root / ".git" / "HEAD",
        root / "models" / "hub.sql",
        project / "models" / "orders.sql",
        project / "packs" / "utils" / "models" / "u.sql",
        tmp_path / "elsewhere" / "models" / "e.sql",
    ]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text("select 1")
    (project / "models" / "_all.yml").write_text(YAML)
    (project / "dbt_project.yml").write_text("name: shop\npackages-install-path: packs\n")
    (project / "packs" / "hub").symlink_to("../..")
    (project / "packs" / "outer").symlink_to("../../../elsewhere")
    found = Project.at(project)
    return Places.of(found)


@pytest.mark.parametrize(
    ("path", "existing", "named"),
    [
        ("models/orders.sql", "integration_tests/models/orders.sql", None),
        ("models/gone.sql", None, "integration_tests/models/gone.sql"),
        ("dbt_packages/hub/models/hub.sql", "models/hub.sql", None),
        ("dbt_packages/utils/models/u.sql", "integration_tests/packs/utils/models/u.sql", None),
        (
            "dbt_packages/outer/models/e.sql",
            None,
            "integration_tests/dbt_packages/outer/models/e.sql",
        ),
    ],
)
def test_a_path_from_the_repositorys_root(
    places: Places, path: str, existing: str | None, named: str | None
) -> None:
    report = samples.report([samples.change("column_removed", samples.STG, "a", path=path, line=3)])
    (change,) = places.from_root(report, existing=True)["changes"]
    assert (change["path"], change["line"]) == (existing, 3 if existing else None)
    (change,) = places.from_root(report, existing=False)["changes"]
    assert change["path"] == (named or existing)
    assert places.project_file == "integration_tests/dbt_project.yml"


def test_only_entries_in_yaml_get_a_line(places: Places) -> None:
    change = samples.change(
        *("column_removed", "source.shop.crm.orders", "amount"),
        path="models/_all.yml",
        line=None,
        impact=[
            samples.impact("exposure.shop.crm_export", "unknown", "", path="models/_all.yml"),
            samples.impact("model.shop.orders", "breaks", "", path="models/orders.sql", line=None),
        ],
    )
    nodes = {
        "source.shop.crm.orders": SOURCE,
        "exposure.shop.crm_export": named("exposure", "crm_export"),
        "model.shop.orders": named("model", "orders"),
    }
    report = samples.report([change])
    before = json.dumps(report)
    placed = places.with_entries(report, nodes)["changes"][0]
    assert [placed["line"], *(one["line"] for one in placed["impact"])] == [11, 28, None]
    assert json.dumps(report) == before
    assert Places().with_entries(report, nodes) is report
