"""Gathers what makes a report readable from the manifests behind it: SQL, owners, rules."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from breaking_changes.artifacts import Target
from breaking_changes.artifacts.reading import mapping
from breaking_changes.comparison import Comparison
from breaking_changes.render import Material, Report


def material_of(
    comparison: Comparison, base: str, project_file: str, view: Mapping[str, Any]
) -> Material:
    """What the renderers may use for one comparison.

    Args:
        comparison: The report and both sides.
        base: What was compared with, in words.
        project_file: dbt_project.yml, from the repository's root.
        view: How a text report is shown.
    """

    sides = (comparison.prior, comparison.current)
    nodes = _shown(comparison.report)
    return Material(
        project=comparison.current.manifest.project,
        base=base,
        project_file=project_file,
        view=view,
        fail_on=comparison.settings["fail_on"],
        catalogue=comparison.host.call("_catalogue"),
        sources=dict(source for side in sides for source in _sources(comparison, side)),
        owners=dict(
            owner for side in sides for owner in _owners(side, _named(comparison, side, nodes))
        ),
        prior_lineage=mapping(comparison.prior_lineage.get("nodes")),
        current_lineage=mapping(comparison.current_lineage.get("nodes")),
        call=comparison.host.call,
    )


def shown_nodes(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """The manifest's own words on each node of the current side that the report names."""
    return _named(comparison, comparison.current, _shown(comparison.report))


def _shown(report: Report) -> set[str]:
    """The nodes that a report names: few of a large project."""
    return {item["node"] for change in report["changes"] for item in (change, *change["impact"])}


def _sections(comparison: Comparison, side: Target) -> Iterator[dict[str, Any]]:
    for section in comparison.host.call("_sections"):
        yield mapping(side.manifest.raw.get(section))


def _named(
    comparison: Comparison, side: Target, nodes: Container[str]
) -> dict[str, dict[str, Any]]:
    return {
        unique_id: mapping(node)
        for section in _sections(comparison, side)
        for unique_id, node in section.items()
        if unique_id in nodes
    }


def _sources(comparison: Comparison, side: Target) -> Iterator[tuple[str, str]]:
    """SQL by path, as it was written; the path is that of the report."""
    paths = {
        item["path"]
        for change in comparison.report["changes"]
        for item in (change, *change["impact"])
        # A node written in YAML has code too, but that is not what stands in the file.
        if item["path"] and item["path"].endswith((".sql", ".py"))
    }
    names = {path.rpartition("/")[2] for path in paths}
    walk = {"project": side.manifest.project}
    for section in _sections(comparison, side):
        for node in section.values():
            path, code = mapping(node).get("original_file_path"), mapping(node).get("raw_code")
            if not isinstance(path, str) or not isinstance(code, str):
                continue
            # Asking the macro takes time, and few files have a name that the report holds.
            if path.replace("\\", "/").rpartition("/")[2] in names:
                file = comparison.host.call("_file_of", node, walk)
                if file in paths:
                    yield str(file), code


def _owners(target: Target, nodes: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Who answers for each node: its own owner, that of its meta, or that of its group."""
    groups = {
        group.get("name"): _person(group.get("owner"))
        for group in mapping(target.manifest.raw.get("groups")).values()
        if isinstance(group, dict)
    }
    for unique_id, node in nodes.items():
        config = mapping(node.get("config"))
        meta = mapping(config.get("meta")) or mapping(node.get("meta"))
        owner = (
            _person(node.get("owner"))
            or _person(meta.get("owner"))
            or groups.get(node.get("group") or config.get("group"))
        )
        if owner:
            yield unique_id, owner


def _person(owner: Any) -> str | None:
    """``Name <address>`` of dbt's owner mapping, or the plain text that a meta holds."""
    if isinstance(owner, str):
        return owner or None
    name, email = (mapping(owner).get(key) for key in ("name", "email"))
    if isinstance(email, list):
        email = ", ".join(str(address) for address in email)
    return f"{name} <{email}>" if name and email else str(name or email or "") or None
