"""What is refused does not depend on the statements that were judged before."""

from __future__ import annotations

import pytest

from breaking_changes.binder import Column, Relation, analyse

ORDERS = Relation(
    "orders",
    (Column("id", "integer"), Column("other_id", "integer"), Column("status", "text")),
)


@pytest.mark.parametrize("dialect", ["postgres", "bigquery"])
@pytest.mark.parametrize(
    "harmless, refused",
    [
        ("select id = other_id as x from orders", "select status = id as x from orders"),
        ("select id + other_id as x from orders", "select status + 1 as x from orders"),
        ("select coalesce(id, 0) as x from orders", "select coalesce(status, id) as x from orders"),
        ("select sum(id) as x from orders", "select sum(status) as x from orders"),
    ],
)
def test_a_harmless_statement_does_not_hide_a_refused_one(
    dialect: str, harmless: str, refused: str
) -> None:
    relations: dict[tuple[str, ...], Relation] = {("orders",): ORDERS}
    assert analyse(harmless, relations.get, dialect).unbound == ()
    found = analyse(refused, relations.get, dialect).unbound
    assert {(item.kind, item.relation) for item in found} == {("type", "orders")}
