with
    users as (select * from {{ ref("stg_users") }}),

    countries as (select * from {{ ref("countries") }})

select
    users.user_id,
    users.email,
    users.phone,
    users.full_name,
    users.country_code,
    countries.region,
    users.address.city as city,
    users.created_at
from users
left join countries on users.country_code = countries.country_code
