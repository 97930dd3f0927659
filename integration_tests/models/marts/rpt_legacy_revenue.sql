{{ config(enabled=false) }}

select order_date, sum(total_amount_eur) as revenue_eur
from {{ ref("fct_orders") }}
group by order_date
