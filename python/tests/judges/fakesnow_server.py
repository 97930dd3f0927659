"""Runs Snowflake's statements with fakesnow, an imitation of Snowflake on DuckDB.

fakesnow asks for another sqlglot than the helper, so that it lives in an environment of its own:
this file runs there, on its own. It reads a JSON list of statements and writes what each gives:
the names of its columns and its rows, or the error.
"""

from __future__ import annotations

import json
import sys
import warnings
from importlib import import_module
from importlib.metadata import version
from typing import Any


def main() -> None:
    """Answers the statements in order, in one session."""
    warnings.simplefilter("ignore")
    with import_module("fakesnow").patch():
        connect: Any = import_module("snowflake.connector").connect
        cursor = connect(database="shop", schema="main").cursor()
        answers = [_answer(cursor, statement) for statement in json.load(sys.stdin)]
    json.dump({"judge": f"fakesnow {version('fakesnow')}", "answers": answers}, sys.stdout)


def _answer(cursor: Any, statement: str) -> dict[str, Any]:
    try:
        cursor.execute(statement)
        rows = [[str(value) for value in row] for row in cursor.fetchall()]
    except Exception as error:  # whatever it raises is its answer
        return {"error": str(error).splitlines()[0]}
    return {"columns": [column.name for column in cursor.description or []], "rows": rows}


if __name__ == "__main__":
    main()
