"""Kinds of nodes that are treated alike."""

from __future__ import annotations

#: What the file lists; other resource types have no columns and no SQL of their own.
LISTED = frozenset(
    {
        *("model", "snapshot", "seed", "source", "function"),
        *("test", "unit_test", "operation", "analysis"),
        *("semantic_model", "metric", "saved_query"),
    }
)

#: What the semantic layer is made of: expressions in YAML over the columns of models.
SEMANTIC = frozenset({"semantic_model", "metric", "saved_query"})

#: Whose SELECT makes no relation that others read.
NO_COLUMNS = frozenset({"test", "function", "analysis"})

ROOTS = frozenset({"seed", "source"})

#: Materializations whose table a run fills but does not build anew.
KEPT = frozenset({"incremental", "snapshot"})
