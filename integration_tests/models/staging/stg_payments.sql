with
    source as (select * from {{ source("webshop", "payments") }}),

    renamed as (
        select
            id as payment_id,
            order_id,
            method as payment_method,
            status as payment_status,
            amount,
            paid_at
        from source
    )

select *
from renamed
