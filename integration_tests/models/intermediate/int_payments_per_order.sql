with payments as (select * from {{ ref("stg_payments") }})

select
    order_id,
    sum(case when payment_method = 'card' then amount else 0 end) as card_amount,
    sum(case when payment_method = 'transfer' then amount else 0 end) as transfer_amount,
    sum(case when payment_method = 'voucher' then amount else 0 end) as voucher_amount,
    sum(amount) as paid_amount,
    max(paid_at) as last_paid_at
from payments
where payment_status = 'succeeded'
group by order_id
having sum(amount) > 0
