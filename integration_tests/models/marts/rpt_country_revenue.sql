with
    orders as (select * from {{ ref("fct_orders") }}),

    users as (select * from {{ ref("dim_users", v=2) }})

select
    users.country_code,
    sum(case when orders.channel = 'web' then orders.total_amount_eur else 0 end) as web_eur,
    sum(case when orders.channel = 'app' then orders.total_amount_eur else 0 end) as app_eur,
    sum(case when orders.channel = 'store' then orders.total_amount_eur else 0 end) as store_eur
from orders
inner join users on orders.user_id = users.user_id
group by users.country_code
