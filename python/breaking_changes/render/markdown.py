"""Markdown for a comment on a pull request.

Parts are added in the order of their weight until the comment is full: GitHub and GitLab refuse
longer ones ("body is too long (maximum is 65536 characters)", GitHub's REST API).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from breaking_changes.render.material import Material, Report
from breaking_changes.render.mermaid import diagram
from breaking_changes.render.words import (
    counted,
    coverage_line,
    headline,
    location,
    one_line,
    subject,
    why_not_compared,
)

MAX_LENGTH = 65_536

#: Lets a script find the comment again and update it instead of adding another.
MARKER = "<!-- dbt-breaking-changes -->"

#: Causes in the table, and boxes of a graph that is shown unfolded: what fits on a screen.
MAX_ROWS = 10
MAX_OPEN_BOXES = 12

MAX_IMPACTS = 20

#: Further places where one consumer breaks.
MAX_PLACES = 5

#: What starts markup anywhere, an underscore outside a word, and what starts a block.
_MARKUP = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])|^[#+=-]")

#: What GitHub would turn into a mention, a reference to an issue, or a link.
_REFERENCE = re.compile(r"(@|#(?=\d)|:(?=//)|www(?=\.))")


def render(report: Report, material: Material) -> str:
    """The sentence that matters, the causes as a table, what breaks as a graph; the rest folded."""
    groups = material.call("_groups", report)
    names = material.call("_node_names", report)
    graph, undrawn = diagram(report, material, names)
    head = [MARKER, f"### Breaking changes: {_plain(headline(report))}"]
    head += [_sentence(groups[0], names)] if groups else []
    head += _table(groups, material) if groups else []
    if graph:
        note = f"\n\n{undrawn:,} more broken consumers are not drawn." if undrawn else ""
        is_small = graph.count('["') <= MAX_OPEN_BOXES
        head.append(graph + note if is_small else _folded("What breaks, as a graph", graph + note))
    tail = _coverage(report, names)
    room = MAX_LENGTH - len("\n\n".join([*head, tail])) - 400
    details = _fill((_detail(group, material, names) for group in groups), room)
    if details:
        missing = ""
        if len(details) < len(groups):
            left = counted(len(groups) - len(details), "more finding")
            missing = f"\n\nThe comment is full: {left}. The json report has them all."
        title = f"{counted(len(groups), 'finding')} in detail"
        head.append(_folded(title, "\n\n".join(details) + missing, MAX_LENGTH))
    return "\n\n".join(part for part in [*head, tail] if part) + "\n"


def _sentence(group: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The worst finding, with the first of those that it breaks or leaves undecided."""
    text = f"**{_plain(group['cause']['message'], 300)}**"
    for verdict, verb in (("breaks", "breaks"), ("unknown", "leaves undecided")):
        hit = [one["node"] for one in group["consumers"] if one["verdict"] == verdict]
        if hit:
            shown = ", ".join(_code(names.get(node, node)) for node in hit[:3])
            more = f" and {len(hit) - 3:,} more" if len(hit) > 3 else ""
            return f"{text} {verb} {shown}{more}."
    return f"{text}."


def _table(groups: Sequence[Mapping[str, Any]], material: Material) -> list[str]:
    header = ["| | Cause | Consumers | Where |", "|---|---|---|---|"]
    rows = [_row(group, material) for group in groups[:MAX_ROWS]]
    if len(groups) > MAX_ROWS:
        rows.append(f"\n{counted(len(groups) - MAX_ROWS, 'more cause')} below.")
    return ["\n".join(header + rows)]


def _row(group: Mapping[str, Any], material: Material) -> str:
    change = group["cause"]
    severity = "acknowledged" if change["acknowledged"] else f"**{change['severity']}**"
    follow = len(group["followers"])
    note = f" (and {counted(follow, 'finding')} that {'follows' if follow == 1 else 'follow'})"
    cells = [
        severity,
        f"{_plain(change['message'], 300)}{note if follow else ''}",
        material.call("_counted", group["counts"]),
        _code(location(change), in_table=True),
    ]
    return f"| {' | '.join(cells)} |"


def _detail(group: Mapping[str, Any], material: Material, names: Mapping[str, str]) -> str:
    change = group["cause"]
    why = str(material.catalogue.get(change["rule"], {}).get("why") or "")
    lines = [_plain(why, 2000), _plain(change["fix"], 2000)]
    if change["before"] or change["after"]:
        lines.append(f"{_code(change['before'] or 'none')} → {_code(change['after'] or 'none')}")
    if change["acknowledged"]:
        acknowledged = change["acknowledged"]
        until = f" until {_plain(acknowledged['expires'])}" if acknowledged["expires"] else ""
        reason = _plain(acknowledged["reason"] or "no reason given")
        lines.append(f"Acknowledged{until}: {reason}")
    impacts = [_impact(one, material, names) for one in group["consumers"][:MAX_IMPACTS]]
    if len(group["consumers"]) > MAX_IMPACTS:
        impacts.append(f"- and {len(group['consumers']) - MAX_IMPACTS:,} more consumers")
    elsewhere = material.call("_elsewhere_text", group)
    lines += ["\n".join(impacts), f"{elsewhere}." if elsewhere else ""]
    if group["followers"]:
        follow = [f"- {_plain(one['message'], 300)}" for one in group["followers"][:MAX_IMPACTS]]
        if len(group["followers"]) > MAX_IMPACTS:
            follow.append(f"- and {len(group['followers']) - MAX_IMPACTS:,} more")
        lines.append("What follows from it:\n\n" + "\n".join(follow))
    title = f"<b>{change['severity']}</b> <code>{_html(subject(change))}</code> {change['rule']}"
    return _folded(title, "\n\n".join(line for line in lines if line))


def _impact(impact: Mapping[str, Any], material: Material, names: Mapping[str, str]) -> str:
    owner = material.owners.get(impact["node"])
    parts = [f"- **{impact['verdict']}** {_code(names.get(impact['node'], impact['node']))}"]
    parts += [_code(location(impact))] if impact["path"] else []
    parts += [_plain(impact["detail"])] if impact["detail"] else []
    parts += [f"(owner: {_plain(owner)})"] if owner else []
    return " ".join(parts) + "".join(f"\n{_place(place)}" for place in impact["also"][:MAX_PLACES])


def _place(place: Mapping[str, Any]) -> str:
    """Where else a consumer breaks, as a line below it."""
    parts = ["  - also", _code(location(place)) if place["path"] else ""]
    return " ".join(part for part in [*parts, _plain(place["detail"] or "")] if part)


def _coverage(report: Report, names: Mapping[str, str]) -> str:
    missed = report["coverage"]["not_compared"]
    line = coverage_line(report)
    if not missed:
        return line
    items = [
        f"- {_code(names.get(one['node'], one['node']))}: {_plain(why_not_compared(one, names))}"
        for one in missed[:MAX_IMPACTS]
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
