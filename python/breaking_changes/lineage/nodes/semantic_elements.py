"""The elements of a semantic model, each as the SELECT that a query of it runs.

MetricFlow puts an element's `expr`, or its name where it has none, into a SELECT from the model: a
measure within its aggregation, a time dimension truncated to its granularity
(https://docs.getdbt.com/docs/build/measures, https://docs.getdbt.com/docs/build/dimensions).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, mappings
from breaking_changes.lineage.nodes.relation_names import schema_of

#: Section of a semantic model -> the clause that its elements' references have.
CLAUSES = {"entities": "ENTITY", "dimensions": "DIMENSION", "measures": "MEASURE"}

#: Aggregations that every engine spells alike (dbt_semantic_interfaces, AggregationType).
_AGGREGATIONS = {
    "sum": "sum(\n{}\n)",
    "min": "min(\n{}\n)",
    "max": "max(\n{}\n)",
    "average": "avg(\n{}\n)",
    "count": "sum(case when\n{}\nis not null then 1 else 0 end)",
    "count_distinct": "count(distinct\n{}\n)",
    "sum_boolean": "sum(case when\n{}\nthen 1 else 0 end)",
}

#: Dialects in which MetricFlow truncates with date_trunc('<granularity>', <column>).
_TRUNCATES = frozenset({"duckdb", "postgres", "redshift", "snowflake", "trino", "databricks"})

#: How many lines of a statement come before the expression.
LINES_BEFORE = 1


@dataclass(frozen=True)
class Element:
    """An expression over the model of a semantic model.

    Attributes:
        owner: The unique_id of the node whose YAML has it.
        model: The unique_id of the model that it reads.
        section: The key that lists it there: entities, dimensions, measures, or type_params of a
            metric that aggregates by itself.
        name: Its name.
        expression: Its SQL as written.
        form: What a query makes of the SQL, which stands for `{}` on lines of its own.
    """

    owner: str
    model: str
    section: str
    name: str
    expression: str
    form: str = "\n{}\n"

    @property
    def clause(self) -> str:
        """The clause of what the expression refers to."""
        return CLAUSES.get(self.section, "MEASURE")

    @property
    def label(self) -> str:
        """What it is called in the report, such as `measure revenue`."""
        return f"{self.clause.lower()} {self.name}"

    def computed(self) -> str:
        """The expression as a query computes it."""
        return self.form.replace("{}", self.expression)

    def statement(self, dialect: str) -> str:
        """The SELECT of this element alone."""
        return f"select {self.computed()} from {schema_of(self.model, dialect)}"


def elements_of(model: Node, dialect: str) -> Iterator[Element]:
    """The elements of a semantic model."""
    parent = next(iter(model.parents), None)
    if parent is None:
        return
    for section in CLAUSES:
        for given in mappings(model.raw.get(section)):
            name = str(given.get("name") or "")
            written = str(given.get("expr") or name)
            form = _form(section, given, dialect)
            yield Element(model.unique_id, parent, section, name, written, form)


def own_aggregation(metric: Node, model: Node | None, dialect: str) -> Element | None:
    """What a metric computes that names no measure but aggregates itself (dbt 1.12)."""
    params = mapping(metric.raw.get("type_params"))
    given = mapping(params.get("metric_aggregation_params"))
    parent = next(iter(model.parents), None) if model else None
    if not given or parent is None:
        return None
    written = str(given.get("expr") or params.get("expr") or metric.name)
    form = _form("measures", given, dialect)
    return Element(metric.unique_id, parent, "type_params", metric.name, written, form)


def _form(section: str, given: Mapping[str, Any], dialect: str) -> str:
    if section == "measures":
        return _aggregation(given, dialect)
    grain = str(mapping(given.get("type_params")).get("time_granularity"))
    is_time = section == "dimensions" and given.get("type") == "time"
    if is_time and dialect in _TRUNCATES and grain.isalpha():
        return f"date_trunc('{grain}',\n{{}}\n)"
    return "\n{}\n"


def _aggregation(given: Mapping[str, Any], dialect: str) -> str:
    kind = str(given.get("agg"))
    if kind in ("median", "percentile") and dialect in ("duckdb", "postgres"):
        share = mapping(given.get("agg_params")).get("percentile")
        number = share if isinstance(share, float | int) else 0.5
        return f"percentile_cont({number}) within group (order by\n{{}}\n)"
    return _AGGREGATIONS.get(kind, "\n{}\n")
