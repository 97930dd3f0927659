with
    users as (select * from {{ ref("dim_users", v=2) }}),

    orders as (select * from {{ ref("fct_orders") }})

select users.user_id, users.email
from users
where
    (select count(*) from orders where orders.user_id = users.user_id) > 1
    and users.user_id in (select user_id from {{ ref("fct_sessions") }} where checkout_count > 0)
