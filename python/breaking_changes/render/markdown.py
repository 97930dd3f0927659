"""Markdown for a comment on a pull request.

Parts are added in the order of their weight until the comment is full: GitHub and GitLab refuse
longer ones ("body is too long (maximum is 65536 characters)", GitHub's REST API).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from breaking_changes.render.material import Material, Report
from breaking_changes.render.mermaid import diagram
from breaking_changes.render.words import (
    coverage_line,
    headline,
    location,
    name,
    one_line,
    subject,
    verdict_counts,
    why_not_compared,
)

MAX_LENGTH = 65_536

#: Lets a script find the comment again and update it instead of adding another.
MARKER = "<!-- dbt-breaking-changes -->"

#: Share of the comment for the table, the rest is for details.
TABLE_LENGTH = 30_000

MAX_IMPACTS = 20

#: What starts markup anywhere, an underscore outside a word, and what starts a block.
_MARKUP = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])|^[#+=-]")

#: What GitHub would turn into a mention, a reference to an issue, or a link.
_REFERENCE = re.compile(r"(@|#(?=\d)|:(?=//)|www(?=\.))")


def render(report: Report, material: Material) -> str:
    """Summary line, table, what breaks as a graph, then each finding with its readers."""
    changes = report["changes"]
    tail = _coverage(report)
    rows, table = _table(changes)
    graph, undrawn = diagram(report, material)
    head = [MARKER, f"### Breaking changes: {headline(report)}", *table]
    if graph:
        note = f"\n\n{undrawn:,} more broken readers are not drawn." if undrawn else ""
        head.append(_folded("What breaks, as a graph", graph + note, limit=16_000))
    room = MAX_LENGTH - len("\n\n".join([*head, tail])) - 200
    details = _fill((_detail(change, material) for change in changes), room)
    missing = [
        f"{len(changes) - count:,} findings are not {where}"
        for count, where in ((rows, "in the table"), (len(details), "shown in detail"))
        if count < len(changes)
    ]
    if missing:
        details.append(f"The comment is full: {', '.join(missing)}. The json report has them all.")
    return "\n\n".join(part for part in [*head, *details, tail] if part) + "\n"


def _table(changes: list[Mapping[str, Any]]) -> tuple[int, list[str]]:
    if not changes:
        return 0, []
    header = ["| | Change | Readers | Where |", "|---|---|---|---|"]
    rows = _fill((_row(change) for change in changes), TABLE_LENGTH)
    return len(rows), ["\n".join(header + rows)]


def _row(change: Mapping[str, Any]) -> str:
    severity = "acknowledged" if change["acknowledged"] else f"**{change['severity']}**"
    follows = "↳ " if change["caused_by"] else ""
    cells = [
        severity,
        f"{follows}{_plain(change['message'], 300)}",
        verdict_counts(change),
        _code(location(change), in_table=True),
    ]
    return f"| {' | '.join(cells)} |"


def _detail(change: Mapping[str, Any], material: Material) -> str:
    why = str(material.catalogue.get(change["rule"], {}).get("why") or "")
    lines = [_plain(why, 2000), _plain(change["fix"], 2000)]
    if change["before"] or change["after"]:
        lines.append(f"{_code(change['before'] or 'none')} → {_code(change['after'] or 'none')}")
    if change["acknowledged"]:
        acknowledged = change["acknowledged"]
        until = f" until {_plain(acknowledged['expires'])}" if acknowledged["expires"] else ""
        reason = _plain(acknowledged["reason"] or "no reason given")
        lines.append(f"Acknowledged{until}: {reason}")
    impacts = [_impact(impact, material) for impact in change["impact"][:MAX_IMPACTS]]
    if len(change["impact"]) > MAX_IMPACTS:
        impacts.append(f"- and {len(change['impact']) - MAX_IMPACTS:,} more readers")
    lines.append("\n".join(impacts))
    title = f"<b>{change['severity']}</b> <code>{_html(subject(change))}</code> {change['rule']}"
    return _folded(title, "\n\n".join(line for line in lines if line))


def _impact(impact: Mapping[str, Any], material: Material) -> str:
    owner = material.owners.get(impact["node"])
    parts = [f"- **{impact['verdict']}** {_code(name(impact['node']))}"]
    parts += [_code(location(impact))] if impact["path"] else []
    parts += [_plain(impact["detail"])] if impact["detail"] else []
    parts += [f"(owner: {_plain(owner)})"] if owner else []
    return " ".join(parts)


def _coverage(report: Report) -> str:
    missed = report["coverage"]["not_compared"]
    line = coverage_line(report)
    if not missed:
        return line
    items = [
        f"- {_code(one['node'])}: {_plain(why_not_compared(one))}" for one in missed[:MAX_IMPACTS]
    ]
    if len(missed) > MAX_IMPACTS:
        items.append(f"- and {len(missed) - MAX_IMPACTS:,} more")
    return f"{line}\n\n" + _folded("Not compared", "\n".join(items))


def _folded(title: str, body: str, limit: int = 12_000) -> str:
    """Collapsible text; empty when the body is longer than ``limit``, since half would not fold."""
    if len(body) > limit:
        return ""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _fill(parts: Iterable[str], room: int) -> list[str]:
    """As many of the parts, in order, as fit into ``room`` characters."""
    taken: list[str] = []
    for part in parts:
        room -= len(part) + 2
        if room < 0:
            break
        taken.append(part)
    return taken


def _plain(text: object, limit: int = 500) -> str:
    """Text that Markdown shows as it is, and that names nobody: an empty comment splits @name."""
    escaped = _MARKUP.sub(r"\\\g<0>", _html(one_line(text, limit)))
    return _REFERENCE.sub(r"\1<!-- -->", escaped)


def _code(text: object, in_table: bool = False) -> str:
    """A code span; the fence is longer than any run of backticks inside (CommonMark 6.1)."""
    line = one_line(text, 300)
    if not line:
        return ""
    runs = [len(run) for run in re.findall("`+", line)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    span = f"{fence}{pad}{line}{pad}{fence}"
    # A backslash before the bar would undo the bar's own.
    return span.replace("\\|", "\\ |").replace("|", "\\|") if in_table else span


def _html(text: object) -> str:
    return html.escape(one_line(text), quote=False)
