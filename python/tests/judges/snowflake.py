"""Asks fakesnow about Snowflake's names, folding and the baseline's SQL.

Run by `python -m judges.snowflake PYTHON`, where PYTHON is that of an environment with fakesnow. It
is an imitation on DuckDB: it shows how names are folded and that the statements are well formed,
and proves nothing about binding: it finds a name in whatever case it is written.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from breaking_changes.binder import Column, Relation

HERE = Path(__file__).parent
KEPT = HERE / "answers" / "snowflake.json"
GOLDEN = HERE.parent / "baseline" / "golden" / "snowflake.sql"

RELATIONS = (
    Relation(
        "users",
        (Column("ID", "INTEGER"), Column("PHONE", "VARCHAR"), Column("Kept Case", "VARCHAR")),
    ),
    Relation(
        "orders",
        (Column("ORDER_ID", "INTEGER"), Column("ID", "INTEGER"), Column("USER_ID", "INTEGER")),
    ),
)

_PART = re.compile(r"^-- (\w+)\n(.*?);\n\n", re.DOTALL | re.MULTILINE)

_SCRIPT = re.compile(r"begin\n(create .*?);\n", re.DOTALL)
"""The statement within the script that makes the table: fakesnow runs no scripts."""

NOT_RUN = ("privileges", "columns")
"""Statements over what fakesnow's information schema lacks."""


def readers() -> list[str]:
    """Queries over the relations."""
    return (HERE / "queries" / "snowflake.txt").read_text("utf-8").splitlines()


def baseline() -> dict[str, str]:
    """What a save and a load of a baseline send, by what it is for."""
    parts = re.findall(
        r"^-- (\w+)\n(.*?);\n\n", GOLDEN.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    found = {purpose: sql for purpose, sql in parts if purpose not in NOT_RUN}
    script = _SCRIPT.search(found["create"])
    return {**found, "create": script[1] if script else found["create"]}


def statements() -> list[str]:
    """Everything that is asked, in order."""
    made = ["create database analytics", "create schema analytics.prod", "use schema shop.main"]
    for relation in RELATIONS:
        columns = ", ".join(f'"{column.name}" {column.type}' for column in relation.columns)
        made.append(f"create table shop.main.{relation.id} ({columns})")
    return [*made, *baseline().values(), *readers()]


def kept() -> dict[str, Any]:
    """The answers by their statements."""
    found: dict[str, Any] = json.loads(KEPT.read_text("utf-8"))
    return found


def main(python: str) -> None:
    """Asks fakesnow, and keeps the answers."""
    asked = statements()
    server = HERE / "fakesnow_server.py"
    given = subprocess.run(
        [python, "-I", str(server)],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(given.stdout)
    answers = dict(zip(asked, found["answers"], strict=True))
    text = json.dumps({"judge": found["judge"], "answers": answers}, indent=1, ensure_ascii=False)
    KEPT.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
