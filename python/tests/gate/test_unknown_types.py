"""A new type beside a value of unknown type: unknown where the engine may refuse it, else not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from lineage_manifests import manifest, node

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import change_documents
from breaking_changes.lineage.walk.side import Side
from breaking_changes.macro_host import MacroHost

STG, OTHER, MART = "model.shop.stg", "source.shop.crm.other", "model.shop.mart"
BELOW = "model.shop.below"


@dataclass(frozen=True)
class Case:
    """A consumer of `main.stg`, whose column `a` gets another type, and of `main.other`, of whose
    column `b` nobody knows the type, with the verdict on it."""

    adapter: str
    before: str
    after: str
    sql: str
    verdict: str

    @property
    def id(self) -> str:
        return f"{self.adapter}, {self.before} to {self.after}: {self.sql}"


JOINED = "select s.id from main.stg s join main.other o on s.a = o.b"
CROSSED = "from main.stg cross join main.other"
UNION = "select a from main.stg union all select b from main.other"
COALESCED = f"select coalesce(a, b) as c {CROSSED}"

CASES = [
    Case("duckdb", "integer", "date", JOINED, "unknown"),
    Case("duckdb", "integer", "bigint", JOINED, "changes"),
    Case("duckdb", "double", "decimal(18,3)", JOINED, "changes"),
    Case("duckdb", "date", "timestamp", JOINED, "changes"),
    # DuckDB compares text with whatever a text can be cast to.
    Case("duckdb", "integer", "varchar", JOINED, "changes"),
    Case("duckdb", "integer", "varchar", f"select id {CROSSED} where a + b > 1", "unknown"),
    # A date plus a bigint is refused, a date plus an integer is not.
    Case("duckdb", "integer", "bigint", f"select id {CROSSED} where a + b > 1", "unknown"),
    Case("duckdb", "double", "float", f"select id {CROSSED} where a + b > 1", "changes"),
    Case("postgres", "integer", "text", JOINED, "unknown"),
    Case("postgres", "integer", "bigint", JOINED, "changes"),
    Case("postgres", "date", "timestamp", JOINED, "changes"),
    Case("bigquery", "int64", "string", JOINED, "unknown"),
    Case("bigquery", "int64", "float64", JOINED, "changes"),
    Case("spark", "int", "string", JOINED, "changes"),
    Case("spark", "int", "date", JOINED, "unknown"),
    Case("clickhouse", "Int64", "String", JOINED, "unknown"),
    Case("clickhouse", "Int32", "Int64", JOINED, "changes"),
    # What Snowflake compares is not known, with known types as little.
    Case("snowflake", "integer", "date", JOINED, "changes"),
    Case("postgres", "integer", "text", UNION, "unknown"),
    Case("postgres", "integer", "bigint", UNION, "changes"),
    Case("postgres", "integer", "text", f"select count(*) as n from ({UNION}) as u", "unknown"),
    Case("postgres", "integer", "text", COALESCED, "unknown"),
    Case("postgres", "integer", "bigint", COALESCED, "changes"),
    Case(
        "postgres",
        "integer",
        "text",
        "select id from main.stg where a in (select b from main.other)",
        "unknown",
    ),
    Case("postgres", "integer", "text", f"select id {CROSSED} where a between b and b", "unknown"),
    Case(
        "postgres",
        "integer",
        "text",
        f"select case when a > b then 1 end as c {CROSSED}",
        "unknown",
    ),
    Case(
        "postgres",
        "integer",
        "text",
        "select id from main.stg join (select b as a from main.other) as o using (a)",
        "unknown",
    ),
    Case(
        "postgres",
        "text",
        "varchar(5)",
        "with o as (select b as c from main.other) select id from main.stg, o where lower(a) = c",
        "changes",
    ),
    # Beside what is known nothing is left open.
    Case("postgres", "integer", "text", "select id from main.stg where a = 3", "breaks"),
    Case(
        "postgres",
        "integer",
        "text",
        "select a from main.stg where id in (select b from main.other)",
        "changes",
    ),
]


@cache
def host() -> MacroHost:
    return MacroHost()


def _manifest(case: Case, type_: str) -> dict[str, Any]:
    nodes = [
        node(OTHER, source_name="crm", columns={"b": {"name": "b"}}),
        node(
            STG,
            f"select cast('1' as {type_}) as a, 1 as id",
            checksum={"name": "sha256", "checksum": type_},
        ),
        node(MART, case.sql, (STG, OTHER)),
        node(BELOW, "select 1 as one from main.mart", (MART,)),
    ]
    for one in nodes:
        one.update(database=None, relation_name=f"main.{one['name']}")
    return manifest(*nodes, adapter_type=case.adapter)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_verdict(case: Case) -> None:
    verdicts = _verdicts(_manifest(case, case.before), _manifest(case, case.after), MART)
    assert [verdict for verdict, _ in verdicts] == [case.verdict], verdicts
    if case.verdict == "unknown":
        assert "unknown type" in verdicts[0][1]


IS_INCREMENTAL = {
    "macro.dbt.is_incremental": {
        "unique_id": "macro.dbt.is_incremental",
        "name": "is_incremental",
        "package_name": "dbt",
        "macro_sql": "{% macro is_incremental() %}{{ return(adapter.get_relation(this.database, "
        "this.schema, this.identifier) is not none) }}{% endmacro %}",
        "depends_on": {"macros": []},
    }
}


@pytest.mark.parametrize(
    "raw",
    [
        f"{JOINED} {{% if is_incremental() %}}where s.id > 1{{% endif %}}",
        "select s.id from main.stg s "
        "{% if is_incremental() %}join main.other o on s.a = o.b{% endif %}",
    ],
)
def test_the_verdict_on_an_incremental_model(raw: str) -> None:
    """Its two texts read the same, or one of them alone does."""
    case = Case("postgres", "integer", "text", raw, "unknown")
    sides = [_manifest(case, type_) for type_ in (case.before, case.after)]
    for side in sides:
        side["macros"] = IS_INCREMENTAL
        mart = side["nodes"][MART]
        mart["compiled_code"] = None
        mart["config"] = {"materialized": "incremental"}
        mart["depends_on"]["macros"] = list(IS_INCREMENTAL)
    assert [verdict for verdict, _ in _verdicts(sides[0], sides[1], MART)] == ["unknown"]


def test_what_an_ephemeral_model_compares_is_said_of_what_inlines_it() -> None:
    was, now = (_manifest(CASES[0], type_) for type_ in ("integer", "date"))
    for one in (was, now):
        one["nodes"][MART]["config"]["materialized"] = "ephemeral"
        mart = one["nodes"][MART]["compiled_code"]
        one["nodes"][BELOW]["compiled_code"] = (
            f"with __dbt__cte__mart as ({mart}) select id from __dbt__cte__mart join main.other o"
            " on o.b = id"
        )
        one["nodes"][BELOW]["depends_on"]["nodes"].append(OTHER)
    verdicts = _verdicts(was, now, BELOW)
    assert [verdict for verdict, _ in verdicts] == ["unknown"], verdicts


def _verdicts(was: dict[str, Any], now: dict[str, Any], consumer: str) -> list[tuple[str, str]]:
    """What is said of a consumer below the change of `a`, each verdict with its detail."""
    analyses = Analyses(Cache(None), Workers(1))
    before = Side(Target(Manifest(was), Catalog({})), analyses)
    after = Side(Target(Manifest(now), Catalog({})), analyses, before=before)
    settings = host().call("_settings", {"level": "strict", "fail_on": "never"})
    documents = change_documents(before, after)
    report = host().call("find_breaking_changes", was, now, *documents, settings)
    return [
        (entry["verdict"], entry["detail"])
        for change in report["changes"]
        for entry in change["impact"]
        if change["column"].lower() == "a" and entry["node"] == consumer
    ]
