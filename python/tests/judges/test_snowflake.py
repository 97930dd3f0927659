"""Names on Snowflake, and the baseline's SQL, as fakesnow's kept answers have them."""

from __future__ import annotations

from typing import Any

import pytest
from baseline.test_generated_sql import ROWS

from breaking_changes.binder import Analysis, Relation, analyse
from judges.snowflake import RELATIONS, baseline, kept, readers, statements

#: Where the imitation tells no two names apart that differ in case alone, and Snowflake does.
WITHOUT_CASE = {
    'select "ID" as "Id", phone as Phone from shop.main.users': ["Id", "PHONE"],
    'select "a", A from (select 1 as "a", 2 as "A" from shop.main.orders limit 1)': ["a", "A"],
}


def _lookup(name: tuple[str, ...]) -> Relation | None:
    return next((one for one in RELATIONS if one.id == name[-1]), None)


def _found(sql: str) -> Analysis:
    return analyse(sql, _lookup, "snowflake")


def _answer(sql: str) -> dict[str, Any]:
    found: dict[str, Any] = kept()["answers"][sql]
    return found


def test_everything_was_asked() -> None:
    assert list(kept()["answers"]) == statements()


@pytest.mark.parametrize("sql", readers())
def test_names(sql: str) -> None:
    answer, found = _answer(sql), _found(sql)
    assert bool(found.unbound or found.unresolved) is ("error" in answer)
    if "error" not in answer:
        names = [column.name for column in found.columns]
        assert names == WITHOUT_CASE.get(sql, answer["columns"])
        assert (names == answer["columns"]) is (sql not in WITHOUT_CASE)


def test_a_baseline_is_saved_and_read() -> None:
    answers = {purpose: _answer(sql) for purpose, sql in baseline().items()}
    assert {purpose: answer.get("error") for purpose, answer in answers.items()} == dict.fromkeys(
        ("create", "insert", "list", "read", "prune")
    )
    assert answers["insert"]["rows"] == [[str(len(ROWS))]]
    expected = [[row["section"], row["unique_id"], row["content"]] for row in ROWS]
    assert answers["read"]["rows"] == expected
