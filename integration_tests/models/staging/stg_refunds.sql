with
    source as (select * from {{ source("webshop", "refunds") }}),

    renamed as (
        select id as refund_id, payment_id, amount as refunded_amount, reason, refunded_at
        from source
    )

select *
from renamed
