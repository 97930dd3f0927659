with
    sessions as (select * from {{ ref("int_sessions") }}),

    users as (select * from {{ ref("stg_users") }})

select sessions.*, users.country_code, date_diff('minute', started_at, ended_at) as minutes
from sessions
left join users using (user_id)
