"""Finds the facts of the nodes of one side, parents before consumers, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from breaking_changes.adapters import dialect_of
from breaking_changes.artifacts import Node, Target
from breaking_changes.binder import Analysis, Relation, Unbound
from breaking_changes.lineage.materializations.kept_columns import (
    gone_sources,
    kept_by_table,
    refused_by_contract,
    refused_by_table,
    with_kept_columns,
)
from breaking_changes.lineage.materializations.snapshot_tables import refused_by_snapshot
from breaking_changes.lineage.materializations.stored_types import refused_types
from breaking_changes.lineage.nodes import generic_tests, unit_tests
from breaking_changes.lineage.nodes.functions import arguments_of
from breaking_changes.lineage.nodes.hook_reader import HookReader
from breaking_changes.lineage.nodes.hooks import hooks_of
from breaking_changes.lineage.nodes.kinds import KEPT, LISTED, ROOTS, SEMANTIC
from breaking_changes.lineage.nodes.known_columns import contract_columns, unused_catalog
from breaking_changes.lineage.nodes.macro_calls import MacroCalls
from breaking_changes.lineage.nodes.models import analysed, unreadable
from breaking_changes.lineage.nodes.relation_names import NormalisedSql
from breaking_changes.lineage.nodes.semantic_reader import SemanticReader
from breaking_changes.lineage.nodes.source_lines import Written
from breaking_changes.lineage.nodes.sql_text import plain
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.tasks import Task
from breaking_changes.lineage.walk.certainty import analysed_texts
from breaking_changes.lineage.walk.consumers import Reading
from breaking_changes.lineage.walk.facts import Facts, Later, semantic_facts
from breaking_changes.lineage.walk.knowledge import Knowledge
from breaking_changes.lineage.walk.ordering import levels
from breaking_changes.lineage.walk.texts import NoText, Text, Texts
from breaking_changes.rendering import Renderer
from breaking_changes.rendering.settings import Settings

Progress = Callable[[int, int], None]

#: Resource types that have no SQL of their own to render.
_UNRENDERED = frozenset({*ROOTS, *SEMANTIC, "operation", "unit_test"})


class Side:
    """The facts of one target directory, found on demand.

    Args:
        target: The artifacts.
        analyses: What analyses statements, shared by both sides of a change.
        variables: What `--vars` sets, for SQL that has to be rendered here.
        before: The other side, when a change is looked at: consumers of a node that this change
            breaks bind against what the node was before, so that only the cause is reported.
        progress: Told (done, all) nodes as they are finished.
        settings_from: The folder whose dbt_project.yml has the vars; that of `target` by default.

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
        settings_from: Path | None = None,
    ) -> None:
        self.target = target
        self.nodes = {
            unique_id: node
            for unique_id, node in target.manifest.nodes.items()
            if node.resource_type in LISTED
        }
        self.dialect = dialect_of(target.manifest.adapter_type)
        self.before = before
        self.knowledge = Knowledge(target, self.nodes, self.dialect)
        self._analyses = analyses
        self._progress = progress or (lambda done, total: None)
        given = variables or {}, settings_from or target.project_dir
        beside = before._renderer if before else None
        self._renderer: Renderer = Renderer(target.manifest, *given, beside=beside)
        settings = Settings(target.manifest.project, *given)
        #: Whether dbt keeps a view on the latest version of a model unless told otherwise.
        self.points_to_latest = target.manifest.points_to_latest or settings.points_to_latest
        self.reading = Reading(
            self.nodes,
            before.nodes if before else {},
            self.dialect,
            pointers=self.points_to_latest,
        )
        calls = MacroCalls(target.manifest)
        self.texts = Texts(self.nodes, calls, self.reading, self._renderer, settings, self.dialect)
        self._hooks = HookReader(self.nodes, self._renderer, analyses, self.dialect)
        self._semantic = SemanticReader(
            self.nodes,
            self.reading.semantic_layer,
            analyses,
            self.dialect,
            target.manifest.project,
            target.project_dir,
        )
        self._facts: dict[str, Facts] = {}
        if before:
            self.texts.follow(before.texts)
            self.knowledge.pair(before.knowledge)

    def facts(self, unique_id: str) -> Facts:
        """The facts of a node of this side, finding those of its ancestors first."""
        if unique_id not in self._facts:
            self.find((unique_id,))
        return self._facts[unique_id]

    def find(self, unique_ids: Iterable[str], meanwhile: Callable[[], None] = lambda: None) -> None:
        """Finds the facts of these nodes and of all that they read, directly or not.

        `meanwhile` is called when the SQL of all of them is there and is to be analysed.
        """
        groups = levels(unique_ids, self.reading.parent_ids, self._facts.__contains__)
        total = sum(map(len, groups))
        done = 0
        for group in groups:
            self.begin(group)
            is_last = group is groups[-1]
            self._find_group(group, done, total, meanwhile if is_last else lambda: None)
            done += len(group)

    def begin(self, unique_ids: Iterable[str]) -> None:
        """Lets nodes be rendered that will be looked for soon, if what they read is known."""
        nodes = [
            self.nodes[name]
            for name in unique_ids
            if name not in self._facts and self._facts.keys() >= {*self.reading.parent_ids(name)}
        ]
        rendered = [
            node for node in nodes if node.resource_type not in _UNRENDERED and not node.is_python
        ]
        self.texts.begin(rendered, self._relation_for)

    def knows(self, unique_id: str) -> bool:
        """Whether the facts of a node are found already."""
        return unique_id in self._facts

    def find_anew(self, unique_ids: Iterable[str]) -> dict[str, Facts]:
        """Finds the facts of these nodes whatever is known of them; what they read is."""
        wanted = list(unique_ids)
        for name in wanted:
            del self._facts[name]
        self.find(wanted)
        return {name: self._facts[name] for name in wanted}

    def adopt(self, facts: Facts) -> None:
        """Takes the facts of a node from the other side, which knows more of it."""
        self._facts[facts.node.unique_id] = facts

    def written(self, node: Node, sql: NormalisedSql) -> Written | None:
        """What the expressions of a node's template wrote of its SQL, where that can be known."""
        return sql.written or self.texts.written(node, sql, self._relation_for(node))

    def is_broken(self, unique_id: str) -> bool:
        """Whether the node's SQL misses something that it did not miss before."""
        if self.before is None or unique_id not in self.before.nodes:
            return False
        misses = self.facts(unique_id).misses
        return bool(misses and misses - self.before.facts(unique_id).misses)

    def _find_group(
        self, group: list[str], done: int, total: int, meanwhile: Callable[[], None]
    ) -> None:
        texts: dict[str, Text] = {}
        for name in group:
            known = self._without_sql(self.nodes[name])
            if isinstance(known, Text):
                texts[name] = known
            else:
                self._facts[name] = known
        finished = done + len(group) - len(texts)
        meanwhile()

        def count(number: int) -> None:
            nonlocal finished
            finished += number
            self._progress(finished, total)

        for name, analysis in self._analyse(texts, count).items():
            self._facts[name] = self._with_sql(self.nodes[name], analysis, texts[name])
        self._look_again(texts)
        for name in texts:
            self._facts[name] = self._settled(self._facts[name])
        hooked = [self.nodes[name] for name in group if hooks_of(self.nodes[name])]
        found = self._hooks.find(hooked, self._relation, self.reading.direct, self.texts.found)
        for name, hooks in found.items():
            self._facts[name] = replace(self._facts[name], hooks=hooks)

    def _look_again(self, texts: Mapping[str, Text]) -> None:
        """Analyses what reads its own table, whose columns are known only now."""
        again = {name: text for name, text in texts.items() if self._reads_itself(name)}
        for name, analysis in self._analyse(again).items():
            self._facts[name] = self._with_sql(self.nodes[name], analysis, texts[name])
        later: dict[str, Text] = {}
        for name in texts:
            node = self.nodes[name]
            text = self.texts.later(node, self._relation_for(node))
            if isinstance(text, NoText):
                self._facts[name] = replace(self._facts[name], later=Later(reason=text.reason))
            elif text and text != texts[name]:
                later[name] = text
        for name, analysis in self._analyse(later).items():
            found = Later(analysis, later[name].sql, analysis.blind)
            self._facts[name] = replace(self._facts[name], later=found)

    def _analyse(
        self, texts: Mapping[str, Text], count: Callable[[int], None] = lambda number: None
    ) -> dict[str, Analysis]:
        return analysed_texts(texts, self.task, self._analyses, self.knowledge.lacking, count)

    def task(self, name: str, sql: NormalisedSql) -> Task:
        """A node's SQL with what it binds against."""
        node = self.nodes[name]
        named = list(sql.named())
        relations = {parent: self._relation(parent, node) for _, parent in named}
        pairs = tuple((called, relations[parent]) for called, parent in named)
        return Task(sql.sql, pairs, self.dialect)

    def _relation_for(self, consumer: Node) -> Callable[[str], Relation | None]:
        """What a node's Jinja learns of the columns of a relation."""

        def relation_of(unique_id: str) -> Relation | None:
            if unique_id not in self.nodes:
                return None
            if self.nodes[unique_id].resource_type in ROOTS:
                self.find((unique_id,))
            return self._relation(unique_id, consumer)

        return relation_of

    def _relation(self, unique_id: str, consumer: Node) -> Relation:
        if unique_id == consumer.unique_id and consumer.resource_type == "function":
            return arguments_of(consumer, self.dialect)
        facts = self._facts.get(unique_id)
        if facts is None:
            # Its own table on a first look, or a parent that the manifest does not list.
            return Relation(unique_id, (), complete=False)
        if self.before is None or unique_id not in self.before.nodes:
            return facts.relation
        if unique_id != consumer.unique_id and self.is_broken(unique_id):
            return self.before.facts(unique_id).relation
        if facts.node.materialized in KEPT:
            return kept_by_table(self.before.facts(unique_id), facts)
        return facts.relation

    def _reads_itself(self, name: str) -> bool:
        facts = self._facts[name]
        return facts.complete and facts.sql is not None and facts.sql.reads_itself

    def _without_sql(self, node: Node) -> Facts | Text:
        """The facts of a node that has no SQL to analyse, else its SQL."""
        if node.resource_type in ROOTS:
            return self.knowledge.root(node)
        if node.resource_type == "operation":
            return Facts(node, Relation(node.unique_id), complete=True, blind=self._blind(node))
        if node.resource_type in SEMANTIC:
            return semantic_facts(node, self._semantic.find(node, self._relation))
        if node.resource_type == "unit_test":
            known = self._parents_of(node)
            reads = self._tested_reads(node)
            asks = self._tested_asks(node)
            return unit_tests.facts(node, self.nodes, known, self.dialect, reads, asks=asks)
        listed = self.knowledge.listed(node)
        if node.is_python:
            reason = "It is a Python model: what it reads is not known."
            return unreadable(node, reason, listed, self.dialect)
        text = self.texts.first(node, self._relation_for(node))
        if isinstance(text, Text):
            return text
        tested = generic_tests.facts(node, self.nodes, self._parents_of(node), self.dialect)
        return tested or replace(
            unreadable(node, text.reason, listed, self.dialect),
            introspection=self.texts.asks(node),
            macros=self.texts.calls.digest(node),
            needs_compile=node.compiled_code is None,
        )

    def _parents_of(self, node: Node) -> dict[str, Relation]:
        return {
            name: self._relation(name, node) for name in self.reading.parent_ids(node.unique_id)
        }

    def _tested_asks(self, node: Node) -> bool:
        """Whether the model that a unit test tests asks for columns."""
        model = unit_tests.tested(node, self.nodes)
        facts = self._facts.get(model.unique_id) if model else None
        return bool(facts and facts.asks)

    def _tested_reads(self, node: Node) -> Iterator[tuple[str, str]]:
        """What the model that a unit test tests reads."""
        model = unit_tests.tested(node, self.nodes)
        facts = self._facts.get(model.unique_id) if model else None
        for read in facts.analysis.reads if facts and facts.analysis else ():
            yield read.relation, read.column
        for miss in facts.analysis.unbound if facts and facts.analysis else ():
            if miss.relation and miss.column and miss.kind == "missing":
                yield miss.relation, miss.column

    def _with_sql(self, node: Node, analysis: Analysis, text: Text) -> Facts:
        listed = self.knowledge.listed(node)
        if text.sampled_by and analysis.complete:
            reason = f"Its columns are read from the warehouse at run time, by {text.sampled_by}."
            analysis = replace(analysis, complete=False, reason=reason)
        facts = analysed(node, analysis, text.sql, listed, self.dialect)
        facts = replace(
            facts,
            relation=self.knowledge.typed(node, facts.relation),
            blind=facts.blind or self._unrecognised(node, analysis, text.sql) or self._blind(node),
            introspection=text.sampled_by,
            asks=text.asks,
            macros=self.texts.calls.digest(node),
        )
        unused = None if facts.complete else unused_catalog(node, self.target)
        return replace(facts, reason=f"{facts.reason} {unused}") if unused else facts

    def _settled(self, facts: Facts) -> Facts:
        """The facts with what the node's contract and its existing table refuse, and keep."""
        analysis = facts.analysis
        assert analysis is not None
        refused = tuple(self._refused(facts, analysis))
        analysis = replace(analysis, unbound=(*analysis.unbound, *refused))
        before = self._before(facts.node) if facts.node.materialized in KEPT else None
        columns = with_kept_columns(before, facts) if before else facts.columns
        return replace(facts, analysis=analysis, columns=columns)

    def _unrecognised(self, node: Node, analysis: Analysis, sql: NormalisedSql) -> str | None:
        """Why a parent that the SQL names may be read otherwise than it was understood.

        A parent whose name stands in comments alone, as in `-- depends_on`, is not read.
        """
        if not analysis.unresolved:
            return None
        text = plain(sql.sql, keep_texts=True).lower()
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
                return (
                    f"It references {called} without ref(), and {called} reads it back (circular)."
                )
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
            yield from refused_by_snapshot(before, facts)
            yield from refused_types(before, facts, self.dialect)
