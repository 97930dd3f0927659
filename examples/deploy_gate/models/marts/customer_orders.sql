with orders as (
    select
        customer_id,
        count(*) as orders,
        sum(amount) as revenue
    from {{ ref("stg_orders") }}
    group by customer_id
)

select
    customers.*,
    orders.orders,
    orders.revenue
from {{ ref("stg_customers") }} as customers
left join orders on customers.customer_id = orders.customer_id
