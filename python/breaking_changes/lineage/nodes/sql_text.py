"""Looks at SQL as text, where parsing every statement of a project would take too long."""

from __future__ import annotations

import re

_SKIPPED = re.compile(
    r"(?P<kept>\"[^\"]*\"|`[^`]*`)|(?P<text>'(?:[^']|'')*')"
    r"|--[^\n]*|/\*.*?\*/|\{#.*?#\}",
    re.DOTALL,
)


def plain(sql: str, keep_texts: bool) -> str:
    """The SQL without comments, and without what stands in single quotes unless that is kept."""

    def replaced(match: re.Match[str]) -> str:
        if match["kept"] or (match["text"] and keep_texts):
            return match[0]
        return "''" if match["text"] else " "

    return _SKIPPED.sub(replaced, sql)


def is_cte(sql: str, name: str, start: int) -> bool:
    """Whether a bare name at an offset means a CTE of the statement.

    Within its own body a CTE's name means something else, unless the CTE is recursive.

    Args:
        sql: Plain SQL in lower case.
        name: The name without quotes.
        start: Where it stands.
    """
    escaped = re.escape(name)
    definition = re.compile(
        rf"(with\s+recursive|with|,)\s*[\"`\[]?{escaped}[\"`\]]?\s*(?:\([^()]*\)\s*)?"
        r"(?:using\s+key\s*\([^()]*\)\s*)?as\s*(?:not\s+)?(?:materialized\s*)?\("
    )
    recursive = re.search(r"\bwith\s+recursive\b", sql) is not None
    for match in definition.finditer(sql):
        if recursive or not match.end() <= start < _closing(sql, match.end()):
            return True
    return False


def _closing(sql: str, start: int) -> int:
    """The offset of the bracket that closes the one before `start`."""
    depth = 1
    for match in re.finditer(r"[()]", sql[start:]):
        depth += 1 if match[0] == "(" else -1
        if not depth:
            return start + match.start()
    return len(sql)
