select payments.payment_id
from {{ ref("stg_refunds") }} as refunds
inner join {{ ref("stg_payments") }} as payments using (payment_id)
where refunds.refunded_amount > payments.amount
