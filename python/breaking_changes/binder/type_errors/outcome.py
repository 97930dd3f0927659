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
class Meeting:
    """An operand that meets another of unknown type: its columns, and the classes that the engine
    may accept beside it."""

    columns: tuple[exp.Column, ...]
    accepts: tuple[str, ...]


@dataclass(frozen=True)
class Findings:
    """What the engine refuses, what no table can decide, and what meets unknown types, innermost
    first."""

    refused: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    meetings: tuple[Meeting, ...] = ()
