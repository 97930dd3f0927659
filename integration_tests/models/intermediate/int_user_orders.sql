with
    orders as (select * from {{ ref("int_orders_in_euros") }}),

    numbered as (
        select
            user_id,
            order_id,
            ordered_at,
            total_amount_eur,
            row_number() over (partition by user_id order by ordered_at) as order_number,
            lag(ordered_at) over (partition by user_id order by ordered_at) as previous_ordered_at,
            sum(total_amount_eur) over (
                partition by user_id
                order by ordered_at
                rows between unbounded preceding and current row
            ) as running_amount_eur
        from orders
    )

select *, date_diff('day', previous_ordered_at, ordered_at) as days_since_previous_order
from numbered
