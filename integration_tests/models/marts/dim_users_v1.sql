with users as (select * from {{ ref("dim_users", v=2) }})

select user_id, email, full_name as name, country_code, created_at
from users
