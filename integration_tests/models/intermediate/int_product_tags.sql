with products as (select * from {{ ref("stg_products") }})

select products.product_id, tag.name as tag
from products
cross join unnest(products.tags) as tag(name)
