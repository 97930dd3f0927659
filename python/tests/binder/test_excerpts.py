"""The expression that is shown around a reference."""

from __future__ import annotations

import pytest

from breaking_changes.binder import Column, Relation, analyse

RELATIONS: dict[tuple[str, ...], Relation] = {
    ("u",): Relation("u", (Column("id", "INTEGER"),)),
    ("o",): Relation("o", (Column("id", "INTEGER"), Column("name", "VARCHAR"))),
}


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("select gone from u", "gone"),
        ("select id, upper(coalesce(gone, 'x')) as g from u", "upper(coalesce(gone, 'x'))"),
        ("select id from u where id > 1 and u.gone is not null or id = 2", "u.gone is not null"),
        ("select id from u\nwhere\n  gone =\n  1", "gone = 1"),
        ("select u.id from u join o on u.id = o.gone", "u.id = o.gone"),
        ("select name from o join u using (gone)", "gone"),
        ("select id from u where id in (select gone from u)", "gone"),
        ("select case when gone = 1 then id end as x from u", "gone = 1"),
        ("select sum(id) over (partition by gone) as x from u", "sum(id) over (partition by gone)"),
        ("select id from u order by gone desc", "gone"),
        (f"select concat({', '.join(['gone'] * 40)}) as x from u", None),
    ],
)
def test_the_expression_around_a_reference(sql: str, shown: str | None) -> None:
    found = analyse(sql, RELATIONS.get, "duckdb").unbound[0].sql
    if shown is None:
        assert len(found) == 120
        assert found.endswith("...")
    else:
        assert found == shown
