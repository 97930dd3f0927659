"""Relations that SQL names without ref, by lineage made for the change and for each side alone.

The helper makes lineage for a change and knows the names of both sides; inside dbt each side has a
file of its own, written when nobody knew of the other. What one of them proves is said either way.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lineage_manifests import node, target

from breaking_changes.artifacts import Target
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.lineage.walk.document import document
from breaking_changes.lineage.walk.side import Side
from breaking_changes.macro_host import MacroHost

Entry = dict[str, Any]
Verdicts = dict[str, dict[str, str]]
HOST = MacroHost()

FULL, CUT = "select 1 as id, 'x' as phone", "select 1 as id"
DOCUMENTED = {
    "id": {"name": "id", "data_type": "int"},
    "phone": {"name": "phone", "data_type": "varchar"},
}


def _model(name: str, sql: str, *parents: str, **keys: Any) -> Entry:
    return node(f"model.shop.{name}", sql, parents, **keys)


def _called(entry: Entry, alias: str, schema: str | None = None) -> Entry:
    """The node as its config calls it."""
    config = {**entry["config"], "alias": alias, **({"schema": schema} if schema else {})}
    where = schema or "main"
    relation = f'"dev"."{where}"."{alias}"'
    return {**entry, "alias": alias, "schema": where, "config": config, "relation_name": relation}


def _version(number: int, latest: int, sql: str, *, pointer: bool = True) -> Entry:
    config = {"materialized": "table", "latest_version_pointer": {"enabled": pointer}}
    made = node(f"model.shop.dim.v{number}", sql, config=config)
    named = {**made, "alias": f"dim_v{number}", "relation_name": f'"dev"."main"."dim_v{number}"'}
    return {**named, "name": "dim", "version": number, "latest_version": latest}


DIM = _model("dim", FULL)
SEED = node("seed.shop.dim", columns=DOCUMENTED)
SOURCE = node("source.shop.raw.dim", identifier="dim", source_name="raw", columns=DOCUMENTED)
INLINED = "__dbt__cte__part as (select id, phone from main.dim)"

#: Everything that can name a relation in SQL, none of it by ref.
CONSUMERS = [
    _model("by_name", "select id, phone from main.dim"),
    _model("bare", "select id, phone from dim"),
    _model("star", "select * from main.dim"),
    _model("part", "select id, phone from main.dim", config={"materialized": "ephemeral"}),
    {
        **_model("inlines", f"with {INLINED} select * from __dbt__cte__part", "model.shop.part"),
        "raw_code": "select * from {{ ref('part') }}",
        "extra_ctes": [{"id": "model.shop.part", "sql": INLINED}],
    },
    _model(
        "hooked",
        "select 1 as a",
        config={
            "materialized": "table",
            "post-hook": [{"sql": "insert into log select phone from main.dim"}],
        },
    ),
    node("test.shop.filled", "select phone from main.dim where phone is null"),
    node("snapshot.shop.history", "select id, phone from main.dim", config={"unique_key": "id"}),
    {
        **node("function.shop.total", "select max(phone) from main.dim"),
        "arguments": [],
        "returns": {"data_type": "varchar"},
    },
    _model("pinned", "select id, phone from main.dim_v1"),
]
NAMERS = {name for one in CONSUMERS if (name := one["name"]) not in ("pinned",)}


def _all(verdict: str, **other: str) -> dict[str, str]:
    return {**dict.fromkeys(NAMERS, verdict), **other}


GOES_ON = _all("unknown")
REMOVED_FROM_BY_NAME = dict.fromkeys(NAMERS, "breaks") | {"star": "changes"}

#: The changed nodes before and after, and who is touched by which change.
CASES: dict[str, tuple[list[Entry], list[Entry], Verdicts]] = {
    "removed": ([DIM], [], {"model_removed": GOES_ON}),
    "seed removed": ([SEED], [], {"seed_removed": GOES_ON}),
    "source removed": ([SOURCE], [], {"source_removed": GOES_ON}),
    "source moved": (
        [SOURCE],
        [{**SOURCE, "identifier": "dim_x", "relation_name": '"dev"."main"."dim_x"'}],
        {"source_relation_moved": dict.fromkeys(NAMERS - {"filled"}, "unknown")},
    ),
    "another alias": ([DIM], [_called(DIM, "dim_x")], {"model_relation_moved": GOES_ON}),
    "another schema": ([DIM], [_called(DIM, "dim", "other")], {"model_relation_moved": GOES_ON}),
    "ephemeral": (
        [DIM],
        [{**DIM, "config": {"materialized": "ephemeral"}, "relation_name": None}],
        {"model_became_ephemeral": GOES_ON},
    ),
    "renamed": (
        [DIM],
        [_model("dim_n", FULL, config={"materialized": "view", "meta": {"renamed_from": "dim"}})],
        {"model_renamed": GOES_ON},
    ),
    "now a version": (
        [DIM],
        [_version(1, 1, FULL, pointer=False)],
        {"model_relation_moved": GOES_ON},
    ),
    "now a version with a pointer": (
        [DIM],
        [_version(1, 1, FULL)],
        {"model_relation_moved": {}},
    ),
    "pointer switched off": (
        [_version(1, 1, FULL)],
        [_version(1, 1, FULL, pointer=False)],
        {"latest_version_pointer_removed": GOES_ON},
    ),
    "pointer to a version without the column": (
        [_version(1, 1, FULL)],
        [_version(1, 2, FULL), _version(2, 2, CUT)],
        {"model_latest_version_changed": REMOVED_FROM_BY_NAME},
    ),
    "pointer to the version before": (
        [_version(1, 2, FULL), _version(2, 2, FULL)],
        [_version(1, 1, FULL)],
        {"model_version_removed": _all("changes")},
    ),
    "column under a pointer": (
        [_version(1, 1, FULL)],
        [_version(1, 1, CUT)],
        {"column_removed": {**REMOVED_FROM_BY_NAME, "pinned": "breaks"}},
    ),
    "column": ([DIM], [_model("dim", CUT)], {"column_removed": REMOVED_FROM_BY_NAME}),
    "a seed in its place": ([DIM], [SEED], {"model_moved": {}}),
}


def _alone(one: Target) -> dict[str, Any]:
    side = Side(one, Analyses(Cache(None), Workers(1)))
    side.find(side.nodes)
    return document(side, side.nodes)


def _found(before: list[Entry], after: list[Entry], *, together: bool) -> Verdicts:
    """Rule to the verdict on each consumer, of the nodes that the case changes."""
    sides = target(*before), target(*after)
    if together:
        lineages = lineage_for_change(*sides, Cache(None), Workers(1))
    else:
        lineages = _alone(sides[0]), _alone(sides[1])
    report = HOST.call(
        "find_breaking_changes",
        *(side.manifest.raw for side in sides),
        *lineages,
        HOST.call("_settings", {"as_of": "2026-06-15"}),
    )
    return {
        change["rule"]: {
            entry["node"].split(".", 2)[2]: entry["verdict"] for entry in change["impact"]
        }
        for change in report["changes"]
        if change["node"].rpartition(".")[2] in ("dim", "v1", "v2")
    }


BOTH = pytest.mark.parametrize("together", [True, False], ids=["together", "one side each"])


@BOTH
@pytest.mark.parametrize("case", CASES)
def test_who_names_a_relation(case: str, together: bool) -> None:
    before, after, expected = CASES[case]
    assert _found(before + CONSUMERS, after + CONSUMERS, together=together) == expected


def _edited(sql: str, *parents: str, **keys: Any) -> Entry:
    return _model("edited", sql, *parents, checksum={"name": "sha256", "checksum": "new"}, **keys)


#: The case, what the consumer becomes in the same change, and the verdict on it.
EDITS: dict[str, tuple[str, Entry, str | None]] = {
    "still names it": ("removed", _edited("select id, phone from main.dim -- all"), "unknown"),
    "reads nothing": ("removed", _edited(FULL), "adapted"),
    "names the new alias": (
        "another alias",
        _edited("select id, phone from main.dim_x"),
        "adapted",
    ),
    "names the new schema": (
        "another schema",
        _edited("select id, phone from other.dim"),
        "adapted",
    ),
    "still names the old schema": (
        "another schema",
        _edited("select id, phone from main.dim -- all"),
        "unknown",
    ),
    "refers to it by ref": (
        "another alias",
        {
            **_edited('select id, phone from "dev"."main"."dim_x"', "model.shop.dim"),
            "raw_code": "select id, phone from {{ ref('dim') }}",
        },
        None,
    ),
    "names the version": (
        "pointer switched off",
        _edited("select id, phone from main.dim_v1"),
        "adapted",
    ),
    "still names the pointer": (
        "pointer switched off",
        _edited("select id, phone from main.dim -- all"),
        "unknown",
    ),
    "no longer reads the source": ("source moved", _edited(FULL), "adapted"),
}


@BOTH
@pytest.mark.parametrize("edit", EDITS)
def test_a_consumer_that_was_edited(edit: str, together: bool) -> None:
    case, consumer, verdict = EDITS[edit]
    before, after, _ = CASES[case]
    was = _model("edited", "select id, phone from main.dim")
    (impact,) = _found([*before, was], [*after, consumer], together=together).values()
    assert impact.get("edited") == verdict


@pytest.mark.parametrize(
    ("together", "verdict"), [(True, "breaks"), (False, "unknown")], ids=["together", "alone"]
)
def test_a_pointer_that_is_switched_off_over_a_column_that_goes(
    together: bool, verdict: str
) -> None:
    """The view stays as it was made: of the column only what knows both sides' names can tell."""
    found = _found(
        [_version(1, 1, FULL), CONSUMERS[0]],
        [_version(1, 1, CUT, pointer=False), CONSUMERS[0]],
        together=together,
    )
    assert found["column_removed"]["by_name"] == verdict


#: What a consumer that refers to the model as well, to be built after it, makes of its pointer.
ORDERED: dict[str, tuple[list[Entry], list[Entry], str, str]] = {
    "switched off": (
        [_version(1, 1, FULL)],
        [_version(1, 1, FULL, pointer=False)],
        "latest_version_pointer_removed",
        "unknown",
    ),
    "column": ([_version(1, 1, FULL)], [_version(1, 1, CUT)], "column_removed", "breaks"),
    "another latest version": (
        [_version(1, 1, FULL)],
        [_version(1, 2, FULL), _version(2, 2, CUT)],
        "model_latest_version_changed",
        "breaks",
    ),
}


@BOTH
@pytest.mark.parametrize("case", ORDERED)
def test_a_consumer_of_a_pointer_that_refers_to_the_model_as_well(
    case: str, together: bool
) -> None:
    before, after, rule, verdict = ORDERED[case]
    sides = [
        [
            *side,
            _model("ordered", "-- depends_on\nselect phone from main.dim", side[-1]["unique_id"]),
            _model("by_ref", 'select id from "dev"."main"."dim_v1"', "model.shop.dim.v1"),
        ]
        for side in (before, after)
    ]
    found = _found(*sides, together=together)
    assert found == {rule: {"ordered": verdict}}


@pytest.mark.parametrize("flag", [True, False])
def test_a_flag_of_the_project_makes_pointers(flag: bool, tmp_path: Path) -> None:
    """dbt 1.12 leaves `enabled` empty in the manifest, and asks its flag at run time."""
    flags = f"flags: {{latest_version_pointer_enabled_by_default: {str(flag).lower()}}}"
    (tmp_path / "dbt_project.yml").write_text(f"name: shop\n{flags}\n")
    config = {"materialized": "table", "latest_version_pointer": {"enabled": None}}
    sides = [
        replace(target({**_version(1, 1, sql), "config": config}, *CONSUMERS), project_dir=tmp_path)
        for sql in (FULL, CUT)
    ]
    _, current = lineage_for_change(sides[0], sides[1], Cache(None), Workers(1))
    broken = {name.split(".", 2)[2] for name, one in current["nodes"].items() if one["unbound"]}
    assert broken == ({*NAMERS - {"star"}, "pinned"} if flag else {"pinned"})


@BOTH
def test_what_compiled_sql_calls_a_model_that_it_refers_to_is_no_name_of_its_own(
    together: bool,
) -> None:
    by_ref = {
        **_model("by_ref", 'select id from "dev"."main"."dim"', "model.shop.dim"),
        "raw_code": "select id from {{ ref('dim') }}",
    }
    found = _found([DIM, by_ref], [by_ref], together=together)
    assert found == {"model_removed": {"by_ref": "breaks"}}
