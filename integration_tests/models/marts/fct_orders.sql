with
    orders as (select * from {{ ref("int_orders_in_euros") }}),

    deliveries as (select * from {{ ref("int_delivery_times") }})

select
    orders.order_id,
    orders.user_id,
    orders.order_status,
    orders.channel,
    orders.order_date,
    orders.ordered_at,
    orders.item_count,
    orders.total_amount_eur,
    orders.refunded_amount,
    deliveries.is_late
from orders
left join deliveries on orders.order_id = deliveries.order_id
