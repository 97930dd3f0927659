with
    users as (select * from {{ ref("dim_users") }}),

    user_orders as (select * from {{ ref("int_user_orders") }}),

    latest as (select * from {{ ref("int_latest_orders") }}),

    per_user as (
        select
            user_id,
            count(*) as order_count,
            sum(total_amount_eur) as lifetime_value_eur,
            avg(days_since_previous_order) as average_days_between_orders
        from user_orders
        group by user_id
    )

select
    users.user_id,
    users.country_code,
    users.region,
    coalesce(per_user.order_count, 0) as order_count,
    coalesce(per_user.lifetime_value_eur, 0) as lifetime_value_eur,
    per_user.average_days_between_orders,
    latest.order_status as latest_order_status,
    ntile(4) over (order by coalesce(per_user.lifetime_value_eur, 0)) as value_quartile
from users
left join per_user on users.user_id = per_user.user_id
left join latest on users.user_id = latest.user_id
