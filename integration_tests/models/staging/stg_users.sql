with
    source as (select * from {{ source("webshop", "users") }}),

    renamed as (
        select
            id as user_id,
            email,
            phone,
            first_name || ' ' || last_name as full_name,
            country as country_code,
            marketing_opt_in as is_opted_in,
            address,
            created_at,
            updated_at
        from source
    )

select *
from renamed
