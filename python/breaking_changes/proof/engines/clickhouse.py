"""ClickHouse within this process (chdb on PyPI), which explains a statement.

ClickHouse computes constants while it plans, files that a function names among them, and a SELECT
may write. So its own parser first writes the statement anew, and what it then holds is looked
through; and of an error only its code is told, as the text could hold what was read.
"""

from __future__ import annotations

import re
from functools import cached_property
from importlib import import_module
from typing import Any

from breaking_changes.proof.ddl import definitions
from breaking_changes.proof.engines import Answer
from breaking_changes.proof.statement import Statement

#: Errors that say that the engine refuses the statement, whatever rows there are
#: (ClickHouse's src/Common/ErrorCodes.cpp).
_REFUSALS = frozenset(
    (
        *("AMBIGUOUS_COLUMN_NAME", "AMBIGUOUS_IDENTIFIER", "CANNOT_CONVERT_TYPE"),
        *("ILLEGAL_AGGREGATION", "ILLEGAL_COLUMN", "ILLEGAL_TYPE_OF_ARGUMENT"),
        *("MULTIPLE_EXPRESSIONS_FOR_ALIAS", "NOT_AN_AGGREGATE", "NO_COMMON_TYPE"),
        *("NO_SUCH_COLUMN_IN_TABLE", "NUMBER_OF_ARGUMENTS_DOESNT_MATCH"),
        *("NUMBER_OF_COLUMNS_DOESNT_MATCH", "THERE_IS_NO_COLUMN", "TYPE_MISMATCH"),
        *("UNKNOWN_DATABASE", "UNKNOWN_FUNCTION", "UNKNOWN_IDENTIFIER", "UNKNOWN_TABLE"),
        *("UNION_ALL_RESULT_STRUCTURES_MISMATCH", "UNEXPECTED_EXPRESSION", "UNSUPPORTED_METHOD"),
    )
)

_CODE = re.compile(r"\(([A-Z_]+)\)\s*$")

#: Functions in FROM that read nothing but what the statement says itself.
_HARMLESS = frozenset(("generateseries", "generate_series", "null", "numbers", "values", "zeros"))

#: Scalar functions that read files, models or dictionaries, or that wait.
_READING = frozenset(
    (
        *("catboostevaluate", "executable", "file", "filesystemavailable", "filesystemcapacity"),
        *("filesystemunreserved", "getmacro", "getserverport", "getserversetting", "joinget"),
        *("joingetornull", "sleep", "sleepeachrow"),
    )
)

#: A text, a quoted name, or a word; then whether it is called.
_WORDS = re.compile(r"'(?:[^'\\]|\\.|'')*'|(`(?:[^`\\]|\\.)*`|[A-Za-z_]\w*)\s*(\()?")

#: Clauses, as ClickHouse itself writes them.
_CLAUSES = re.compile(r"\b(?:INTO OUTFILE|SETTINGS|FORMAT)(?= )")


class Engine:
    """A session; every statement has stubs of its own."""

    def __init__(self) -> None:
        self._session: Any = import_module("chdb.session").Session()
        self.name = f"ClickHouse {self._query('select version()')}"

    def ask(self, statement: Statement) -> Answer:
        """The engine's answer."""
        made = [definition for definition in definitions(statement) if definition]
        try:
            for definition in made:
                self._query(definition)
        except RuntimeError as error:
            return Answer(None, f"its parents cannot be stubbed: {_code(error)}")
        try:
            return self._bound(statement.query)
        finally:
            for stub in statement.stubs:
                self._query(f"drop table if exists {'.'.join(stub.name)}")

    def _bound(self, query: str) -> Answer:
        try:
            text = self._query(f"select formatQuery({_text(query)}) format TSVRaw")
        except RuntimeError as error:
            return Answer(None, f"ClickHouse cannot read it ({_code(error)})")
        found = self._forbidden(text)
        if found:
            return Answer(None, f"it is not asked about SQL with {found}")
        try:
            self._query(f"explain select * from (\n{text}\n)")
        except RuntimeError as error:
            code = _code(error)
            return Answer(False if code in _REFUSALS else None, code)
        return Answer(True)

    def _forbidden(self, text: str) -> str | None:
        """What could read or write beside the stubs, in a text that ClickHouse wrote itself."""
        if not re.match(r"\(*\s*(SELECT|WITH)\b", text):
            return "anything but one SELECT"
        bare = re.sub(r"'(?:[^'\\]|\\.|'')*'", "''", text)
        clause = _CLAUSES.search(re.sub(r"`(?:[^`\\]|\\.)*`", "``", bare))
        if clause:
            return clause[0]
        for name, called in _WORDS.findall(text):
            word = name.strip("`").lower()
            if "\\" in name:
                return "a name with a backslash"
            if called and (word in self._table_functions or word in _READING or "dict" in word):
                return f"{word}()"
        return None

    @cached_property
    def _table_functions(self) -> frozenset[str]:
        names = self._query("select lower(name) from system.table_functions").split()
        return frozenset(names) - _HARMLESS

    def _query(self, sql: str) -> str:
        return str(self._session.query(sql, "TSVRaw")).strip()


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _code(error: Exception) -> str:
    found = _CODE.search(str(error).strip())
    return found[1] if found else "an error without a code"
