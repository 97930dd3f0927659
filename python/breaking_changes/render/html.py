"""One self-contained HTML page: data, styles and script inside, nothing from the network.

The data is compressed and written in base64, so no name in it can end a tag; the script puts text
into the page as text only; and a content security policy allows that one script alone.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from breaking_changes import __version__
from breaking_changes.render.graph import graph_of
from breaking_changes.render.material import Material, Report
from breaking_changes.render.words import coverage_line, headline, one_line

PAGE = Path(__file__).parent / "page"
SCRIPTS = (
    *("elements.js", "filters.js", "graph.js", "sql.js", "findings.js", "overview.js"),
    "main.js",
)

#: Above this size (bytes, of data in base64) the page does without the SQL, and says so.
MAX_DATA = 2_800_000


def render(report: Report, material: Material) -> str:
    """The page; works from a file, offline, in browsers from 2023 on."""
    script = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    style = (PAGE / "style.css").read_text(encoding="utf-8")
    parts = {
        "policy": _policy(script, style),
        "style": style,
        "script": script,
        "title": html.escape(f"{one_line(material.project) or 'dbt project'}: {headline(report)}"),
        "project": html.escape(one_line(material.project)),
        "base": html.escape(f"compared with {one_line(material.base)}" if material.base else ""),
        "headline": html.escape(headline(report)),
        "result": report["result"],
        "verdict": {"pass": "passes", "fail": "fails"}[report["result"]],
        "coverage": html.escape(coverage_line(report)),
        "version": __version__,
        "data": _pack(report, material),
    }
    page = (PAGE / "page.html").read_text(encoding="utf-8")
    # One pass, so that a value that looks like a placeholder stays what it is.
    return re.sub(r"\{\{ (\w+) \}\}", lambda match: parts[match[1]], page)


def _policy(script: str, style: str) -> str:
    def digest(text: str) -> str:
        hashed = hashlib.sha256(text.encode("utf-8")).digest()
        return f"'sha256-{base64.b64encode(hashed).decode('ascii')}'"

    return (
        f"default-src 'none'; script-src {digest(script)}; style-src {digest(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _pack(report: Report, material: Material) -> str:
    sources = {path: material.sources[path] for path in _paths(report) if path in material.sources}
    packed = _compress(_data(report, material, sources))
    return packed if len(packed) <= MAX_DATA else _compress(_data(report, material, {}))


def _compress(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # mtime=0: the same report is the same file. A lone surrogate has no UTF-8 form.
    packed = gzip.compress(text.encode("utf-8", "replace"), mtime=0)
    return base64.b64encode(packed).decode("ascii")


def _data(report: Report, material: Material, sources: Mapping[str, str]) -> dict[str, Any]:
    nodes = {node for change in report["changes"] for node in _nodes(change)}
    rules = {change["rule"] for change in report["changes"]}
    groups = material.call("_groups", report)
    causes = {id(group["cause"]): group for group in groups}
    return {
        "report": report,
        "rules": {id_: dict(material.catalogue.get(id_, {})) for id_ in sorted(rules)},
        "names": material.call("_node_names", report),
        "owners": {node: material.owners[node] for node in sorted(nodes & set(material.owners))},
        "sources": dict(sources),
        "groups": _numbered(report, groups),
        "elsewhere": [material.call("_elsewhere_text", group) for group in groups],
        "graphs": [
            _graph(_whole(change, causes.get(id(change))), material) for change in report["changes"]
        ],
        "marks": [
            _marks(_whole(change, causes.get(id(change))), material) for change in report["changes"]
        ],
    }


def _numbered(report: Report, groups: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The groups by the numbers of their findings, their consumers as [finding, consumer]."""
    changes = {id(change): number for number, change in enumerate(report["changes"])}
    consumers = {
        id(impact): [number, at]
        for number, change in enumerate(report["changes"])
        for at, impact in enumerate(change["impact"])
    }
    return [
        {
            "cause": changes[id(group["cause"])],
            "followers": [changes[id(follower)] for follower in group["followers"]],
            "consumers": [consumers[id(impact)] for impact in group["consumers"]],
        }
        for group in groups
    ]


def _whole(change: Mapping[str, Any], group: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A cause with the consumers of what follows from it, each by way of that."""
    if group is None:
        return change
    own = {id(impact) for impact in change["impact"]}
    by_way_of = {
        id(impact): follower["node"]
        for follower in group["followers"]
        for impact in follower["impact"]
    }
    impacts = [
        impact
        if id(impact) in own or by_way_of[id(impact)] == impact["node"]
        else {**impact, "via": [by_way_of[id(impact)], *impact["via"]]}
        for impact in group["consumers"]
    ]
    return {**change, "impact": impacts}


def _nodes(change: Mapping[str, Any]) -> Iterator[str]:
    yield change["node"]
    for impact in change["impact"]:
        yield impact["node"]


def _paths(report: Report) -> dict[str, None]:
    paths: dict[str, None] = {}
    for change in report["changes"]:
        for item in (change, *change["impact"]):
            if item["path"]:
                paths[item["path"]] = None
    return paths


def _graph(change: Mapping[str, Any], material: Material) -> dict[str, Any]:
    """Boxes as [node, depth, verdict, rows], edges as [box, row or -1, box, row or -1]."""
    graph = graph_of(change, material.prior_lineage)
    index = {box.node: number for number, box in enumerate(graph.boxes)}

    def end(node: str, row: str | None) -> list[int]:
        rows = graph.boxes[index[node]].rows
        return [index[node], rows.index(row) if row in rows else -1]

    return {
        "boxes": [[box.node, box.depth, box.verdict, list(box.rows)] for box in graph.boxes],
        "edges": [[*end(*source), *end(*target)] for source, target in graph.edges],
        "leftOut": graph.left_out,
    }


def _marks(change: Mapping[str, Any], material: Material) -> dict[str, int]:
    """Where on its line each consumer's failing reference begins, counted from 1, where known."""
    marks = {}
    for impact in change["impact"]:
        for reference in (material.current_lineage.get(impact["node"]) or {}).get("unbound") or []:
            if reference["line"] == impact["line"] and reference.get("column_number"):
                marks[impact["node"]] = int(reference["column_number"])
                break
    return marks
