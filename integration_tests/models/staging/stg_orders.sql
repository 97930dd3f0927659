with
    source as (select * from {{ source("webshop", "orders") }}),

    renamed as (
        select
            id as order_id,
            user_id,
            status as order_status,
            channel,
            currency as currency_code,
            shipping_fee,
            ordered_at,
            ordered_at::date as order_date
        from source
    )

select *
from renamed
