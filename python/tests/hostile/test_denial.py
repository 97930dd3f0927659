"""Inputs that are made to cost much, each through a whole check: time, memory and verdict.

The node with the input reads what was changed, so that its verdict is told; the break elsewhere in
the project is reported all the same.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cli.states import AFTER, BEFORE, MART, STG, write
from fuzz.checking import MOST_BYTES, check_states, outcome
from lineage_manifests import node

from breaking_changes.macro_host import MacroHost

OTHER = "model.shop.other"
USERS = "dev.main.stg_users"


@dataclass(frozen=True)
class Case:
    """An input and what a check says of the node that has it.

    `verdict` is None where the node is not affected; `detail` is how the reason begins. `raw` is
    Jinja that nothing compiled.
    """

    sql: str | None
    verdict: str | None = None
    detail: str = ""
    raw: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def _chain(levels: int) -> str:
    ctes = [f"x0 as (select id from {USERS})"]
    ctes += [
        f"x{n} as (select a.id + b.id as id from x{n - 1} a join x{n - 1} b on a.id = b.id)"
        for n in range(1, levels + 1)
    ]
    return f"with {', '.join(ctes)} select id from x{levels}"


NESTED = "{% for a in range(10000) %}{% for b in range(10000) %}x{% endfor %}{% endfor %}"
SILENT = "{% for c in range(10000) %}" + NESTED.replace("x", "") + "{% endfor %}"
DOUBLED = "{% set ns.t = ns.t ~ ns.t %}"
GROWING = f"{{% set ns = namespace(t='x') %}}{{% for a in range(60) %}}{DOUBLED}{{% endfor %}}"
FIELDS = ", ".join(f"f{n} integer" for n in range(5000))

UNKNOWN = "unknown"
DEEP = "The SQL is nested too deeply to be parsed."
GREW = (
    "It has no compiled SQL and cannot be rendered without dbt: Its SQL grew too large while it was"
    " rendered."
)
SLOW = "It has no compiled SQL and cannot be rendered without dbt: It took too long to render."
HOOK = {"sql": NESTED, "transaction": True, "index": None}


def _reading(expression: str) -> str:
    return f"select {expression} from {USERS}"


CASES: dict[str, Case] = {
    "a pattern that tries every split": Case(
        _reading("columns('(a|a)*b')"), UNKNOWN, "The pattern of COLUMNS(...) is not evaluated."
    ),
    "an interval of 100,000 digits": Case(
        _reading(f"id, interval '{'9' * 100_000}' day"),
        UNKNOWN,
        "The SQL has an interval of 100000 characters.",
    ),
    "a number of 100,000 digits": Case(
        _reading("9" * 100_000), UNKNOWN, "The SQL has a number of 100000 digits."
    ),
    "10,000 indexes": Case(_reading(f"id{'[1]' * 10_000} as x"), UNKNOWN, DEEP),
    "20 CTEs that join themselves": Case(_chain(20)),
    "40 CTEs that join themselves": Case(_chain(40)),
    "8,000 nested subqueries": Case(
        "select * from (" * 8000 + _reading("id") + ")" * 8000, UNKNOWN, DEEP
    ),
    "8,000 nested brackets": Case(_reading(f"{'(' * 8000}id{')' * 8000}"), UNKNOWN, DEEP),
    "a sum of 8,000": Case(
        _reading("+".join(["id"] * 8000)), UNKNOWN, "The SQL is nested too deeply to be bound."
    ),
    "a type of 100,000 blanks": Case(_reading(f"cast(id as decimal({' ' * 100_000}9)) as id")),
    "a type of 5,000 fields": Case(_reading(f"id, null::struct({FIELDS}) as s")),
    "a type of 300 levels": Case(
        _reading(f"cast(id as {'struct(a ' * 300}int{')' * 300})"), UNKNOWN, DEEP
    ),
    "20,000 columns in one SELECT": Case(_reading(", ".join(f"id as c{n}" for n in range(20_000)))),
    "100,000 columns in a table": Case(
        _reading("*"),
        "changes",
        "passes phone through SELECT *",
        more={"columns": {f"c{n}": {"name": f"c{n}", "data_type": "int"} for n in range(100_000)}},
    ),
    "5,000 UNION ALL": Case(" union all ".join([_reading("id")] * 5000)),
    "5,000 CASE branches": Case(
        _reading(f"case {' '.join(f'when id = {n} then {n}' for n in range(5000))} end as x")
    ),
    "a comment of 1 MB that is not closed": Case(
        _reading("id") + " /*" + "x" * 1_000_000,
        UNKNOWN,
        "The SQL could not be tokenized: unclosed quote or comment.",
    ),
    "a text of 5 MB": Case(_reading(f"id, '{'x' * 5_000_000}' as t")),
    "nested loops in raw code": Case(None, UNKNOWN, GREW, raw=_reading("id") + f" -- {NESTED}"),
    "nested loops in raw code that make no text": Case(
        None, UNKNOWN, SLOW, raw=_reading("id") + SILENT
    ),
    "a text that doubles 60 times": Case(
        None, UNKNOWN, GREW, raw=_reading("id") + GROWING + "{{ ns.t }}"
    ),
    "nested loops in a hook": Case(
        _reading("id"),
        UNKNOWN,
        "hook could not be analyzed: post-hook {% for a in range(10000) %}",
        more={"config": {"materialized": "table", "post-hook": [HOOK]}},
    ),
}


def states(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two states with a break and a node that is the same in both."""
    found = []
    for state in (BEFORE, AFTER):
        made: dict[str, Any] = copy.deepcopy(state)
        made["nodes"][OTHER] = node(
            OTHER, case.sql, (STG,), **({"raw_code": case.raw} if case.raw else {}), **case.more
        )
        found.append(made)
    return found[0], found[1]


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """The macros are compiled before the first fork, as a cache has them on the next run."""
    MacroHost().call("_settings", {})


@pytest.mark.parametrize("name", CASES)
def test_cost_and_verdict(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", "off")
    case = CASES[name]
    for place, state in zip("ab", states(case), strict=True):
        write(tmp_path / place, state)
    found = outcome(check_states, tmp_path)
    assert found.code == 1, f"{found.stderr} after {found.seconds:.0f} s"
    assert found.memory < MOST_BYTES
    (change,) = [
        one
        for one in json.loads(found.stdout)["changes"]
        if (one["node"], one["column"]) == (STG, "phone")
    ]
    said = {one["node"]: (one["verdict"], one["detail"] or "") for one in change["impact"]}
    assert said.pop(MART)[0] == "breaks"
    verdict, detail = said.get(OTHER, (None, ""))
    assert verdict == case.verdict, detail
    assert detail.startswith(case.detail)
