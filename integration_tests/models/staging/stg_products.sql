with
    source as (select * from {{ source("webshop", "products") }}),

    renamed as (
        select
            id as product_id,
            name as product_name,
            category as category_code,
            supplier_id,
            list_price,
            purchase_price,
            dimensions,
            tags
        from source
    )

select *
from renamed
