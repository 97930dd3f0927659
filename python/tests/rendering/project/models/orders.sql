{{ config(materialized="view", event_time="ordered_at") }}
select 1::bigint as order_id, 1::integer as user_id, now()::timestamp as ordered_at
