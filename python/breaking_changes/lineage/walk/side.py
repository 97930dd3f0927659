"""Finds the facts of the nodes of one side, parents before readers, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from breaking_changes.adapters import dialect_of
from breaking_changes.artifacts import Node, Target
from breaking_changes.binder import Analysis, Column, OutputColumn, Relation, Unbound
from breaking_changes.lineage.materializations.kept_columns import (
    gone_sources,
    kept_by_table,
    refused_by_contract,
    refused_by_table,
    with_kept_columns,
)
from breaking_changes.lineage.materializations.stored_types import refused_types
from breaking_changes.lineage.nodes import generic_tests, unit_tests
from breaking_changes.lineage.nodes.functions import arguments_of, function_select
from breaking_changes.lineage.nodes.hook_reader import HookReader
from breaking_changes.lineage.nodes.hooks import hooks_of
from breaking_changes.lineage.nodes.introspection import Introspection
from breaking_changes.lineage.nodes.known_columns import (
    Columns,
    catalog_columns,
    contract_columns,
    declared_columns,
    root_columns,
)
from breaking_changes.lineage.nodes.relation_names import NormalisedSql, normalise
from breaking_changes.lineage.nodes.snapshots import snapshot_select
from breaking_changes.lineage.nodes.sql_text import plain
from breaking_changes.lineage.nodes.static_jinja import NotStatic, StaticRenderer
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.tasks import Task
from breaking_changes.lineage.walk.consumers import Reading
from breaking_changes.lineage.walk.facts import Facts, as_columns, as_output, from_columns
from breaking_changes.lineage.walk.ordering import levels

#: What the file lists; other resource types have no columns and no SQL of their own.
LISTED = frozenset(
    {
        *("model", "snapshot", "seed", "source", "function"),
        *("test", "unit_test", "operation", "analysis"),
    }
)

#: Whose SELECT makes no relation that others read.
NO_COLUMNS = frozenset({"test", "function", "analysis"})

ROOTS = frozenset({"seed", "source"})

#: Materializations whose table a run fills but does not build anew.
KEPT = frozenset({"incremental", "snapshot"})

Progress = Callable[[int, int], None]


class Side:
    """The facts of one target directory, found on demand.

    Args:
        target: The artifacts.
        analyses: What analyses statements, shared by both sides of a change.
        variables: The project's vars, for SQL that has to be rendered here.
        before: The other side, when a change is looked at: readers of a node that this change
            breaks bind against what the node was before, so that only the cause is reported.
        progress: Told (done, all) nodes as they are finished.

    Raises:
        UserError: The adapter's SQL is not known here.
    """

    def __init__(
        self,
        target: Target,
        analyses: Analyses,
        variables: Mapping[str, Any] | None = None,
        before: Side | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.target = target
        self.nodes = {
            unique_id: node
            for unique_id, node in target.manifest.nodes.items()
            if node.resource_type in LISTED
        }
        self.dialect = dialect_of(target.manifest.adapter_type)
        self.before = before
        self._analyses = analyses
        self._progress = progress or (lambda done, total: None)
        self._introspection = Introspection(target.manifest)
        self._renderer = StaticRenderer(self.nodes, variables or {})
        self.reading = Reading(
            self.nodes,
            before.nodes if before else {},
            self.dialect,
            pointers=target.manifest.points_to_latest,
        )
        self._hooks = HookReader(self.nodes, self._renderer, analyses, self.dialect)
        self._facts: dict[str, Facts] = {}
        self._sql: dict[str, NormalisedSql | NotStatic] = {}

    def facts(self, unique_id: str) -> Facts:
        """The facts of a node of this side, finding those of its ancestors first."""
        if unique_id not in self._facts:
            self.find((unique_id,))
        return self._facts[unique_id]

    def find(self, unique_ids: Iterable[str]) -> None:
        """Finds the facts of these nodes and of all that they read, directly or not."""
        groups = levels(unique_ids, self.reading.parent_ids, self._facts.__contains__)
        total = sum(map(len, groups))
        done = 0
        for group in groups:
            self._find_group(group, done, total)
            done += len(group)

    def sql(self, node: Node) -> NormalisedSql | NotStatic:
        """The node's SQL with relations replaced by tokens, or why there is none."""
        if node.unique_id not in self._sql:
            self._sql[node.unique_id] = self._normalise(node)
        return self._sql[node.unique_id]

    def is_broken(self, unique_id: str) -> bool:
        """Whether the node's SQL misses something that it did not miss before."""
        if self.before is None or unique_id not in self.before.nodes:
            return False
        misses = self.facts(unique_id).misses
        return bool(misses and misses - self.before.facts(unique_id).misses)

    def _find_group(self, group: list[str], done: int, total: int) -> None:
        tasks: dict[str, Task] = {}
        for name in group:
            node = self.nodes[name]
            known = self._without_sql(node)
            if known is None:
                tasks[name] = self._task(node)
            else:
                self._facts[name] = known
        finished = done + len(group) - len(tasks)

        def count(number: int) -> None:
            nonlocal finished
            finished += number
            self._progress(finished, total)

        self._analyse(tasks, count)
        # An incremental model may read its own table, whose columns are known only now.
        again = {name: self._task(self.nodes[name]) for name in tasks if self._reads_itself(name)}
        self._analyse(again, lambda number: None)
        hooked = [self.nodes[name] for name in group if hooks_of(self.nodes[name])]
        found = self._hooks.find(hooked, self._relation, self.reading.direct, self.sql)
        for name, hooks in found.items():
            self._facts[name] = replace(self._facts[name], hooks=hooks)

    def _analyse(self, tasks: Mapping[str, Task], count: Callable[[int], None]) -> None:
        for name, analysis in self._analyses.run(tasks, count).items():
            self._facts[name] = self._with_sql(self.nodes[name], analysis)

    def _normalise(self, node: Node) -> NormalisedSql | NotStatic:
        sql = node.compiled_code
        if sql is None:
            try:
                sql = self._renderer.render(node)
            except NotStatic as reason:
                return reason
        parents = [self.nodes[name] for name in node.parents if name in self.nodes]
        found = normalise(node, sql, parents, self.dialect, self.reading.direct(node).found)
        if node.resource_type == "function":
            return function_select(node, found, self.dialect)
        is_snapshot = node.resource_type == "snapshot"
        return snapshot_select(node, found, self.dialect) if is_snapshot else found

    def _task(self, node: Node) -> Task:
        sql = self._compiled(node)
        written = list(sql.written())
        relations = {name: self._relation(name, node) for _, name in written}
        pairs = tuple((name, relations[unique_id]) for name, unique_id in written)
        return Task(sql.sql, pairs, self.dialect)

    def _compiled(self, node: Node) -> NormalisedSql:
        sql = self.sql(node)
        assert isinstance(sql, NormalisedSql)
        return sql

    def _relation(self, unique_id: str, reader: Node) -> Relation:
        if unique_id == reader.unique_id and reader.resource_type == "function":
            return arguments_of(reader, self.dialect)
        facts = self._facts.get(unique_id)
        if facts is None:
            # Its own table on a first look, or a parent that the manifest does not list.
            return Relation(unique_id, (), complete=False)
        if self.before is None or unique_id not in self.before.nodes:
            return facts.relation
        if unique_id != reader.unique_id and self.is_broken(unique_id):
            return self.before.facts(unique_id).relation
        if facts.node.materialized in KEPT:
            return kept_by_table(self.before.facts(unique_id), facts)
        return facts.relation

    def _reads_itself(self, name: str) -> bool:
        facts = self._facts[name]
        return facts.complete and facts.sql is not None and facts.sql.reads_itself

    def _without_sql(self, node: Node) -> Facts | None:
        """The facts of a node that has no SQL to analyse; none for one that has."""
        if node.resource_type in ROOTS:
            return from_columns(node, root_columns(node, self.target, self.dialect))
        if node.resource_type == "operation":
            return Facts(node, Relation(node.unique_id), complete=True, blind=self._blind(node))
        if node.resource_type == "unit_test":
            known = {
                name: self._relation(name, node) for name in self.reading.parent_ids(node.unique_id)
            }
            return unit_tests.facts(node, self.nodes, known, self.dialect, self._tested_reads(node))
        if node.is_python:
            return self._unreadable(node, "It is a Python model: what it reads is not known.")
        sql = self.sql(node)
        if isinstance(sql, NotStatic):
            known = {
                name: self._relation(name, node) for name in self.reading.parent_ids(node.unique_id)
            }
            tested = generic_tests.facts(node, self.nodes, known, self.dialect)
            return tested or self._unreadable(node, str(sql))
        return None

    def _tested_reads(self, node: Node) -> Iterator[tuple[str, str]]:
        """What the model that a unit test tests reads."""
        model = unit_tests.tested(node, self.nodes)
        facts = self._facts.get(model.unique_id) if model else None
        for read in facts.analysis.reads if facts and facts.analysis else ():
            yield read.relation, read.column
        for miss in facts.analysis.unbound if facts and facts.analysis else ():
            if miss.relation and miss.column and miss.kind == "missing":
                yield miss.relation, miss.column

    def _unreadable(self, node: Node, reason: str) -> Facts:
        """A node whose own SQL says nothing: another source may still know its columns."""
        known = self._other_columns(node) or Columns((), False, "inferred")
        facts = from_columns(node, known)
        return replace(
            facts,
            reason=None if known.complete else reason,
            blind=reason,
            introspection=self._introspection.of(node),
        )

    def _other_columns(self, node: Node) -> Columns | None:
        return (
            contract_columns(node, self.dialect)
            or catalog_columns(node, self.target)
            or declared_columns(node, self.dialect)
        )

    def _with_sql(self, node: Node, analysis: Analysis) -> Facts:
        introspection = self._introspection.of(node)
        if introspection and analysis.complete:
            reason = f"Its columns are read from the warehouse at run time, by {introspection}."
            analysis = replace(analysis, complete=False, reason=reason)
        listed = None if analysis.complete else catalog_columns(node, self.target)
        columns = as_output(listed.columns) if listed else self._arranged(node, analysis.columns)
        if node.resource_type not in ("model", "snapshot") or node.materialized == "ephemeral":
            # Nothing is made from the query, so that its columns may share a name.
            kept = tuple(miss for miss in analysis.unbound if miss.kind != "duplicate")
            analysis = replace(analysis, unbound=kept)
        facts = Facts(
            node=node,
            relation=self._promised(node, analysis),
            columns=() if node.resource_type in NO_COLUMNS else columns,
            complete=analysis.complete or listed is not None,
            reason=None if listed else analysis.reason,
            evidence=listed.evidence if listed else "inferred",
            blind=analysis.blind or self._unrecognised(node, analysis) or self._blind(node),
            introspection=introspection,
            analysis=analysis,
            sql=self._compiled(node),
        )
        refused = tuple(self._refused(facts, analysis))
        analysis = replace(analysis, unbound=(*analysis.unbound, *refused))
        before = self._before(node) if node.materialized in KEPT else None
        columns = with_kept_columns(before, facts) if before else facts.columns
        return replace(facts, analysis=analysis, columns=columns)

    def _unrecognised(self, node: Node, analysis: Analysis) -> str | None:
        """Why a parent that the SQL names may be read otherwise than it was understood.

        A parent whose name stands in comments alone, as in `-- depends_on`, is not read.
        """
        if not analysis.unresolved:
            return None
        text = plain(self._compiled(node).sql, keep_texts=True).lower()
        for parent in self.reading.parents(node):
            if parent.unique_id not in analysis.relations and parent.identifier.lower() in text:
                named = " or ".join(analysis.unresolved)
                return f"Cannot determine whether {named} is {parent.name}, which it depends on."
        return None

    def _blind(self, node: Node) -> str | None:
        """Why it is not known what the relations are that the SQL names itself."""
        direct = self.reading.direct(node)
        for name in direct.nodes:
            if name in self.nodes and name not in self._facts:
                called = self.nodes[name].name
                return f"It names {called} without ref, which reads it in turn."
        return direct.blind

    def _before(self, node: Node) -> Facts | None:
        """The node's facts on the other side, none when there is no such node."""
        if self.before is None or node.unique_id not in self.before.nodes:
            return None
        return self.before.facts(node.unique_id)

    def _refused(self, facts: Facts, analysis: Analysis) -> Iterator[Unbound]:
        """What the node's contract or its existing table does not take of its SELECT."""
        node = facts.node
        contract = contract_columns(node, self.dialect)
        if not contract and node.materialized not in KEPT:
            return
        before = self._before(node)
        gone = gone_sources(before, analysis, lambda name: self._relation(name, node))
        if contract:
            yield from refused_by_contract(
                node.unique_id, contract.columns, analysis, gone, self.dialect
            )
        if before and before.node.materialized == node.materialized and node.materialized in KEPT:
            yield from refused_by_table(before, facts, gone)
            yield from refused_types(before, facts, self.dialect)

    def _promised(self, node: Node, analysis: Analysis) -> Relation:
        """What readers bind against: an enforced contract's types outrank those of the SQL."""
        if not analysis.complete:
            known = self._other_columns(node)
            columns = known.columns if known else as_columns(analysis.columns)
            return Relation(node.unique_id, columns, known is not None and known.complete)
        contract = contract_columns(node, self.dialect)
        enforced = contract.columns if contract else ()
        types = {column.name.lower(): column.type for column in enforced}
        columns = tuple(
            Column(column.name, types.get(column.name.lower()) or column.type)
            for column in self._arranged(node, analysis.columns)
        )
        return Relation(node.unique_id, columns, complete=True)

    def _arranged(self, node: Node, columns: tuple[OutputColumn, ...]) -> tuple[OutputColumn, ...]:
        """The columns in the order of the table: dbt fills a contract's columns by name."""
        contract = contract_columns(node, self.dialect)
        if not contract or node.materialized not in ("table", "incremental"):
            return columns
        places = {column.name.lower(): place for place, column in enumerate(contract.columns)}
        return tuple(
            sorted(columns, key=lambda column: places.get(column.name.lower(), len(places)))
        )
