"""Each side is rendered with its own vars, as dbt scopes them; both manifests are the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lineage_manifests import PROJECT, manifest, node

from breaking_changes.comparison import compare

PACKAGE = "tools"
MODEL = "select 1 as id, 2 as {{ var('label', 'fallback') }}"
MACRO = f"macro.{PACKAGE}.named"

#: What a side's files set: the root project's vars, and those of the package itself.
Files = tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Case:
    """What both sides set, and the column that the model has on either of them."""

    before: Files
    after: Files
    columns: tuple[str, str]
    package: str = PROJECT
    sql: str = MODEL
    given: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    "of the project": Case(({"label": "old"}, {}), ({"label": "new"}, {}), ("old", "new")),
    "of the project, under its own name": Case(
        ({PROJECT: {"label": "old"}}, {}), ({PROJECT: {"label": "new"}}, {}), ("old", "new")
    ),
    "set where the default was taken": Case(({}, {}), ({"label": "new"}, {}), ("fallback", "new")),
    "set no longer": Case(({"label": "old"}, {}), ({}, {}), ("old", "fallback")),
    "of a package, by the project": Case(
        ({PACKAGE: {"label": "old"}}, {}),
        ({PACKAGE: {"label": "new"}}, {}),
        ("old", "new"),
        package=PACKAGE,
    ),
    "of a package, by itself": Case(
        ({}, {"label": "old"}), ({}, {"label": "new"}), ("old", "new"), package=PACKAGE
    ),
    "of a package, by itself, where the project's wins": Case(
        ({PACKAGE: {"label": "mine"}}, {"label": "old"}),
        ({PACKAGE: {"label": "mine"}}, {"label": "new"}),
        ("mine", "mine"),
        package=PACKAGE,
    ),
    "of a package, which the project no longer overrides": Case(
        ({"label": "mine"}, {"label": "own"}),
        ({}, {"label": "own"}),
        ("mine", "own"),
        package=PACKAGE,
    ),
    "of another package": Case(
        ({PACKAGE: {"label": "old"}}, {}), ({PACKAGE: {"label": "new"}}, {}), ("fallback",) * 2
    ),
    "of the package whose macro asks: the model's counts": Case(
        ({"label": "mine", PACKAGE: {"label": "old"}}, {}),
        ({"label": "mine", PACKAGE: {"label": "new"}}, {}),
        ("mine", "mine"),
        sql="select 1 as id, 2 as {{ tools.named() }}",
    ),
    "asked for by a macro": Case(
        ({"label": "old"}, {}),
        ({"label": "new"}, {}),
        ("old", "new"),
        sql="select 1 as id, 2 as {{ tools.named() }}",
    ),
    "set on the command line, for both sides": Case(
        ({"label": "old"}, {}), ({"label": "new"}, {}), ("given", "given"), given={"label": "given"}
    ),
    "set on the command line, for the package alone": Case(
        ({"label": "old"}, {}),
        ({"label": "new"}, {}),
        ("old", "new"),
        given={PACKAGE: {"label": "given"}},
    ),
}


def _write(folder: Path, files: Files, case: Case) -> Path:
    """A project folder with its package and its target directory, which is the one of both."""
    package = folder / "dbt_packages" / PACKAGE
    (folder / "target").mkdir(parents=True)
    package.mkdir(parents=True)
    for place, name, variables in zip((folder, package), (PROJECT, PACKAGE), files, strict=True):
        text = json.dumps({"name": name, "vars": dict(variables)})
        (place / "dbt_project.yml").write_text(text)
    unique_id = f"model.{case.package}.mart"
    macro = {
        "unique_id": MACRO,
        "name": "named",
        "package_name": PACKAGE,
        "macro_sql": "{% macro named() %}{{ var('label', 'fallback') }}{% endmacro %}",
        "depends_on": {"macros": []},
    }
    mart = node(unique_id, case.sql, compiled_code=None, package_name=case.package)
    mart["depends_on"]["macros"] = [MACRO] if "named" in case.sql else []
    raw = manifest(mart, macros={MACRO: macro})
    (folder / "target" / "manifest.json").write_text(json.dumps(raw))
    return folder / "target"


@pytest.mark.parametrize("name", CASES)
def test_a_model_has_the_columns_that_the_vars_of_its_side_name(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    base = _write(tmp_path / "before", case.before, case)
    current = _write(tmp_path / "after", case.after, case)
    found = compare(base, current, {"level": "query"}, case.given, given=case.given)
    was, now = case.columns
    differences = {(one["rule"], one["column"]) for one in found.report["changes"]}
    assert differences == ({("column_removed", was)} if was != now else set())
    assert found.report["coverage"]["not_compared"] == []
    facts = [side.facts(f"model.{case.package}.mart") for side in found.sides]
    assert [[column.name for column in one.columns] for one in facts] == [["id", was], ["id", now]]
