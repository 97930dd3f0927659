{{
    config(
        materialized="incremental",
        unique_key="order_item_id",
        on_schema_change="append_new_columns",
    )
}}

with
    items as (select * from {{ ref("int_order_items_priced") }}),

    orders as (select order_id, user_id, ordered_at from {{ ref("stg_orders") }})

select items.*, orders.user_id, orders.ordered_at
from items
inner join orders using (order_id)
{% if is_incremental() %}
    where orders.ordered_at > (select max(ordered_at) from {{ this }})
{% endif %}
