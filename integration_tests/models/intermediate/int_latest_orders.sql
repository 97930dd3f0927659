with orders as (select * from {{ ref("stg_orders") }})

select user_id, order_id, order_status, ordered_at
from orders
qualify row_number() over (partition by user_id order by ordered_at desc) = 1
