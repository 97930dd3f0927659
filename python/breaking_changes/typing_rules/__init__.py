"""What an engine refuses because of types, on expressions that sqlglot has annotated.

The facts are in ``tables/``: each was asked of the engine. What no table answers is undecided,
never accepted or refused.
"""

from __future__ import annotations

from sqlglot import exp

from breaking_changes.typing_rules.checks import Finding, Findings, check, check_set_operation

__all__ = ["Finding", "Findings", "check", "check_set_operation", "refusals"]


def refusals(expression: exp.Expr, dialect: str) -> tuple[Finding, ...]:
    """The sub-expressions of an annotated expression that the engine refuses."""
    return check(expression, dialect).refused
