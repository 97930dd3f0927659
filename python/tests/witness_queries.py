"""What queries of the shop's semantic layer run, written by hand as MetricFlow would.

`{fct_orders}` stands for the relation. A measure is aggregated, time is truncated, a filter stands
in WHERE; a count is a sum of ones (docs.getdbt.com/docs/build/measures).
"""

from __future__ import annotations

_DAY = "date_trunc('day', order_date) as metric_time__day"
_REVENUE = "sum(total_amount_eur) as revenue"
_ORDERS = "sum(case when order_id is not null then 1 else 0 end) as orders"

#: The unique_id of a node to the statements that it has to answer.
QUERIES: dict[str, tuple[str, ...]] = {
    "semantic_model.shop.orders": (
        f"select {_REVENUE}, {_ORDERS} from {{fct_orders}}",
        f"select order_id, user_id, channel, is_late, {_DAY} from {{fct_orders}}",
    ),
    "metric.shop.revenue": (f"select {_DAY}, {_REVENUE} from {{fct_orders}} group by 1",),
    "metric.shop.orders": (f"select {_DAY}, {_ORDERS} from {{fct_orders}} group by 1",),
    "metric.shop.average_order_value": (
        f"select {_DAY}, {_REVENUE}, {_ORDERS}, revenue / orders from {{fct_orders}} group by 1",
    ),
    "saved_query.shop.revenue_by_delivery": (
        f"select date_trunc('month', order_date) as metric_time__month, is_late, {_REVENUE}"
        " from {fct_orders} where is_late is not null group by 1, 2",
    ),
}
