"""No reference that is unresolved now and was not before is missing in the report.

Every SQL case of the binder is a model here, below models that select what its relations hold; each
of their columns is dropped, renamed and retyped in turn, and the model itself is new.
`make witness` tries all of these changes, a normal run a sample.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
import sqlglot
from binder.cases import Case, load
from binder.mutations import additions, drops, names_in, retypes
from lineage_manifests import manifest, node
from named_breaks import unexplained, unnamed
from sqlglot import exp
from sqlglot.errors import SqlglotError

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.binder import Relation
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import change_documents
from breaking_changes.lineage.walk.side import Side
from breaking_changes.macro_host import MacroHost

TRY_ALL = os.environ.get("WITNESS") == "all"
SAMPLE = 3
SEED = 20250601
ADAPTERS = {"tsql": "sqlserver"}
CASES = load()

#: Types that many operators refuse where another was.
RETYPED = {
    "bigquery": ("STRING", "DATE", "ARRAY<INT64>"),
    "clickhouse": ("String", "Date", "Array(Int32)"),
    "databricks": ("STRING", "DATE", "ARRAY<INT>"),
    "duckdb": ("VARCHAR", "DATE", "INTEGER[]"),
    "postgres": ("text", "date", "integer[]"),
    "redshift": ("varchar", "date"),
    "snowflake": ("VARCHAR", "DATE", "ARRAY"),
    "spark": ("STRING", "DATE", "ARRAY<INT>"),
    "trino": ("VARCHAR", "DATE", "ARRAY(INTEGER)"),
    "tsql": ("VARCHAR(20)", "DATE"),
}


@dataclass(frozen=True)
class Change:
    """What the relations of a case become; none where the model itself is new."""

    name: str
    relations: tuple[Relation, ...] | None


@cache
def host() -> MacroHost:
    return MacroHost()


@cache
def settings() -> Any:
    return host().call("_settings", {"level": "query", "fail_on": "never"})


@cache
def analyses() -> Analyses:
    return Analyses(Cache(None), Workers(1))


def changes(case: Case) -> list[Change]:
    """The changes of a case's relations, or a sample of them, and the case as a new model."""
    types = RETYPED[case.dialect]
    names = names_in(case.sql, case.dialect)
    made = [
        Change(mutation.name, mutation.relations)
        for kind in (
            drops(case.relations),
            retypes(case.relations, types),
            additions(case.relations, names, types[:1]),
        )
        for mutation in kind
    ]
    if not TRY_ALL:
        made = random.Random(f"{SEED} {case.id}").sample(made, min(SAMPLE, len(made)))
    return [*made, Change("new", None)]


def side(case: Case, relations: tuple[Relation, ...], with_case: bool = True) -> dict[str, Any]:
    """A project in which the case is a model below one model for each of its relations."""
    upstream = [
        node(f"model.shop.{one.id}", _select(one), checksum={"checksum": repr(one)})
        for one in relations
    ]
    parents = tuple(one["unique_id"] for one in upstream)
    consumer = node("model.shop.the_case", _qualified(case), parents)
    nodes = [*upstream, *([consumer] if with_case else [])]
    for one in nodes:
        one.update(database=None, relation_name=f"main.{one['name']}")
    adapter = ADAPTERS.get(case.dialect, case.dialect)
    return manifest(*nodes, adapter_type=adapter)


def _select(relation: Relation) -> str:
    columns = [f"cast(null as {one.type}) as {one.name}" for one in relation.columns]
    if relation.complete:
        return f"select {', '.join(columns)}"
    return f"select {', '.join([*columns, '*'])} from elsewhere.unknown"


def _qualified(case: Case) -> str:
    """The case's SQL with a schema before each relation, as dbt renders them."""
    try:
        tree = sqlglot.parse_one(case.sql, read=case.dialect)
    except SqlglotError:
        return case.sql
    ctes = {cte.alias_or_name.lower() for cte in tree.find_all(exp.CTE)}
    known = {relation.id.lower() for relation in case.relations} - ctes
    places = {
        table.this.meta["start"]
        for table in tree.find_all(exp.Table)
        if table.name.lower() in known and not table.db and "start" in table.this.meta
    }
    sql = case.sql
    for place in sorted(places, reverse=True):
        sql = f"{sql[:place]}main.{sql[place:]}"
    return sql


def compared(case: Case, change: Change) -> tuple[Any, Any, Any]:
    """The report, and the column lineage of both sides."""
    was = side(case, case.relations, with_case=change.relations is not None)
    now = side(case, change.relations or case.relations)
    before = Side(Target(Manifest(was), Catalog({})), analyses())
    after = Side(Target(Manifest(now), Catalog({})), analyses(), before=before)
    prior, current = change_documents(before, after)
    return (
        host().call("find_breaking_changes", was, now, prior, current, settings()),
        prior,
        current,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_new_unresolved_reference_is_named_and_what_was_compared_is_decided(
    case: Case,
) -> None:
    lost = []
    for change in changes(case):
        outcome = compared(case, change)
        found = (*unnamed(*outcome), *unexplained(*outcome))
        lost += [f"{change.name}: {one}" for one in found]
    assert lost == []


def test_an_unknown_without_a_reason_in_the_facts_is_found() -> None:
    case = next(case for case in CASES if case.sql == "select name from users natural join events")
    change = Change("retype", tuple(_retyped(one) for one in case.relations))
    report, prior, current = compared(case, change)
    assert unexplained(report, prior, current) == []
    for lineage in (prior, current):
        lineage["nodes"]["model.shop.the_case"]["blind"] = None
    assert unexplained(report, prior, current)


def _retyped(relation: Relation) -> Relation:
    columns = [column._replace(type="DATE") for column in relation.columns if column.name == "name"]
    rest = [column for column in relation.columns if column.name != "name"]
    return replace(relation, columns=(*columns, *rest))


def test_what_is_not_named_is_found() -> None:
    case = next(case for case in CASES if any(": missing" in line for line in case.expected))
    report, prior, current = compared(case, Change("new", None))
    assert unnamed({**report, "changes": []}, prior, current)
