"""Every way to take, rename or retype one column of one model of a project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from witness_warehouse import Warehouse

#: For each family of types, what a column `c` of it is changed into; the values stay as telling.
RETYPES = {
    "number": {"VARCHAR": "c", "DATE": "date '2025-01-01' + abs(c::integer)", "BOOLEAN": "c > 1"},
    "text": {
        "INTEGER": "length(c)",
        "DATE": "date '2025-01-01' + length(c)::integer",
        "DOUBLE": "length(c) / 2",
    },
    "time": {"VARCHAR": "c", "INTEGER": "year(c)"},
    "boolean": {"VARCHAR": "c", "INTEGER": "c"},
    "nested": {"VARCHAR": "c"},
}


@dataclass(frozen=True)
class Mutation:
    """One change of one column; `sql` is the mutated model's SQL."""

    unique_id: str
    column: str
    kind: str
    sql: str

    def __str__(self) -> str:
        return f"{self.kind} {self.unique_id}.{self.column}"

    def is_a(self, kind: str) -> bool:
        """Whether it is a drop, a rename or a retype."""
        return self.kind.startswith(kind)

    def apply(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        """The manifest as it would be with the mutated SQL."""
        nodes = dict(manifest["nodes"])
        was = nodes[self.unique_id]
        nodes[self.unique_id] = {**was, "compiled_code": self.sql, "raw_code": self.sql}
        if was["config"]["materialized"] == "ephemeral":
            for unique_id, node in nodes.items():
                if unique_id != self.unique_id and node.get("extra_ctes"):
                    nodes[unique_id] = self._inlined(node, was)
        return {**manifest, "nodes": nodes}

    def _inlined(self, node: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
        """A consumer of the mutated ephemeral model, whose SQL dbt puts into the consumer's."""
        before = was["compiled_code"]
        ctes = [{**cte, "sql": cte["sql"].replace(before, self.sql)} for cte in node["extra_ctes"]]
        code = node["compiled_code"].replace(before, self.sql)
        return {**node, "extra_ctes": ctes, "compiled_code": code}


def mutations(manifest: Mapping[str, Any], warehouse: Warehouse) -> Iterator[Mutation]:
    """All mutations of all SQL models, snapshots excepted: they are tables of their own past."""
    for _, node in sorted(manifest["nodes"].items()):
        if node["resource_type"] != "model" or node.get("language") == "python":
            continue
        schema = warehouse.schema(node)
        for name, type_ in schema:
            if len(schema) > 1:
                yield _mutation(node, name, "drop", f'* exclude ("{name}")')
            yield _mutation(node, name, "rename", f'* rename ("{name}" as "{name}_renamed")')
            for new, value in RETYPES[_family(type_)].items():
                cast = f"cast({_of_column(value, name)} as {new})"
                yield _mutation(node, name, f"retype to {new}", f'* replace ({cast} as "{name}")')


def _mutation(node: Mapping[str, Any], column: str, kind: str, select: str) -> Mutation:
    # An ephemeral model inside this one keeps its CTE in front: dbt injects it anew.
    sql = f"select {select} from (\n{node['compiled_code']}\n) as mutated"
    return Mutation(node["unique_id"], column, kind, sql)


def _of_column(expression: str, name: str) -> str:
    return re.sub(r"\bc\b", lambda _: f'"{name}"', expression)


def _family(type_: str) -> str:
    name = type_.upper()
    if name.endswith("]") or name.startswith(("STRUCT", "MAP", "UNION")):
        return "nested"
    if name.startswith(("VARCHAR", "ENUM", "BLOB", "UUID", "JSON")):
        return "text"
    if name.startswith(("DATE", "TIME", "INTERVAL")):
        return "time"
    return "boolean" if name == "BOOLEAN" else "number"
