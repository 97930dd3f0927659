"""Writes each broken consumer as one SQL file that anyone can run and see it refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.files import write_lines
from breaking_changes.errors import UserError
from breaking_changes.lines import line_safe
from breaking_changes.proof.ddl import definitions
from breaking_changes.proof.proofs import Cases
from breaking_changes.proof.statement import Statement

#: Characters of a name that a file system takes.
_MOST = 100


def write_repros(report: Mapping[str, Any], cases: Cases, folder: Path) -> int:
    """Writes a file for each finding and each consumer that it breaks; says how many.

    Raises:
        UserError: The folder cannot be written to.
    """
    written = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for change in report["changes"]:
            for impact in change["impact"]:
                if impact["verdict"] != "breaks":
                    continue
                made = [case for case in cases.of(impact["node"]) if case.missed]
                if made:
                    file = folder / _file_name(change, impact)
                    write_lines(file, [_text(change, impact, made[-1].after)])
                    written += 1
    except OSError as error:
        raise UserError(f"cannot write --repro {folder}: {error.strerror}.") from None
    return written


def _file_name(change: Mapping[str, Any], impact: Mapping[str, Any]) -> str:
    subject = change["node"].split(".", 2)[-1] + (
        f".{change['column']}" if change["column"] else ""
    )
    consumer = impact["node"].split(".", 2)[-1]
    words = f"{consumer}-{change['rule']}-{subject}"
    digest = hashlib.sha256(f"{change['fingerprint']} {impact['node']}".encode()).hexdigest()[:8]
    return f"{re.sub(r'[^A-Za-z0-9._-]+', '_', words)[:_MOST]}-{digest}.sql"


def _text(change: Mapping[str, Any], impact: Mapping[str, Any], statement: Statement) -> str:
    return "\n".join(
        [
            *_head(change, impact, statement),
            "",
            *(f"{definition};" for definition in definitions(statement)),
            "",
            *(f"-- {line}" for line in _expected(impact)),
            # A comment that ends the query must not swallow the semicolon.
            f"{statement.query}\n;",
            "",
        ]
    )


def _head(
    change: Mapping[str, Any], impact: Mapping[str, Any], statement: Statement
) -> Iterator[str]:
    yield f"-- {line_safe(change['message'])} ({change['rule']})"
    place = f", {impact['path']}:{impact['line']}" if impact["path"] and impact["line"] else ""
    yield f"-- breaks {line_safe(impact['node'])}{line_safe(place)}"
    yield "-- Run it in an empty database: it makes relations that stand for what the node reads."
    if not statement.is_typed:
        yield "-- Where the type of a column is not known, one that fits most uses stands for it."


def _expected(impact: Mapping[str, Any]) -> Iterator[str]:
    proof = impact.get("proof") or {}
    if proof.get("outcome") == "confirmed":
        yield line_safe(f"{proof['engine']} says: {proof['answer']}")
    else:
        yield line_safe(f"expected to be refused: {impact['detail']}")
        if proof:
            yield line_safe(f"{proof['engine']}: {proof['outcome']}")
