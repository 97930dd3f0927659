"""The text of a type depends on the type alone, not on what was spelled before it."""

from __future__ import annotations

import pytest
from sqlglot import exp

from breaking_changes.binder.annotations import spelled


def _nullable(text: str, nullable: bool | None) -> exp.DataType:
    type_ = exp.DataType.build(text, dialect="clickhouse")
    for part in type_.find_all(exp.DataType):
        part.set("nullable", nullable)
    return type_


@pytest.mark.parametrize("text", ["String", "UInt64", "Array(String)", "Decimal(10, 2)"])
@pytest.mark.parametrize("order", [(None, False), (False, None)])
def test_trees_that_differ_in_nullable_alone(text: str, order: tuple[bool | None, ...]) -> None:
    types = [_nullable(text, nullable) for nullable in order]
    assert [spelled(one, "clickhouse") for one in types] == [one.sql("clickhouse") for one in types]
