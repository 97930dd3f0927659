"""Functions and the views on latest versions: who reads what through them, and what breaks."""

from __future__ import annotations

from typing import Any

import pytest
from lineage_manifests import node, target

from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.macro_host import MacroHost

Entry = dict[str, Any]
HOST = MacroHost()


def _model(name: str, sql: str, *parents: str, **keys: Any) -> Entry:
    return node(f"model.shop.{name}", sql, parents, **keys)


def _function(body: str, *parents: str, arguments: tuple[str, ...] = (), **keys: Any) -> Entry:
    given = [{"name": name, "data_type": "double"} for name in arguments]
    return {
        **node("function.shop.total", body, parents),
        "resource_type": "function",
        "arguments": given,
        "returns": {"data_type": "double"},
        **keys,
    }


def _found(before: list[Entry], after: list[Entry]) -> dict[str, dict[str, tuple[str, str]]]:
    """Rule and column to each consumer's verdict and detail."""
    sides = [target(*before), target(*after)]
    lineages = lineage_for_change(sides[0], sides[1], Cache(None), Workers(1))
    report = HOST.call(
        "find_breaking_changes",
        *(side.manifest.raw for side in sides),
        *lineages,
        HOST.call("_settings", {"as_of": "2026-06-15"}),
    )
    return {
        " ".join(filter(None, (change["rule"], change["column"]))): {
            entry["node"]: (entry["verdict"], entry["detail"]) for entry in change["impact"]
        }
        for change in report["changes"]
    }


ORDERS = _model("orders", "select 1 as id, cast(2 as double) as amount, 3 as kind")
LESS = _model("orders", "select 1 as id, 3 as kind")
REPORT = _model("report", 'select "dev"."main"."total"(id) as t from "dev"."main"."orders"')
REPORT = {
    **REPORT,
    "depends_on": {"nodes": ["function.shop.total", "model.shop.orders"], "macros": []},
}
SUM = 'select sum(amount) from "dev"."main"."orders" as o where o.id > least'

#: The function's body, its arguments, and what becomes of it and of the model that calls it.
BODIES = [
    (
        SUM,
        ("least",),
        {
            "function.shop.total": ("breaks", "reads orders.amount in SELECT"),
            "model.shop.report": ("breaks", "calls total, which breaks"),
        },
    ),
    (
        f"({SUM}) + least -- the rest",
        ("least",),
        {
            "function.shop.total": ("breaks", "reads orders.amount in SELECT"),
            "model.shop.report": ("breaks", "calls total, which breaks"),
        },
    ),
    (SUM.replace("sum(amount)", "sum(kind)"), ("least",), {}),
    ("amount * 2", ("amount",), {}),
]


@pytest.mark.parametrize(("body", "arguments", "impact"), BODIES)
def test_a_function_reads_columns(body: str, arguments: tuple[str, ...], impact: Any) -> None:
    function = _function(body, "model.shop.orders", arguments=arguments)
    found = _found([ORDERS, function, REPORT], [LESS, function, REPORT])
    assert found == {"column_removed amount": impact}


def test_a_function_that_returns_a_table() -> None:
    body = 'select id, amount from "dev"."main"."orders" where kind = wanted'
    table = {"returns": {"data_type": "table (id integer, amount double)"}}
    function = _function(body, "model.shop.orders", arguments=("wanted",), **table)
    found = _found([ORDERS, function], [LESS, function])
    impact = {"function.shop.total": ("breaks", "reads orders.amount in SELECT")}
    assert found == {"column_removed amount": impact}


def _version(number: int, latest: int, sql: str, **pointer: Any) -> Entry:
    made = node(f"model.shop.dim_c.v{number}", sql, config={"materialized": "table"})
    made["config"]["latest_version_pointer"] = pointer or {"enabled": True}
    return {
        **made,
        "name": "dim_c",
        "alias": f"dim_c_v{number}",
        "relation_name": f'"dev"."main"."dim_c_v{number}"',
        "version": number,
        "latest_version": latest,
    }


FULL, CUT = "select 1 as id, 'x' as name, 'y' as phone", "select 1 as id, 'x' as name"
BY_NAME = {
    "phones": _model("phones", "select id, phone from main.dim_c"),
    "names": _model("names", "select id, name from main.dim_c"),
    "pinned": _model("pinned", "select phone from main.dim_c_v1"),
}


def test_who_names_the_pointer_reads_the_new_latest_version() -> None:
    consumers = list(BY_NAME.values())
    v1, v2 = _version(1, 1, FULL), _version(2, 2, CUT)
    found = _found([v1, *consumers], [{**v1, "latest_version": 2}, v2, *consumers])
    assert found == {
        "model_latest_version_changed": {
            "model.shop.names": ("changes", "reads dim_c.v2 now"),
            "model.shop.phones": ("breaks", "reads dim_c.v2.phone in SELECT"),
        }
    }


def test_a_pointer_that_is_switched_off() -> None:
    consumers = list(BY_NAME.values())
    found = _found(
        [_version(1, 1, FULL), *consumers], [_version(1, 1, FULL, enabled=False), *consumers]
    )
    detail = "names its relation without ref, and nothing builds that any more"
    assert set(found) == {"latest_version_pointer_removed"}
    impact = found["latest_version_pointer_removed"]
    assert impact["model.shop.phones"] == ("unknown", detail)
    assert impact["model.shop.names"] == ("unknown", detail)


def test_a_column_that_goes_from_under_the_pointer() -> None:
    consumers = list(BY_NAME.values())
    found = _found([_version(1, 1, FULL), *consumers], [_version(1, 1, CUT), *consumers])
    assert found == {
        "column_removed phone": {
            "model.shop.phones": ("breaks", "reads dim_c.v1.phone in SELECT"),
            "model.shop.pinned": ("breaks", "reads dim_c.v1.phone in SELECT"),
        }
    }


def _args(*types: str, defaults: int = 0) -> Entry:
    given = [{"name": f"a{place}", "data_type": type_} for place, type_ in enumerate(types)]
    for argument in given[len(given) - defaults :]:
        argument["default_value"] = "1"
    return {"arguments": given}


def _called(call: str, **keys: Any) -> list[Entry]:
    """The function `total`, with what calls it and what reads that."""
    name = '"dev"."main"."total"'
    code = call.replace("total", name)
    caller = _model("caller", f'select {code} as t from "dev"."main"."orders" as o')
    depends_on = {"nodes": ["function.shop.total", "model.shop.orders"], "macros": []}
    return [
        _model("orders", "select 1 as id, 2 as kind"),
        {**_function("a0"), "relation_name": None, "alias": "total", **keys},
        {**caller, "depends_on": depends_on},
        _model("below", 'select t from "dev"."main"."caller"', "model.shop.caller"),
    ]


BELOW = {"model.shop.below": ("changes", "blocked: caller breaks")}

ARGUMENTS = {
    "one more": (
        "total(id)",
        _args("double"),
        _args("double", "double"),
        {"model.shop.caller": ("breaks", "gives it 1 of 2 arguments"), **BELOW},
    ),
    "one less": (
        "total(id, least(kind, 3))",
        _args("double", "double"),
        _args("double"),
        {"model.shop.caller": ("breaks", "gives it 2 of 1 arguments"), **BELOW},
    ),
    "one less that is not given": (
        "total(id)",
        _args("double", "double", defaults=1),
        _args("double"),
        {},
    ),
    "no argument": ("total()", _args(), _args("double", defaults=1), None),
    "wider": (
        "total(id)",
        _args("integer"),
        _args("bigint"),
        {"model.shop.caller": ("changes", "gives it a0, which is bigint now")},
    ),
    "another type": (
        "total(id)",
        _args("integer"),
        _args("date"),
        {
            "model.shop.caller": (
                "unknown",
                "gives it a0, which is date now; whether the call still fits is not known",
            ),
        },
    ),
}


@pytest.mark.parametrize("case", ARGUMENTS)
def test_a_call_is_judged_by_its_arguments(case: str) -> None:
    call, before, after, impact = ARGUMENTS[case]
    found = _found(_called(call, **before), _called(call, **after))
    assert found.get("function_arguments_changed") == impact


def test_a_call_that_was_given_the_new_argument_is_adapted() -> None:
    before = _called("total(id)", **_args("double"))
    after = _called("total(id, kind)", **_args("double", "double"))
    impact = _found(before, after)["function_arguments_changed"]
    assert impact == {"model.shop.caller": ("adapted", "gives it other arguments now")}


RETURNS = {
    "upper(total(id))": ("breaks", "type error in SELECT"),
    "total(id)": ("changes", "calls it, and gets integer"),
}


@pytest.mark.parametrize("call", RETURNS)
def test_a_result_of_another_type_is_bound(call: str) -> None:
    verdict, detail = RETURNS[call]
    before = _called(call, **_args("integer"), returns={"data_type": "varchar"})
    after = _called(call, **_args("integer"), returns={"data_type": "integer"})
    found = _found(before, after)
    said = found["function_return_type_changed"]["model.shop.caller"]
    assert said[0] == verdict and said[1].startswith(detail)
    assert ("column_type_changed t" in found) == (verdict == "changes")


def test_a_call_of_a_function_that_became_an_aggregate_is_unknown() -> None:
    before = _called("total(id)", **_args("integer"), config={"type": "scalar"})
    after = _called("total(id)", **_args("integer"), config={"type": "aggregate"})
    assert _found(before, after) == {
        "function_return_type_changed": {
            "model.shop.caller": (
                "unknown",
                "calls it; whether the call still fits is not known",
            ),
            "model.shop.below": ("unknown", "reads caller, which is unknown"),
        }
    }


def test_the_schema_of_a_function_is_no_change() -> None:
    """A function has no relation name: its address is that of the target."""
    before, after = _called("total(id)"), _called("total(id)")
    prod = [
        {
            **one,
            "compiled_code": (one["compiled_code"] or "").replace("main", "prod"),
            "raw_code": one["raw_code"],
            "schema": "prod",
            "relation_name": (one["relation_name"] or "").replace("main", "prod") or None,
        }
        for one in before
    ]
    assert _found(prod, after) == {}
