"""The semantic layer: whose expressions read a column, and what breaks when it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lineage_manifests import manifest, node

from breaking_changes.artifacts import Catalog, Manifest, Target
from breaking_changes.lineage.nodes.semantic_filters import Named, NotUnderstoodError, named
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.change import lineage_for_change
from breaking_changes.macro_host import MacroHost

Entry = dict[str, Any]
HOST = MacroHost()

YAML = """\
semantic_models:
  - name: orders
    model: ref('orders')
    defaults: {agg_time_dimension: ordered_at}
    entities:
      - {name: order, type: primary, expr: id}
      - name: customer
        type: foreign
        expr: customer_id
    dimensions:
      - name: ordered_at
        type: time
        type_params: {time_granularity: day}
      - name: country
        type: categorical
      - name: is_large
        type: categorical
        expr: |
          case
            when amount > 100 then 'amount'
          end
    measures:
      - name: revenue
        agg: sum
        expr: amount
      - name: order_count
        agg: count
        expr: id

  - name: customers
    model: ref('customers')
    entities:
      - {name: customer, type: primary, expr: id}
    dimensions:
      - name: region
        type: categorical
        expr: lower(region)

metrics:
  - name: revenue
    type: simple
    type_params: {measure: revenue}
  - name: order_count
    type: simple
    type_params: {measure: order_count}
  - name: large_orders
    type: simple
    type_params: {measure: order_count}
    filter: "{{ Dimension('order__is_large') }} = 'amount'"
  - name: north
    type: simple
    type_params: {measure: order_count}
    filter: "{{ Dimension('customer__region') }} = 'n'"
  - name: average
    type: ratio
    type_params: {numerator: revenue, denominator: order_count}

saved_queries:
  - name: by_country
    query_params:
      metrics: [order_count]
      group_by: ["Dimension('order__country')", "TimeDimension('metric_time', 'month')"]
      where: ["{{ Entity('customer') }} > 10"]
"""

ORDERS = {
    "id": "1",
    "customer_id": "7",
    "amount": "cast(2 as double)",
    "country": "'DE'",
    "ordered_at": "cast('2026-01-01' as timestamp)",
    "note": "'x'",
}


def _model(name: str, columns: dict[str, str], **keys: Any) -> Entry:
    listed = ", ".join(f"{sql} as {column}" for column, sql in columns.items())
    return node(f"model.shop.{name}", f"select {listed}", **keys)


def _yaml_node(unique_id: str, *parents: str, **keys: Any) -> Entry:
    kind, package, name = unique_id.split(".")
    return {
        "unique_id": unique_id,
        "resource_type": kind,
        "name": name,
        "package_name": package,
        "original_file_path": "models/semantic.yml",
        "depends_on": {"nodes": list(parents), "macros": []},
        "config": {"enabled": True},
        **keys,
    }


def _filter(text: str) -> Entry:
    return {"where_filters": [{"where_sql_template": text}]}


def _metric(name: str, *parents: str, kind: str = "simple", where: str = "", **given: Any) -> Entry:
    return _yaml_node(
        f"metric.shop.{name}",
        *parents,
        type=kind,
        type_params={"input_measures": [], **given},
        filter=_filter(where) if where else None,
    )


SEMANTIC_ORDERS = _yaml_node(
    "semantic_model.shop.orders",
    "model.shop.orders",
    defaults={"agg_time_dimension": "ordered_at"},
    primary_entity=None,
    entities=[
        {"name": "order", "type": "primary", "expr": "id"},
        {"name": "customer", "type": "foreign", "expr": "customer_id"},
    ],
    dimensions=[
        {"name": "ordered_at", "type": "time", "type_params": {"time_granularity": "day"}},
        {"name": "country", "type": "categorical", "expr": None},
        {
            "name": "is_large",
            "type": "categorical",
            "expr": "case\n  when amount > 100 then 'amount'\nend\n",
        },
    ],
    measures=[
        {"name": "revenue", "agg": "sum", "expr": "amount"},
        {"name": "order_count", "agg": "count", "expr": "id"},
    ],
)
SEMANTIC_CUSTOMERS = _yaml_node(
    "semantic_model.shop.customers",
    "model.shop.customers",
    entities=[{"name": "customer", "type": "primary", "expr": "id"}],
    dimensions=[{"name": "region", "type": "categorical", "expr": "lower(region)"}],
    measures=[],
)
OF_ORDERS = "semantic_model.shop.orders"
LAYER = [
    SEMANTIC_ORDERS,
    SEMANTIC_CUSTOMERS,
    _metric("revenue", OF_ORDERS, measure={"name": "revenue"}),
    _metric("order_count", OF_ORDERS, measure={"name": "order_count"}),
    _metric(
        "large_orders",
        OF_ORDERS,
        measure={"name": "order_count"},
        where="{{ Dimension('order__is_large') }} = 'amount'",
    ),
    _metric(
        "north",
        OF_ORDERS,
        measure={"name": "order_count"},
        where="{{ Dimension('customer__region') }} = 'n'"
        " and {{ TimeDimension('metric_time', 'day') }} > '2026-01-01'",
    ),
    _metric(
        "average",
        "metric.shop.revenue",
        "metric.shop.order_count",
        kind="ratio",
        numerator={"name": "revenue"},
        denominator={"name": "order_count"},
    ),
    _yaml_node(
        "saved_query.shop.by_country",
        "metric.shop.order_count",
        query_params={
            "metrics": ["order_count"],
            "group_by": ["Dimension('order__country')", "TimeDimension('metric_time', 'month')"],
            "where": _filter("{{ Entity('customer') }} > 10"),
        },
        exports=[],
    ),
    _yaml_node("exposure.shop.board", "metric.shop.revenue", type="dashboard", owner={}),
]
CUSTOMERS = {"id": "1", "region": "'N'", "name": "'x'"}


def _side(
    folder: Path | None,
    orders: dict[str, str] = ORDERS,
    customers: dict[str, str] = CUSTOMERS,
    layer: list[Entry] = LAYER,
) -> Target:
    models = [_model("orders", orders), _model("customers", customers)]
    return Target(Manifest(manifest(*models, *layer)), Catalog({}), folder)


def _report(before: Target, after: Target, lineage: bool = True) -> Entry:
    lineages = (
        lineage_for_change(before, after, Cache(None), Workers(1)) if lineage else (None, None)
    )
    report: Entry = HOST.call(
        "find_breaking_changes",
        before.manifest.raw,
        after.manifest.raw,
        *lineages,
        HOST.call("_settings", {"as_of": "2026-06-15"}),
    )
    return report


def _impact(report: Entry, rule: str, column: str | None) -> dict[str, tuple[str, str]]:
    """Each consumer's verdict and detail, by its name, below one finding."""
    for change in report["changes"]:
        if (change["rule"], change["column"]) == (rule, column):
            return {
                entry["node"].replace(".shop.", "."): (entry["verdict"], entry["detail"])
                for entry in change["impact"]
            }
    raise AssertionError([(change["rule"], change["column"]) for change in report["changes"]])


def _without(columns: dict[str, str], name: str) -> dict[str, str]:
    return {key: sql for key, sql in columns.items() if key != name}


GONE = {
    "amount": {
        "semantic_model.orders": ("breaks", "reads orders.amount in dimension is_large"),
        "metric.revenue": ("breaks", "reads orders.amount in measure revenue"),
        "metric.average": ("breaks", "reads orders.amount in measure revenue"),
        "metric.large_orders": ("breaks", "reads orders.amount in dimension is_large"),
        "exposure.board": ("changes", "blocked: revenue breaks"),
    },
    "country": {
        "semantic_model.orders": ("breaks", "reads orders.country in dimension country"),
        "saved_query.by_country": ("breaks", "reads orders.country in dimension country"),
    },
    "customer_id": {
        "semantic_model.orders": ("breaks", "reads orders.customer_id in entity customer"),
        "saved_query.by_country": ("breaks", "reads orders.customer_id in entity customer"),
    },
    "note": {},
}


@pytest.mark.parametrize("column", GONE)
def test_a_removed_column_breaks_what_names_it(column: str) -> None:
    report = _report(_side(None), _side(None, _without(ORDERS, column)))
    assert _impact(report, "column_removed", column) == GONE[column]
    broken = [one for one in report["changes"] if one["rule"] == "semantic_model_broken"]
    assert len(broken) == bool(GONE[column])


def _changed(layer: list[Entry], unique_id: str, **keys: Any) -> list[Entry]:
    return [{**one, **keys} if one["unique_id"] == unique_id else one for one in layer]


def test_a_type_that_an_aggregation_refuses_breaks_the_measure() -> None:
    report = _report(_side(None), _side(None, {**ORDERS, "amount": "'2'"}))
    impact = _impact(report, "column_type_changed", "amount")
    assert impact["metric.revenue"] == (
        "breaks",
        "type error in measure revenue on orders.amount: amount"
        " (DuckDB does not accept sum(string))",
    )
    assert impact["metric.average"][0] == "breaks"
    assert "metric.order_count" not in impact


def test_a_type_that_a_filter_refuses_breaks_the_metric() -> None:
    dates = {**ORDERS, "country": "cast('2026-01-01' as date)"}
    layer = _changed(
        LAYER, "metric.shop.north", filter=_filter("{{ Dimension('order__country') }} > 5")
    )
    was = {**ORDERS, "country": "3"}
    report = _report(_side(None, was, layer=layer), _side(None, dates, layer=layer))
    impact = _impact(report, "column_type_changed", "country")
    assert impact["metric.north"] == (
        "breaks",
        "type error in filter on orders.country: {{ Dimension('order__country') }} > 5"
        " (DuckDB does not accept date < number)",
    )
    assert impact["saved_query.by_country"][0] == "changes"


def test_another_type_changes_metrics_and_the_exposures_on_them() -> None:
    report = _report(_side(None), _side(None, {**ORDERS, "amount": "cast(2 as decimal(9, 2))"}))
    impact = _impact(report, "column_type_narrowed", "amount")
    assert impact["metric.revenue"] == ("changes", "reads orders.amount in measure revenue")
    assert impact["exposure.board"][0] == "unknown"
    assert "metric.order_count" not in impact


def test_a_filter_reaches_the_dimension_of_another_semantic_model() -> None:
    report = _report(_side(None), _side(None, customers=_without(CUSTOMERS, "region")))
    assert _impact(report, "column_removed", "region") == {
        "semantic_model.customers": ("breaks", "reads customers.region in dimension region"),
        "metric.north": ("breaks", "reads customers.region in dimension region"),
    }


def test_a_measure_that_is_pointed_elsewhere_in_the_same_change_is_adapted() -> None:
    measures = [
        {"name": "revenue", "agg": "sum", "expr": "total"},
        {"name": "order_count", "agg": "count", "expr": "id"},
    ]
    large = {
        "name": "is_large",
        "type": "categorical",
        "expr": "case when total > 100 then 'amount' end",
    }
    dimensions = [*SEMANTIC_ORDERS["dimensions"][:2], large]
    orders = {**_without(ORDERS, "amount"), "total": "cast(2 as double)"}
    layer = _changed(LAYER, OF_ORDERS, measures=measures, dimensions=dimensions)
    report = _report(_side(None), _side(None, orders, layer=layer))
    assert {entry["verdict"] for change in report["changes"] for entry in change["impact"]} == {
        "adapted",
        "changes",
        "unknown",
    }
    assert _impact(report, "column_removed", "amount")["semantic_model.orders"][0] == "adapted"


def test_an_expression_that_names_no_column_is_one_finding() -> None:
    measures = [
        {"name": "revenue", "agg": "sum", "expr": "amuont"},
        {"name": "order_count", "agg": "count", "expr": "id"},
    ]
    after = _side(None, layer=_changed(LAYER, OF_ORDERS, measures=measures))
    report = _report(_side(None), after)
    found = [one for one in report["changes"] if one["rule"] == "model_does_not_bind"]
    assert [one["node"] for one in found] == [OF_ORDERS]
    impact = _impact(report, "model_does_not_bind", None)
    assert impact["metric.revenue"] == ("breaks", "reads orders.amuont in measure revenue")
    assert impact["metric.average"][0] == "breaks"
    assert "metric.order_count" not in impact


def test_a_filter_that_cannot_be_understood_makes_its_metric_unknown() -> None:
    layer = _changed(LAYER, "metric.shop.north", filter=_filter("{{ my_macro() }} = 1"))
    report = _report(_side(None, layer=layer), _side(None, _without(ORDERS, "amount"), layer=layer))
    assert _impact(report, "column_removed", "amount")["metric.north"] == (
        "unknown",
        "{{ my_macro() }} = 1 could not be understood.",
    )


def test_lines_are_those_of_the_expressions(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "semantic.yml").write_text(YAML)
    report = _report(_side(tmp_path), _side(tmp_path, _without(ORDERS, "amount")))
    change = next(one for one in report["changes"] if one["rule"] == "column_removed")
    lines = {one["node"].split(".")[-1]: one["line"] for one in change["impact"]}
    of_measure = YAML[: YAML.index("expr: amount")].count("\n") + 1
    of_dimension = YAML[: YAML.index("when amount")].count("\n") + 1
    assert lines == {
        "orders": of_dimension,
        "large_orders": of_dimension,
        "revenue": of_measure,
        "average": of_measure,
        "board": None,
    }
    assert {one["path"] for one in change["impact"]} == {"models/semantic.yml"}


def test_a_metric_that_aggregates_itself_reads_its_own_expression() -> None:
    """As dbt 1.12 writes it."""
    given = {"semantic_model": "orders", "agg": "sum", "expr": "amount * 2"}
    metric = _metric("doubled", OF_ORDERS, metric_aggregation_params=given)
    layer = [*LAYER, metric]
    report = _report(_side(None, layer=layer), _side(None, _without(ORDERS, "amount"), layer=layer))
    impact = _impact(report, "column_removed", "amount")
    assert impact["metric.doubled"] == ("breaks", "reads orders.amount in measure doubled")


def test_facts_of_another_definition_are_stale() -> None:
    side = _side(None)
    orders = _side(None, _without(ORDERS, "amount"))
    lineage, _ = lineage_for_change(side, orders, Cache(None), Workers(1))
    measures = [{"name": "revenue", "agg": "average", "expr": "amount"}]
    labelled = [
        {**SEMANTIC_ORDERS["measures"][0], "label": "Revenue"},
        SEMANTIC_ORDERS["measures"][1],
    ]
    for changed, stale in ((measures, ["orders"]), (labelled, [])):
        nodes = _side(None, layer=_changed(LAYER, OF_ORDERS, measures=changed)).manifest.nodes
        raw = {unique_id: one.raw for unique_id, one in nodes.items()}
        assert HOST.call("_stale_nodes", lineage, raw) == stale


CALLS = {
    "Dimension('order__country')": Named("Dimension", ("order",), "country"),
    "Dimension('country', entity_path=['order'])": Named("Dimension", ("order",), "country"),
    "TimeDimension('order__ordered_at', 'month')": Named("TimeDimension", ("order",), "ordered_at"),
    "Dimension('order__ordered_at').grain('month')": Named("Dimension", ("order",), "ordered_at"),
    "Dimension('metric_time').date_part('year')": Named("Dimension", (), "metric_time"),
    'Entity("customer", entity_path=["order"])': Named("Entity", ("order",), "customer"),
    "Metric('revenue', group_by=['customer'])": Named("Metric", (), "revenue", ("customer",)),
    "-Dimension('order__country')": Named("Dimension", ("order",), "country"),
    "order__country": Named("Dimension", ("order",), "country"),
}


@pytest.mark.parametrize("call", CALLS)
def test_calls(call: str) -> None:
    assert named(call) == CALLS[call]


@pytest.mark.parametrize(
    "call", ["var('x')", "Dimension()", "Dimension(name)", "Dimension('a').drop()", "1", "(", ""]
)
def test_other_calls_are_not_understood(call: str) -> None:
    with pytest.raises(NotUnderstoodError):
        named(call)
