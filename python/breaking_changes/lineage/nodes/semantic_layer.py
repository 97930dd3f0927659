"""Which elements of semantic models a metric or a saved query uses, itself or by other metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, mappings, strings
from breaking_changes.lineage.nodes.kinds import SEMANTIC
from breaking_changes.lineage.nodes.semantic_elements import (
    Element,
    elements_of,
    own_aggregation,
)
from breaking_changes.lineage.nodes.semantic_filters import (
    Named,
    NotUnderstoodError,
    named,
    names_in,
    templates,
)

#: The time by which a metric is aggregated, whatever the dimension is called.
METRIC_TIME = "metric_time"

#: A query joins by these entities of another semantic model: there they are unique
#: (dbt_semantic_interfaces, EntityType).
_LINKABLE = frozenset({"primary", "unique", "natural"})


@dataclass(frozen=True)
class Filter:
    """A condition of a metric or a saved query, with the elements that it names."""

    template: str
    named: tuple[tuple[Named, Element | None], ...]


@dataclass(frozen=True)
class Usage:
    """What one metric or saved query computes with.

    `not_understood` is a text of it that is no such call; what it names is not known.
    """

    elements: tuple[Element, ...]
    filters: tuple[Filter, ...]
    not_understood: str | None = None


class SemanticLayer:
    """The semantic models of one side.

    Args:
        nodes: The nodes of the side.
        dialect: sqlglot's name of the dialect.
    """

    def __init__(self, nodes: Mapping[str, Node], dialect: str) -> None:
        self._nodes = nodes
        self._dialect = dialect
        self._used: dict[str, Usage] = {}
        self._elements: dict[str, dict[str, dict[str, Element]]] = {}

    def parents(self, node: Node) -> list[str]:
        """The semantic layer below a node, and the models that it is built on: all flow into it.

        dbt lists no semantic model of which only a filter or a grouping names a dimension.
        """
        found = dict.fromkeys(node.parents)
        if node.resource_type != "semantic_model":
            used = self.usage(node).elements
            found.update(dict.fromkeys(name for one in used for name in (one.owner, one.model)))
        queue = [*found]
        for name in queue:
            parent = self._nodes.get(name)
            if parent is not None and parent.resource_type in SEMANTIC:
                new = [one for one in parent.parents if one not in found]
                found.update(dict.fromkeys(new))
                queue.extend(new)
        found.pop(node.unique_id, None)
        return list(found)

    def elements(self, model: Node) -> list[Element]:
        """The elements of a semantic model."""
        return [element for by_name in self._own(model).values() for element in by_name.values()]

    def usage(self, node: Node) -> Usage:
        """What a metric or a saved query uses."""
        known = self._used.get(node.unique_id)
        if known is None:
            self._used[node.unique_id] = Usage((), ())  # a circle of metrics ends here
            known = self._used[node.unique_id] = self._usage(node)
        return known

    def _usage(self, node: Node) -> Usage:
        elements: dict[Element, None] = {}
        refused: str | None = None
        for metric in self._inputs(node):
            below = self.usage(metric)
            elements.update(dict.fromkeys(below.elements))
            refused = refused or below.not_understood
        times: list[Element] = []
        if node.resource_type == "metric":
            measures, times = self._measured(node)
            elements.update(dict.fromkeys((*measures, *times)))
        else:
            times = [one for one in elements if one.section == "dimensions"]
        filters: list[Filter] = []
        for text in _filters(node):
            try:
                calls = list(names_in(text))
            except NotUnderstoodError:
                refused = refused or text
                continue
            found = tuple((one, self._found(one, times, tuple(elements))) for one in calls)
            filters.append(Filter(text, found))
        grouped: list[Named] = []
        for text in _groupings(node):
            try:
                grouped.append(named(text))
            except NotUnderstoodError:
                refused = refused or text
        every = [pair for one in filters for pair in one.named]
        every += [(one, self._found(one, times, tuple(elements))) for one in grouped]
        for one, element in every:
            elements.update({element: None} if element else {})
            if one.kind == "Metric" and (below_it := self._metrics.get(one.name)):
                elements.update(dict.fromkeys(self.usage(below_it).elements))
        return Usage(tuple(elements), tuple(filters), refused)

    def _inputs(self, node: Node) -> Iterator[Node]:
        """The metrics that a metric or a saved query is computed from."""
        for unique_id in node.parents:
            parent = self._nodes.get(unique_id)
            if parent is not None and parent.resource_type == "metric":
                yield parent

    def _measured(self, metric: Node) -> tuple[list[Element], list[Element]]:
        """The measures that a metric names, with the times that they are aggregated by."""
        found: list[Element] = []
        times: list[Element] = []
        for name in _measures(metric):
            model = self._by_measure.get(name.lower())
            if model is None:
                continue
            found.append(self._own(model)["measures"][name.lower()])
            measure = next(
                one for one in mappings(model.raw.get("measures")) if _name(one) == name.lower()
            )
            times += self._times(model, measure)
        given = mapping(mapping(metric.raw.get("type_params")).get("metric_aggregation_params"))
        own = self._models.get(str(given.get("semantic_model")).lower()) if given else None
        element = own_aggregation(metric, own, self._dialect)
        if own is not None and element is not None:
            found.append(element)
            times += self._times(own, given)
        return found, times

    def _times(self, model: Node, measure: Mapping[str, Any]) -> Iterator[Element]:
        """What a measure is aggregated by in time, and what it does not add up over."""
        dimensions = self._own(model)["dimensions"]
        default = mapping(model.raw.get("defaults")).get("agg_time_dimension")
        also = mapping(measure.get("non_additive_dimension")).get("name")
        for name in (measure.get("agg_time_dimension") or default, also):
            if isinstance(name, str) and name.lower() in dimensions:
                yield dimensions[name.lower()]

    def _found(
        self, one: Named, times: list[Element], measured: tuple[Element, ...]
    ) -> Element | None:
        """The element that a call names in a query of these measures."""
        if one.kind == "Metric":
            return None
        if METRIC_TIME in (one.name, *one.path[:1]):
            return times[0] if times else None
        if one.kind == "Entity":
            return self._entity(one.name, measured)
        # A granularity may follow the name: order__ordered_at__month.
        for path, name in ((one.path, one.name), (one.path[:-1], one.path[-1:])):
            wanted = name if isinstance(name, str) else "".join(name)
            for model in self._reached_by(path[-1] if path else None):
                if wanted in (dimensions := self._own(model)["dimensions"]):
                    return dimensions[wanted]
        return self._entity(one.name, measured)

    def _entity(self, name: str, measured: tuple[Element, ...]) -> Element | None:
        """An entity of a measure's own semantic model, else that of any."""
        near = {element.owner for element in measured}
        ordered = sorted(self._models.values(), key=lambda model: model.unique_id not in near)
        for model in ordered:
            if name in (entities := self._own(model)["entities"]):
                return entities[name]
        return None

    def _reached_by(self, entity: str | None) -> list[Node]:
        """The semantic models whose dimensions go by an entity; without one, those of all."""
        if entity is None:
            return list(self._models.values())
        return [model for model in self._models.values() if entity in _links(model)]

    def _own(self, model: Node) -> dict[str, dict[str, Element]]:
        known = self._elements.get(model.unique_id)
        if known is None:
            known = {"entities": {}, "dimensions": {}, "measures": {}}
            for element in elements_of(model, self._dialect):
                known[element.section][element.name.lower()] = element
            self._elements[model.unique_id] = known
        return known

    @cached_property
    def _models(self) -> dict[str, Node]:
        return self._by_name("semantic_model")

    @cached_property
    def _metrics(self) -> dict[str, Node]:
        return self._by_name("metric")

    @cached_property
    def _by_measure(self) -> dict[str, Node]:
        return {
            _name(measure): model
            for model in self._models.values()
            for measure in mappings(model.raw.get("measures"))
            if _name(measure) in self._own(model)["measures"]
        }

    def _by_name(self, kind: str) -> dict[str, Node]:
        return {
            node.name.lower(): node for node in self._nodes.values() if node.resource_type == kind
        }


def _name(given: Mapping[str, Any]) -> str:
    return str(given.get("name") or "").lower()


def _links(model: Node) -> set[str]:
    """The entities by which other semantic models reach a model's dimensions."""
    primary = model.raw.get("primary_entity")
    linkable = {
        _name(one) for one in mappings(model.raw.get("entities")) if one.get("type") in _LINKABLE
    }
    return linkable | ({primary.lower()} if isinstance(primary, str) else set())


def _measures(metric: Node) -> Iterator[str]:
    """The measures that a metric names itself."""
    params = mapping(metric.raw.get("type_params"))
    conversion = mapping(params.get("conversion_type_params"))
    for given in (
        params.get("measure"),
        conversion.get("base_measure"),
        conversion.get("conversion_measure"),
    ):
        name = given if isinstance(given, str) else mapping(given).get("name")
        if name:
            yield str(name)


def _filters(node: Node) -> Iterator[str]:
    """The conditions of a metric, of what it is computed from, or of a saved query."""
    params = mapping(node.raw.get("type_params"))
    conversion = mapping(params.get("conversion_type_params"))
    yield from templates(node.raw.get("filter"))
    yield from templates(mapping(node.raw.get("query_params")).get("where"))
    inputs = [params.get(key) for key in ("measure", "numerator", "denominator")]
    inputs += [conversion.get(key) for key in ("base_measure", "conversion_measure")]
    inputs.append(mapping(params.get("cumulative_type_params")).get("metric"))
    inputs += mappings(params.get("metrics"))
    for given in inputs:
        yield from templates(mapping(given).get("filter"))


def _groupings(node: Node) -> Iterator[str]:
    """What a saved query is grouped and ordered by, and the entity that a conversion goes by."""
    query = mapping(node.raw.get("query_params"))
    yield from strings(query.get("group_by"))
    for text in strings(query.get("order_by")):
        if text.strip().lstrip("-").startswith(("Dimension", "TimeDimension", "Entity")):
            yield text
    params = mapping(mapping(node.raw.get("type_params")).get("conversion_type_params"))
    entity = params.get("entity")
    if isinstance(entity, str):
        yield f"Entity({entity!r})"
