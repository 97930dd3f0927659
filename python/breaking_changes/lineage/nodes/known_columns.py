"""The columns of what has no SQL, or whose SQL does not say: seeds, sources, contracts, catalog."""

from __future__ import annotations

from dataclasses import dataclass

from breaking_changes.artifacts import Node, Target
from breaking_changes.artifacts.reading import mapping
from breaking_changes.artifacts.seed_file import read_seed
from breaking_changes.binder import Column, fold
from breaking_changes.lineage.nodes.relation_names import same_relation
from breaking_changes.lineage.nodes.seed_types import seed_type
from breaking_changes.lineage.nodes.type_names import engine_spelling
from breaking_changes.macro_lists import quotes_seed_columns


@dataclass(frozen=True, slots=True)
class Columns:
    """A column list and where it comes from: contract, warehouse, inferred or declared."""

    columns: tuple[Column, ...]
    complete: bool
    evidence: str
    reason: str | None = None


def root_columns(
    node: Node, target: Target, dialect: str, twin: tuple[Node, Target] | None = None
) -> Columns:
    """The columns of a seed or a source.

    Args:
        node: The seed or source.
        target: The side that it belongs to.
        dialect: The SQL dialect.
        twin: The same node on the other side with that side. What a change does not touch, the
            content of the CSV file and the table of a source, is what either side knows of it.
    """
    own = _known_root(node, target, target, dialect)
    if own and own.complete:
        return own
    if twin and _is_same_root(node, twin[0]):
        other = _known_root(twin[0], twin[1], target, dialect)
        if other and (other.complete or not own):
            return other
    return own or Columns((), False, "inferred", _advice(node))


def _known_root(node: Node, target: Target, nearby: Target, dialect: str) -> Columns | None:
    if node.resource_type == "seed":
        seed = _seed_columns(node, target, nearby, dialect)
        if seed:
            return seed
    return catalog_columns(node, target) or declared_columns(node, dialect)


def _is_same_root(one: Node, other: Node) -> bool:
    """Whether two nodes stand for the same table, or for the same CSV file."""
    if one.resource_type == "seed":
        # Above 1 MB dbt takes no checksum of the content but notes the path.
        given = mapping(one.raw.get("checksum"))
        return given.get("name") == "sha256" and given == mapping(other.raw.get("checksum"))
    return same_relation(one, other) or (
        one.identifier == other.identifier
        and all(
            one.raw.get(f"unrendered_{part}") is not None
            and one.raw.get(f"unrendered_{part}") == other.raw.get(f"unrendered_{part}")
            for part in ("database", "schema")
            if one.raw.get(part) != other.raw.get(part)
        )
    )


def contract_columns(node: Node, dialect: str) -> Columns | None:
    """The columns that dbt enforces; none without an enforced contract."""
    if not node.contract or not node.columns:
        return None
    return Columns(_documented(node, dialect), True, "contract")


def catalog_columns(node: Node, target: Target) -> Columns | None:
    """The columns that the warehouse had, none when catalog.json does not list the node.

    Of a model it counts only when one run of dbt wrote both files, else it may be older than the
    model's SQL.
    """
    if node.resource_type != "source" and not _same_run(target):
        return None
    return _listed(node, target)


def unused_catalog(node: Node, target: Target) -> str | None:
    """Why a catalog.json that lists the model does not count, as a sentence; none when it does."""
    if node.resource_type == "source" or _same_run(target) or not _listed(node, target):
        return None
    return (
        "catalog.json lists it but is of another run of dbt than manifest.json: "
        "run `dbt docs generate`, which writes both."
    )


def _listed(node: Node, target: Target) -> Columns | None:
    listed = target.catalog.columns(node.unique_id)
    if listed is None:
        return None
    return Columns(tuple(Column(name, type_) for name, type_ in listed), True, "warehouse")


def declared_columns(node: Node, dialect: str) -> Columns | None:
    """The columns that YAML documents, which need not be all."""
    if not node.columns:
        return None
    reason = "Only its documented columns are known; `dbt docs generate` writes them all."
    return Columns(_documented(node, dialect), False, "declared", reason)


def _same_run(target: Target) -> bool:
    written_by = target.manifest.metadata.get("invocation_id")
    return bool(written_by) and written_by == mapping(target.catalog.raw.get("metadata")).get(
        "invocation_id"
    )


def _documented(node: Node, dialect: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            fold(name, dialect, quoted=bool(column.get("quote"))),
            engine_spelling(column.get("data_type"), dialect),
        )
        for name, column in node.columns.items()
    )


def _seed_columns(node: Node, target: Target, nearby: Target, dialect: str) -> Columns | None:
    """The columns of the CSV file: types from config, else catalog.json, else as dbt finds them."""
    seed = read_seed(node, target.project_dir, target.checked_dir)
    if seed is None and nearby is not target:
        seed = read_seed(node, nearby.project_dir)
    if seed is None:
        return None
    configured = {
        name.lower(): engine_spelling(type_, dialect)
        for name, type_ in mapping(node.config.get("column_types")).items()
    }
    listed = target.catalog.columns(node.unique_id) or ()
    catalogued = {name.lower(): type_ for name, type_ in listed}
    adapter = target.manifest.adapter_type
    quoted = quotes_seed_columns(node.config, adapter)
    columns = []
    for header, values in seed.columns:
        # A name with quotes of its own is written into `create table` as it is.
        has_quotes = not quoted and len(header) > 2 and header[0] == header[-1] == '"'
        name = header[1:-1] if has_quotes else header
        key = name.lower()
        known = configured.get(key) or catalogued.get(key) or seed_type(values, adapter)
        columns.append(Column(fold(name, dialect, quoted or has_quotes), known))
    return Columns(tuple(columns), True, "inferred")


def _advice(node: Node) -> str:
    if node.resource_type == "seed":
        return "Its CSV file is not at hand; give --project-dir or run `dbt docs generate`."
    return (
        "Its columns are neither in catalog.json nor in YAML; only the columns that SQL reads are "
        "listed: `dbt docs generate` writes them all."
    )
