"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp


@dataclass(frozen=True)
class Finding:
    """A sub-expression that is refused or undecided, the columns in its operands, and why."""

    expression: exp.Expr
    columns: tuple[exp.Column, ...]
    reason: str


@dataclass(frozen=True)
class Findings:
    """What the engine refuses, and what no table can decide, innermost first."""

    refused: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
