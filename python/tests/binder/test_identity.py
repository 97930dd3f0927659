"""Identities: the same meaning has the same, another meaning has another."""

from __future__ import annotations

import re

import pytest
from binder.cases import lookup
from binder.identity_cases import PAIRS
from hypothesis import given, settings
from hypothesis import strategies as st

from breaking_changes.binder import Analysis, Column, Relation, analyse

RELATIONS = (
    Relation(
        "users",
        (Column("user_id", "INTEGER"), Column("name", "VARCHAR"), Column("phone", "VARCHAR")),
    ),
    Relation(
        "orders",
        (
            Column("order_id", "INTEGER"),
            Column("user_id", "INTEGER"),
            Column("amount", "DECIMAL(10,2)"),
            Column("status", "VARCHAR"),
        ),
    ),
)


def meaning(sql: str) -> tuple[dict[str, str | None], str | None]:
    """The identities of the columns by name, and of the row set."""
    found = bound(sql)
    return {column.name: column.identity for column in found.columns}, found.rows


def bound(sql: str) -> Analysis:
    found = analyse(sql, lookup(RELATIONS), "duckdb")
    assert found.complete
    assert found.unbound == ()
    assert found.rows is not None
    assert all(column.identity for column in found.columns)
    return found


@pytest.mark.parametrize(("title", "before", "after", "columns", "rows"), PAIRS)
def test_pairs(title: str, before: str, after: str, columns: set[str], rows: bool) -> None:
    first, first_rows = meaning(before)
    second, second_rows = meaning(after)
    shared = first.keys() & second.keys()
    assert {name for name in shared if first[name] != second[name]} == columns
    assert (first_rows != second_rows) is rows


def test_a_rename_keeps_the_identity() -> None:
    first, _ = meaning("select upper(name) as a, lower(phone) as b from users")
    second, _ = meaning("select upper(name) as x, lower(phone) as y from users")
    assert sorted(map(str, first.values())) == sorted(map(str, second.values()))


def test_identities_are_the_same_in_every_process() -> None:
    found = bound("select upper(name) as a from users where user_id > 1")
    assert (found.columns[0].identity, found.rows) == ("df849f5c3d3d", "28ea5b6d8a75")


TEMPLATES = (
    "with {a} as (select * from users), {b} as (select * from orders) "
    "select {a}.name, sum({b}.amount) as total, count(*) as n from {a} "
    "left join {b} on {a}.user_id = {b}.user_id where {p} and {q} group by {a}.name",
    "select {a}.name, {b}.name as other from users {a} join users {b} on {a}.user_id = {b}.user_id "
    "where {p2} and {q2}",
    "with {a} as (select user_id, max(amount) as top from orders group by user_id), "
    "{b} as (select {a}.top, users.name from {a} join users using (user_id)) "
    "select top, name, row_number() over (partition by name order by top) as rank from {b} "
    "where {r} or {s}",
    "select {a}.name from users {a} where exists (select 1 from orders {b} "
    "where {b}.user_id = {a}.user_id and {t} and {u}) union all select status from orders",
)
CONDITIONS = {
    "p": "{a}.name is not null",
    "q": "{b}.amount > 10",
    "p2": "{a}.phone = 'x'",
    "q2": "{b}.phone <> 'y'",
    "r": "top > 5",
    "s": "name like 'a%'",
    "t": "{b}.amount > 1",
    "u": "{b}.status = 'paid'",
}
SWAPS = {"p": "q", "p2": "q2", "r": "s", "t": "u"}
NAMES = st.from_regex(r"n_[a-z0-9]{1,8}", fullmatch=True)
KEPT_TOGETHER = ("group by", "order by", "partition by", "left join", "union all", "is not null")
"""Keywords of several words, which the parser wants beside each other."""
GAPS = st.sampled_from([" ", "  ", "\n", "\t", " /* why */ ", " -- so\n"])


@settings(max_examples=80, deadline=None)
@given(
    template=st.sampled_from(TEMPLATES),
    names=st.lists(NAMES, min_size=2, max_size=2, unique=True),
    swapped=st.sets(st.sampled_from(sorted(SWAPS))),
    bracketed=st.sets(st.sampled_from(sorted(CONDITIONS))),
    upper=st.booleans(),
    gaps=st.lists(GAPS, min_size=1, max_size=7),
)
def test_writing_it_otherwise_keeps_the_meaning(
    template: str,
    names: list[str],
    swapped: set[str],
    bracketed: set[str],
    upper: bool,
    gaps: list[str],
) -> None:
    plain = _render(template, ["left_side", "right_side"], set(), set())
    other = _render(template, names, swapped, bracketed)
    if upper:
        other = re.sub(r"\b(select|from|where|and|or|join|on|group by)\b", _upper, other)
    for words in KEPT_TOGETHER:
        other = re.sub(words, words.replace(" ", "~"), other, flags=re.IGNORECASE)
    parts = other.split(" ")
    text = "".join(part + gaps[number % len(gaps)] for number, part in enumerate(parts))
    text = text.replace("~", " ")
    assert meaning(text) == meaning(plain)


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _render(template: str, names: list[str], swapped: set[str], bracketed: set[str]) -> str:
    conditions = {
        key: f"(({text}))" if key in bracketed else text for key, text in CONDITIONS.items()
    }
    for one in swapped:
        other = SWAPS[one]
        conditions[one], conditions[other] = conditions[other], conditions[one]
    aliases = {"a": names[0], "b": names[1]}
    filled = {key: text.format(**aliases) for key, text in conditions.items()}
    return template.format(**aliases, **filled)
