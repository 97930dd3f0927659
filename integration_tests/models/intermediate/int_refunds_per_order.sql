{{ config(materialized="ephemeral") }}

with
    refunds as (select * from {{ ref("stg_refunds") }}),

    payments as (select * from {{ ref("stg_payments") }})

select payments.order_id, sum(refunds.refunded_amount) as refunded_amount
from refunds
inner join payments on refunds.payment_id = payments.payment_id
group by payments.order_id
