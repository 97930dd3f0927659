with
    orders as (select * from {{ ref("int_orders_enriched") }}),

    rates as (select * from {{ ref("currency_rates") }})

select
    orders.* exclude (currency_code),
    rates.rate_to_eur,
    (orders.total_amount * rates.rate_to_eur)::decimal(18, 2) as total_amount_eur
from orders
inner join
    rates on orders.currency_code = rates.currency_code and orders.order_date >= rates.valid_from
