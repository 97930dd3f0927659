{{ config(materialized="table", meta={"owner": "crm"}) }}
select
    1::integer as id,
    'x'::varchar as name,
    1.5::decimal(10, 2) as amount,
    true as is_active,
    now()::timestamp as seen_at,
    {'city': 'x', 'zip': 1} as address
