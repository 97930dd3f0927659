"""Every rule over every pair of sides, forth and back: `PYTHONPATH=.:tests python -m rules.matrix`.

The golden file has one block a case: `>` are the findings from before to after, `<` those of the
swapped pair, all at level strict. The message stands below its finding.
"""

from __future__ import annotations

from pathlib import Path

from rules import cases

GOLDEN = Path(__file__).parent / "golden" / "matrix.txt"
STRICT = {"level": "strict"}


def forth(case: cases.Case) -> cases.Report:
    """The report from before to after."""
    return cases.compare(case, case.before, case.after, STRICT)


def back(case: cases.Case) -> cases.Report:
    """The report on the swapped pair."""
    return cases.compare(case, case.after, case.before, STRICT)


def block(case: cases.Case) -> str:
    """The block of one case."""
    lines = [f"# {case.id}"]
    for sign, made in ((">", forth(case)), ("<", back(case))):
        for finding, change in zip(cases.compact(made), made["changes"], strict=True):
            lines += [f"{sign} {_line(finding)}", f"      {change['message']}"]
    return "\n".join(lines)


def text() -> str:
    """The whole golden file."""
    return "\n\n".join(block(case) for case in cases.load()) + "\n"


def write() -> None:
    """Writes the golden file."""
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(text(), encoding="utf-8")


def _line(finding: cases.Finding) -> str:
    column = f":{finding['column']}" if "column" in finding else ""
    broken = [node for node, verdict in finding.get("impact", {}).items() if verdict == "breaks"]
    breaks = f" breaks {', '.join(broken)}" if broken else ""
    return f"{finding['severity']:5} {finding['rule']} {finding['node']}{column}{breaks}"


if __name__ == "__main__":
    write()
