"""The SQL for warehouses that the tests cannot start: as expected to the letter, and parsed.

After a change that is meant, write the golden files again with ``UPDATE_GOLDEN=1``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import sqlglot
from baseline.fake_warehouse import FACTS, warehouse

GOLDEN = Path(__file__).parent / "golden"

HEADER = {
    "baseline_id": "20260102T030405000006Z-0a1b2c3d",
    "project": "shop",
    "target": "prod",
    "invocation_id": "0a1b2c3d-0000-4000-8000-000000000000",
    "saved_at": "2026-01-02 03:04:05",
    "git_commit": None,
    "rows": 2,
}
ROWS = [
    {"section": "nodes", "unique_id": "model.shop.users", "part": 0, "content": '{"node": {}}'},
    {
        "section": "sources",
        "unique_id": 'source.shop.it\'s "odd" 100% \\ {{ x }} 😀',
        "part": 0,
        "content": '{"node": {"name": "it\'s \\"odd\\" 100% \\\\ {{ x }} \\ud83d\\ude00"}}',
    },
]
SETTINGS = {"project": "shop", "target": "prod"}
# What a script with an exception handler wraps; sqlglot reads no scripts.
SCRIPT = re.compile(r"begin\n(create .*?);\n", re.DOTALL)


def _generate(name: str) -> dict[str, str]:
    """Every statement that a save and a load send, by what it is for."""
    place = warehouse(name, answer=_answer)
    relation = place.relation
    marks = place.call("_literal_marks")
    limit = place.call("_baseline_limits")["statement"]
    table = place.call("_baseline_table_sql", relation)
    return {
        "privileges": place.sent(place.adapter.dispatch("baseline_obstacle", ""), relation),
        "create": place.sent(place.adapter.dispatch("baseline_create", ""), table, relation),
        "insert": place.call("_baseline_insert_sql", relation, HEADER, ROWS, limit, marks)[0],
        "list": place.sent(place.host.call, "_baseline_list", relation, SETTINGS),
        "read": place.call("_baseline_read_sql", relation, HEADER["baseline_id"]),
        "prune": place.sent(place.host.call, "_baseline_prune", relation, _saves(), 1),
        "columns": place.call("_warehouse_columns_sql", "analytics", "prod"),
    }


def _answer(sql: str) -> list[list[object]]:
    return [] if sql.startswith("select baseline_id") else [["", True, True]]


def _saves() -> list[dict[str, object]]:
    return [{"id": f"2026010{day}T0", "complete": True} for day in (3, 2, 1)]


@pytest.mark.parametrize("name", ["snowflake", "bigquery", "databricks", "redshift"])
def test_statements(name: str) -> None:
    statements = {purpose: sql for purpose, sql in _generate(name).items() if sql}
    for sql in statements.values():
        script = SCRIPT.search(sql)
        trees = sqlglot.parse(script[1] if script else sql, dialect=name)
        assert len(trees) == 1 and not isinstance(trees[0], sqlglot.exp.Command), sql
    text = "".join(f"-- {purpose}\n{sql};\n\n" for purpose, sql in statements.items())
    golden = GOLDEN / f"{name}.sql"
    if "UPDATE_GOLDEN" in os.environ:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


TEXTS = [
    "it's",
    'say "x"',
    "a\\b",
    "a\\'b",
    "\\",
    "'",
    "100%s",
    "{{ x }}{% y %}",
    "😀ä",
    "$$",
    "''",
    "",
]


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_literal_reads_back_as_the_text(name: str) -> None:
    place = warehouse(name)
    literals = ", ".join(place.call("_text_literal", text) for text in TEXTS)
    parsed = sqlglot.parse_one(f"select {literals}", dialect=name)
    assert [column.this for column in parsed.expressions] == TEXTS
