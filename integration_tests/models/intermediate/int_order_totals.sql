with items as (select * from {{ ref("int_order_items_priced") }})

select
    order_id,
    count(*) as item_count,
    sum(quantity) as quantity,
    sum(line_amount) as items_amount,
    sum(line_cost) as items_cost
from items
group by order_id
