"""What semantic models, metrics and saved queries read, each expression bound like SQL."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.files import inside
from breaking_changes.binder import Analysis, Read, Relation, Unbound
from breaking_changes.lineage.nodes.relation_names import schema_of
from breaking_changes.lineage.nodes.semantic_elements import LINES_BEFORE, Element
from breaking_changes.lineage.nodes.semantic_filters import replaced
from breaking_changes.lineage.nodes.semantic_layer import Filter, SemanticLayer
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.tasks import Task
from breaking_changes.yaml_entries import YamlFile

FILTER = "FILTER"

#: Characters of an expression that the report shows.
_LONGEST = 120

RelationOf = Callable[[str, Node], Relation]


@dataclass(frozen=True)
class Reference:
    """What an expression in YAML reads or misses, and where.

    Attributes:
        found: The reference; its lines are those of a statement that nobody wrote.
        label: The expression it stands in, such as `measure revenue`.
        path: The YAML file.
        line: The line there, none where the file cannot be read.
        owner: The unique_id of the node whose YAML has the expression.
    """

    found: Read | Unbound
    label: str
    path: str
    line: int | None
    owner: str


@dataclass(frozen=True)
class SemanticFacts:
    """What a node of the semantic layer refers to; `blind` says why something may lack."""

    references: tuple[Reference, ...] = ()
    blind: str | None = None

    @property
    def unbound(self) -> tuple[Unbound, ...]:
        """What would be refused."""
        return tuple(one.found for one in self.references if isinstance(one.found, Unbound))

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The (node, column) that it is computed from."""
        reads = (one.found for one in self.references if isinstance(one.found, Read))
        return tuple(dict.fromkeys((read.relation, read.column) for read in reads))


NOTHING = SemanticFacts()


class SemanticReader:
    """Reads the semantic layer of one side.

    Args:
        nodes: The nodes of the side.
        layer: Its semantic models.
        analyses: What analyses statements.
        dialect: sqlglot's name of the dialect.
        project: The root project's name.
        folder: Its folder, where the YAML is looked up for lines.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        layer: SemanticLayer,
        analyses: Analyses,
        dialect: str,
        project: str,
        folder: Path | None,
    ) -> None:
        self._nodes = nodes
        self._layer = layer
        self._analyses = analyses
        self._dialect = dialect
        self._project = project
        self._folder = folder

    def find(self, node: Node, relation: RelationOf) -> SemanticFacts:
        """The facts of a node, whose models' columns are known.

        Args:
            node: A semantic model, a metric or a saved query.
            relation: What the node binds against, by unique_id.
        """
        refused: str | None = None
        filters: tuple[Filter, ...] = ()
        if node.resource_type == "semantic_model":
            elements = self._layer.elements(node)
        else:
            usage = self._layer.usage(node)
            elements, filters = list(usage.elements), usage.filters
            refused = usage.not_understood
        tasks = {
            f"element {place}": self._task(
                element.statement(self._dialect), [element], relation, node
            )
            for place, element in enumerate(elements)
        }
        for place, one in enumerate(filters):
            used = [element for _, element in one.named if element]
            tasks[f"filter {place}"] = self._task(self._filter(one), used, relation, node)
        done = self._analyses.run(tasks, lambda number: None)
        references: list[Reference] = []
        for place, element in enumerate(elements):
            references += self._of_element(element, done[f"element {place}"])
        for place, one in enumerate(filters):
            analysis = _own_of_filter(done[f"filter {place}"])
            references += self._of_filter(node, one, analysis)
        return SemanticFacts(
            tuple(references),
            f"{' '.join(refused.split())} could not be understood."
            if refused
            else _blind(done.values()),
        )

    def _task(
        self, sql: str, elements: Iterable[Element], relation: RelationOf, node: Node
    ) -> Task:
        models = dict.fromkeys(element.model for element in elements)
        pairs = tuple(
            ((model.replace(".", ":").lower(),), relation(model, node)) for model in models
        )
        return Task(sql, pairs, self._dialect)

    def _filter(self, one: Filter) -> str:
        """The condition over a row that has what it names, each as a query computes it."""
        by_model: dict[str | None, dict[str, str]] = {}
        for call, element in one.named:
            computed = element.computed() if element and element.section != "measures" else "null"
            model = element.model if element else None
            by_model.setdefault(model, {})[call.alias] = computed
        parts = []
        for place, (model, columns) in enumerate(by_model.items()):
            listed = ", ".join(f"{sql} as {alias}" for alias, sql in columns.items())
            source = f" from {schema_of(model, self._dialect)}" if model else ""
            parts.append(f"(select {listed}{source}) as source_{place}")
        joined = " cross join ".join(parts)
        condition = replaced(one.template, lambda call: call.alias)
        return f"select 1 as one{f' from {joined}' if parts else ''} where (\n{condition}\n)"

    def _of_element(self, element: Element, analysis: Analysis) -> list[Reference]:
        owner = self._nodes[element.owner]
        keys: tuple[str, ...] = (element.section, element.name, "expr")
        if element.section == "type_params":
            keys = ("expr",) if "expr" in owner.raw else ("type_params", "expr")
        return [
            Reference(
                _said(found, element.clause, element.expression),
                element.label,
                owner.path,
                self._line(owner, keys, found.line - 1 - LINES_BEFORE),
                owner.unique_id,
            )
            for found in _references(analysis)
        ]

    def _of_filter(self, node: Node, one: Filter, analysis: Analysis) -> list[Reference]:
        keys = ("query_params", "where") if node.resource_type == "saved_query" else ("filter",)
        return [
            Reference(
                _said(found, FILTER, one.template),
                "filter",
                node.path,
                self._line(node, keys, 0),
                node.unique_id,
            )
            for found in analysis.unbound
        ]

    def _line(self, node: Node, keys: tuple[str, ...], within: int) -> int | None:
        return self._file(node).line_within(node.raw, keys, max(within, 0))

    def _file(self, node: Node) -> YamlFile:
        path = (
            node.path
            if node.package == self._project
            else f"dbt_packages/{node.package}/{node.path}"
        )
        if path not in self._files:
            found = inside(self._folder, path) if self._folder else None
            self._files[path] = YamlFile.read(found) if found else YamlFile()
        return self._files[path]

    @cached_property
    def _files(self) -> dict[str, YamlFile]:
        return {}


def _references(analysis: Analysis) -> Iterator[Read | Unbound]:
    yield from analysis.reads
    yield from analysis.unbound


def _said(found: Read | Unbound, clause: str, text: str) -> Read | Unbound:
    """The reference as the user knows it."""
    shown = textwrap.shorten(" ".join(text.split()), _LONGEST)
    if isinstance(found, Read):
        return found._replace(clause=clause, sql=shown)
    return found._replace(clause=clause, sql=shown)


def _own_of_filter(analysis: Analysis) -> Analysis:
    """What the condition itself is refused for: the elements that it names have their own facts."""
    own = tuple(miss for miss in analysis.unbound if miss.clause == "WHERE")
    return replace(analysis, unbound=own)


def _blind(analyses: Iterable[Analysis]) -> str | None:
    return next((one.blind for one in analyses if one.blind), None)
