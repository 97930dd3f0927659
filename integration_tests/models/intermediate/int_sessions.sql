with events as (select * from {{ ref("stg_web_events") }})

select
    session_id,
    max(user_id) as user_id,
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at,
    count(*) as event_count,
    count(*) filter (where event_type = 'checkout') as checkout_count
from events
group by 1
