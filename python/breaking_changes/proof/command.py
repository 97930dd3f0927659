"""What `check` does for `--prove` and `--repro`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from breaking_changes.comparison import Comparison, macro_errors
from breaking_changes.lines import say
from breaking_changes.proof.asking import asking
from breaking_changes.proof.engines import require
from breaking_changes.proof.proofs import Cases, broken, proofs
from breaking_changes.proof.repro import write_repros


def proven(comparison: Comparison, prove: bool, folder: Path | None) -> Comparison:
    """The comparison with what the engine says of each consumer that breaks.

    Args:
        comparison: What was found.
        prove: Whether to ask the engine.
        folder: Where to write the consumers as SQL files; none for nowhere.

    Raises:
        UserError: There is no engine to ask, or the folder cannot be written to.
    """
    cases = Cases(*comparison.sides)
    if prove:
        dialect = comparison.sides[1].dialect
        known = require(dialect, comparison.current.manifest.adapter_type)
        report = comparison.report
        if broken(report):
            with asking(dialect, known.is_confined) as engine:
                found = proofs(report, cases, engine)
            with macro_errors():
                report = comparison.host.call("_add_proofs", report, found)
        comparison = replace(comparison, report=report)
    if folder is not None:
        written = write_repros(comparison.report, cases, folder)
        say(f"{written} SQL file{'' if written == 1 else 's'} in {folder}.")
    return comparison
