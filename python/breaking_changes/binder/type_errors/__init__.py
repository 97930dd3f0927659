"""What an engine refuses because of types, on expressions whose types are known.

The facts about DuckDB and PostgreSQL are in ``tables/``: each was asked of the engine. Of other
engines only what is documented is known. What no table answers is undecided, never accepted or
refused.
"""

from __future__ import annotations

from sqlglot import exp

from breaking_changes.binder.type_errors.checks import (
    EQUALS,
    MEMBER,
    UNION,
    check,
    check_set_operation,
)
from breaking_changes.binder.type_errors.meetings import accepted_beside
from breaking_changes.binder.type_errors.operands import TypeOf, class_of
from breaking_changes.binder.type_errors.outcome import Finding, Findings, Meeting

__all__ = [
    "EQUALS",
    "MEMBER",
    "UNION",
    "Finding",
    "Findings",
    "Meeting",
    "TypeOf",
    "accepted_beside",
    "check",
    "check_set_operation",
    "class_of",
    "refusals",
]


def refusals(
    expression: exp.Expr, dialect: str, type_of: TypeOf | None = None
) -> tuple[Finding, ...]:
    """The sub-expressions of a typed expression that the engine refuses."""
    return check(expression, dialect, type_of).refused
