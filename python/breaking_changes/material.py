"""Gathers what makes a report readable from the manifests behind it: SQL, owners, rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from breaking_changes.artifacts import Target
from breaking_changes.artifacts.reading import mapping
from breaking_changes.comparison import Comparison
from breaking_changes.render import Material, Report


def material_of(comparison: Comparison, base: str) -> Material:
    """What the renderers may use for one comparison; ``base`` is what it was compared with."""

    def write(format_: str, report: Report) -> str:
        return str(comparison.host.call("_render", report, format_, base))

    return Material(
        project=comparison.current.manifest.project,
        base=base,
        fail_on=comparison.settings["fail_on"],
        catalogue=comparison.host.call("_catalogue"),
        sources=_sources(comparison.prior) | _sources(comparison.current),
        owners=_owners(comparison.prior) | _owners(comparison.current),
        prior_lineage=mapping(comparison.prior_lineage.get("nodes")),
        current_lineage=mapping(comparison.current_lineage.get("nodes")),
        macro=write,
    )


def _nodes(target: Target) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for section in ("nodes", "sources", "exposures", "metrics", "semantic_models"):
        for unique_id, node in mapping(target.manifest.raw.get(section)).items():
            if isinstance(node, dict):
                yield unique_id, node


def _sources(target: Target) -> dict[str, str]:
    """SQL by path: as written, and as compiled, since a place can lie in either."""
    found = {}
    for _, node in _nodes(target):
        for where, what in (("original_file_path", "raw_code"), ("compiled_path", "compiled_code")):
            path, code = node.get(where), node.get(what)
            # A node written in YAML has code too, but that is not what stands in the file.
            if isinstance(path, str) and isinstance(code, str) and path.endswith((".sql", ".py")):
                found[path] = code
    return found


def _owners(target: Target) -> dict[str, str]:
    """Who answers for each node: its own owner, that of its meta, or that of its group."""
    groups = {
        group.get("name"): _person(group.get("owner"))
        for group in mapping(target.manifest.raw.get("groups")).values()
        if isinstance(group, dict)
    }
    found = {}
    for unique_id, node in _nodes(target):
        config = mapping(node.get("config"))
        meta = mapping(config.get("meta")) or mapping(node.get("meta"))
        owner = (
            _person(node.get("owner"))
            or _person(meta.get("owner"))
            or groups.get(node.get("group") or config.get("group"))
        )
        if owner:
            found[unique_id] = owner
    return found


def _person(owner: Any) -> str | None:
    """``Name <address>`` of dbt's owner mapping, or the plain text that a meta holds."""
    if isinstance(owner, str):
        return owner or None
    name, email = (mapping(owner).get(key) for key in ("name", "email"))
    if isinstance(email, list):
        email = ", ".join(str(address) for address in email)
    return f"{name} <{email}>" if name and email else str(name or email or "") or None
