"""The scenarios of the integration project: a change, and everything that has to be found in it.

Each file of ``integration_tests/scenarios`` is one scenario. Names in it are short: a model's own
name, any other node with its type in front, a generic test without the hash at its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from projects import SHOP, Project

FOLDER = SHOP / "scenarios"
_KEYS = {
    *("about", "arguments", "prior_edit", "edit", "add", "delete", "build"),
    *("findings", "with_lineage"),
}

Edit = tuple[str, str, str]
Findings = dict[tuple[str, str, str | None], dict[str, Any]]
"""(rule, node, column) to severity, before, after, caused_by and impact: one entry a change."""


@dataclass(frozen=True)
class Scenario:
    """One change of the integration project and what it does.

    Attributes:
        name: The file's name.
        arguments: Further arguments of the gate, such as ``level``.
        prior_edits: What the prior state has that the project in the repository has not.
        edits: (file, text that is there once, text in its place).
        additions: File to text.
        deletions: Files.
        fails: The nodes whose SQL the database refuses; none means that everything builds.
        findings: All findings without column lineage.
        with_lineage: All findings with it.
    """

    name: str
    arguments: Mapping[str, Any]
    prior_edits: tuple[Edit, ...]
    edits: tuple[Edit, ...]
    additions: Mapping[str, str]
    deletions: tuple[str, ...]
    fails: tuple[str, ...]
    findings: Findings
    with_lineage: Findings

    @property
    def touches_sql(self) -> bool:
        """Whether a build can tell anything that the prior one did not."""
        files = [*(file for file, _, _ in self.edits), *self.additions, *self.deletions]
        return any(not file.endswith(".yml") for file in files) or bool(self.fails)

    def apply_prior(self, project: Project) -> Project:
        """Makes the prior state of it in a copy of the integration project."""
        for file, find, replace in self.prior_edits:
            project.edit(file, find, replace)
        return project

    def apply(self, project: Project) -> Project:
        """Makes the change in a copy of the integration project."""
        for file, find, replace in self.edits:
            project.edit(file, find, replace)
        for file, text in self.additions.items():
            project.write(file, text)
        for file in self.deletions:
            project.delete(file)
        return project


def load_scenarios() -> list[Scenario]:
    """Reads every scenario, in the order of their names."""
    return [_load(path) for path in sorted(FOLDER.glob("*.yml"))]


def _load(path: Path) -> Scenario:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert not set(data) - _KEYS, f"{path.name} has unknown keys: {set(data) - _KEYS}"
    findings = _expected(data["findings"])
    with_lineage = data.get("with_lineage")
    return Scenario(
        name=path.stem,
        arguments=data.get("arguments", {}),
        prior_edits=_edits(data.get("prior_edit", [])),
        edits=_edits(data.get("edit", [])),
        additions=data.get("add", {}),
        deletions=tuple(data.get("delete", [])),
        fails=tuple(data.get("build", {}).get("fails", [])),
        findings=findings,
        with_lineage=findings if with_lineage is None else _expected(with_lineage),
    )


def _edits(rows: list[dict[str, str]]) -> tuple[Edit, ...]:
    return tuple((row["file"], row["find"], row["replace"]) for row in rows)


def _expected(rows: list[dict[str, Any]]) -> Findings:
    return {
        (row["rule"], row["node"], row.get("column")): {
            "severity": row["severity"],
            "before": row.get("before"),
            "after": row.get("after"),
            "caused_by": row.get("caused_by"),
            "impact": {verdict: sorted(nodes) for verdict, nodes in row.get("impact", {}).items()},
        }
        for row in rows
    }


def found(report: Mapping[str, Any]) -> Findings:
    """The findings of a report, in the form of the expected ones."""
    findings: Findings = {}
    names = {change["fingerprint"]: _subject(change) for change in report["changes"]}
    for change in report["changes"]:
        impact: dict[str, list[str]] = {}
        for consumer in change["impact"]:
            impact.setdefault(consumer["verdict"], []).append(short(consumer["node"]))
        key = (change["rule"], short(change["node"]), change["column"])
        assert key not in findings, f"reported twice: {key}"
        findings[key] = {
            "severity": change["severity"],
            "before": change["before"],
            "after": change["after"],
            "caused_by": change["caused_by"] and names[change["caused_by"]],
            "impact": {verdict: sorted(nodes) for verdict, nodes in impact.items()},
        }
    return findings


def _subject(change: Mapping[str, Any]) -> str:
    node = short(change["node"])
    return f"{node}.{change['column']}" if change["column"] else node


def short(unique_id: str) -> str:
    """``model.shop.dim_users.v1`` is dim_users.v1, ``seed.shop.countries`` is seed.countries."""
    kind, _, rest = unique_id.partition(".")
    name = rest.removeprefix("shop.")
    if kind == "test":
        name = re.sub(r"\.[0-9a-f]{10}$", "", name)
    return name if kind == "model" else f"{kind}.{name}"
