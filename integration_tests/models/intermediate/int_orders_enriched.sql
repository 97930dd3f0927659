with
    orders as (select * from {{ ref("stg_orders") }}),

    totals as (select * from {{ ref("int_order_totals") }}),

    payments as (select * from {{ ref("int_payments_per_order") }}),

    refunds as (select * from {{ ref("int_refunds_per_order") }}),

    joined as (
        select
            orders.*,
            coalesce(totals.item_count, 0) as item_count,
            coalesce(totals.items_amount, 0) as items_amount,
            coalesce(payments.paid_amount, 0) as paid_amount,
            coalesce(refunds.refunded_amount, 0) as refunded_amount
        from orders
        left join totals using (order_id)
        left join payments using (order_id)
        left join refunds using (order_id)
    )

select *, items_amount + shipping_fee as total_amount
from joined
where order_status <> 'cancelled'
