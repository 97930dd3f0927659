def model(dbt, session):
    """Orders and revenue per channel, as a DuckDB relation."""
    dbt.config(materialized="table")
    orders = dbt.ref("fct_orders")
    return orders.aggregate(
        "channel, count(*) as order_count, sum(total_amount_eur) as revenue_eur", "channel"
    )
