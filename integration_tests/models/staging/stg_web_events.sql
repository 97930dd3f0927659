with source as (select * from {{ source("webshop", "web_events") }})

select id as event_id, session_id, user_id, event_type, page_path, occurred_at
from source
