"""What the helper and the macros say of a mutation, beside what DuckDB does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from named_breaks import undecided, unnamed
from witness_mutations import Mutation
from witness_warehouse import Built, Warehouse

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import change_documents
from breaking_changes.lineage.walk.side import Side
from breaking_changes.macro_host import MacroHost

SETTINGS = {"level": "strict", "fail_on": "never"}
COMPARED = ("model", "snapshot", "test")


@dataclass(frozen=True)
class Verdict:
    """One node below a mutation: DuckDB's word and the report's."""

    mutation: Mutation
    node: str
    built: Built
    said: str | None
    detail: str | None

    @property
    def refused(self) -> bool:
        return self.built.error is not None and not self.built.depends_on_values

    @property
    def is_open(self) -> bool:
        """Whether DuckDB cannot tell: a parent was refused, or it depends on values."""
        return self.built.blocked or self.built.depends_on_values

    @property
    def is_false_alarm(self) -> bool:
        return self.said == "breaks" and not self.refused and not self.is_open

    @property
    def is_missed(self) -> bool:
        return self.refused and self.said != "breaks"

    def __str__(self) -> str:
        truth = self.built.error or ("blocked" if self.built.blocked else "builds")
        return f"{self.mutation}: {self.node}: said {self.said} ({self.detail}), DuckDB: {truth}"


class Witness:
    """Judges mutations of one built project, whose facts are found once."""

    def __init__(self, manifest: Mapping[str, Any], project: Path, warehouse: Warehouse) -> None:
        self.manifest = manifest
        self._project = project
        self.warehouse = warehouse
        self._analyses = Analyses(Cache(None), Workers(1))
        self._host = MacroHost()

    @cached_property
    def before(self) -> Side:
        return Side(self._target(self.manifest), self._analyses)

    def _target(self, manifest: Mapping[str, Any]) -> Target:
        return Target(Manifest(manifest), self._catalog, self._project)

    @cached_property
    def _catalog(self) -> Catalog:
        """What `dbt docs generate` would say of the sources, and of nothing else."""
        sources = {
            unique_id: {
                "columns": {
                    name: {"name": name, "type": type_, "index": place}
                    for place, (name, type_) in enumerate(self.warehouse.schema(source))
                }
            }
            for unique_id, source in self.manifest["sources"].items()
        }
        return Catalog({"metadata": {}, "nodes": {}, "sources": sources})

    def judge(self, mutation: Mutation) -> Iterator[Verdict]:
        """The verdicts on every node below the mutated one that DuckDB can speak of."""
        current = mutation.apply(self.manifest)
        built = self.warehouse.build(current["nodes"], mutation.unique_id)
        assert built[mutation.unique_id].error is None or self._refuses_itself(mutation), (
            f"{mutation} is no valid mutation: {built[mutation.unique_id].error}"
        )
        said = self._report(current)
        for unique_id, outcome in built.items():
            node = self.manifest["nodes"].get(unique_id, {})
            if unique_id != mutation.unique_id and node.get("language") != "python":
                verdict, detail = said.get(unique_id, (None, None))
                yield Verdict(mutation, unique_id, outcome, verdict, detail)

    def _refuses_itself(self, mutation: Mutation) -> bool:
        """A contract and an existing table refuse the mutation of their own model."""
        config = self.manifest["nodes"][mutation.unique_id]["config"]
        contract = (config.get("contract") or {}).get("enforced")
        return bool(contract) or config["materialized"] == "incremental"

    def _report(self, current: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
        """The strongest verdict on each node, whichever change it is listed under."""
        before, after = change_documents(
            self.before, Side(self._target(current), self._analyses, before=self.before)
        )
        report = self._host.call(
            "find_breaking_changes", self.manifest, current, before, after, self._settings
        )
        assert unnamed(report, before, after) == []
        assert undecided(report, before, after) == []
        rank = ["adapted", "changes", "unknown", "breaks"]
        said: dict[str, tuple[str, str]] = {}
        for change in report["changes"]:
            for entry in change["impact"]:
                known = said.get(entry["node"])
                if known is None or rank.index(entry["verdict"]) > rank.index(known[0]):
                    said[entry["node"]] = (entry["verdict"], entry["detail"])
        return said

    @cached_property
    def _settings(self) -> Any:
        return self._host.call("_settings", SETTINGS)
