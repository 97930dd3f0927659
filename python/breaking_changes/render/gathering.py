"""Gathers what makes a report readable from the manifests behind it: SQL, owners, rules."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from breaking_changes.artifacts import Target
from breaking_changes.artifacts.reading import mapping
from breaking_changes.comparison import Comparison
from breaking_changes.render import Material, Report

#: Where a node says which file it is in, and what it says of the text there.
_TEXTS = (("original_file_path", "raw_code"), ("compiled_path", "compiled_code"))


def material_of(comparison: Comparison, base: str) -> Material:
    """What the renderers may use for one comparison; ``base`` is what it was compared with."""

    def write(format_: str, report: Report) -> str:
        return str(comparison.host.call("_render", report, format_, base))

    paths, nodes = _shown(comparison.report)
    sides = (comparison.prior, comparison.current)
    return Material(
        project=comparison.current.manifest.project,
        base=base,
        fail_on=comparison.settings["fail_on"],
        catalogue=comparison.host.call("_catalogue"),
        sources=dict(source for side in sides for source in _sources(side, paths)),
        owners=dict(owner for side in sides for owner in _owners(side, nodes)),
        prior_lineage=mapping(comparison.prior_lineage.get("nodes")),
        current_lineage=mapping(comparison.current_lineage.get("nodes")),
        macro=write,
    )


def _shown(report: Report) -> tuple[set[str], set[str]]:
    """The files and the nodes that a report names: few of a large project."""
    items = [item for change in report["changes"] for item in (change, *change["impact"])]
    return {item["path"] for item in items}, {item["node"] for item in items}


def _sections(target: Target) -> Iterator[dict[str, Any]]:
    for section in ("nodes", "sources", "exposures", "metrics", "semantic_models"):
        yield mapping(target.manifest.raw.get(section))


def _sources(target: Target, paths: Container[str]) -> Iterator[tuple[str, str]]:
    """SQL by path: as written, and as compiled, since a place can lie in either."""
    for section in _sections(target):
        for node in section.values():
            for where, what in _TEXTS:
                path, code = mapping(node).get(where), mapping(node).get(what)
                # A node written in YAML has code too, but that is not what stands in the file.
                is_file = isinstance(path, str) and path.endswith((".sql", ".py"))
                if is_file and isinstance(code, str) and path in paths:
                    yield str(path), code


def _owners(target: Target, nodes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Who answers for each node: its own owner, that of its meta, or that of its group."""
    groups = {
        group.get("name"): _person(group.get("owner"))
        for group in mapping(target.manifest.raw.get("groups")).values()
        if isinstance(group, dict)
    }
    for section in _sections(target):
        for unique_id in section.keys() & nodes:
            node = mapping(section[unique_id])
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
