with
    days as (select * from {{ ref("dim_dates") }}),

    orders as (select * from {{ ref("fct_orders") }})

select
    days.date_day,
    days.month_start,
    count(distinct orders.order_id) as order_count,
    coalesce(sum(orders.total_amount_eur), 0) as revenue_eur
from days
left join orders on days.date_day = orders.order_date
group by days.date_day, days.month_start
