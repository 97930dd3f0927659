with
    orders as (select * from {{ ref("stg_orders") }}),

    events as (select * from {{ ref("stg_web_events") }})

select user_id, 'order' as activity, ordered_at as happened_at
from orders
union all
select user_id, event_type as activity, occurred_at as happened_at
from events
where user_id is not null
