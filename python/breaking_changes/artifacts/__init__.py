"""dbt's artifacts as light read-only structures: manifest.json, catalog.json, seed files."""

from breaking_changes.artifacts.catalog import Catalog
from breaking_changes.artifacts.manifest import Manifest
from breaking_changes.artifacts.node import Node
from breaking_changes.artifacts.target import Target, load_target

__all__ = ["Catalog", "Manifest", "Node", "Target", "load_target"]
