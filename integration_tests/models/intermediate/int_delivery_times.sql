with
    shipments as (select * from {{ ref("stg_shipments") }}),

    orders as (select * from {{ ref("stg_orders") }})

select
    orders.order_id,
    shipments.carrier,
    shipments.shipped_at,
    shipments.delivered_at,
    date_diff('hour', orders.ordered_at, shipments.delivered_at) as delivery_hours,
    delivery_hours > 96 as is_late
from shipments
inner join orders on shipments.order_id = orders.order_id
