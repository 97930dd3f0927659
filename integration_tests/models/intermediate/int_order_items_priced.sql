{{ config(materialized="ephemeral") }}

with
    items as (select * from {{ ref("stg_order_items") }}),

    products as (select * from {{ ref("stg_products") }})

select
    items.order_item_id,
    items.order_id,
    items.product_id,
    products.category_code,
    items.quantity,
    items.unit_price,
    items.quantity * items.unit_price - items.discount_amount as line_amount,
    items.quantity * products.purchase_price as line_cost
from items
left join products using (product_id)
