with
    payments as (select * from {{ ref("stg_payments") }}),

    refunds as (select * from {{ ref("stg_refunds") }})

select
    payments.payment_id,
    payments.order_id,
    payments.payment_method,
    payments.amount,
    payments.paid_at,
    exists (select 1 from refunds where refunds.payment_id = payments.payment_id) as is_refunded
from payments
where payments.payment_status = 'succeeded'
