with
    products as (select * from {{ ref("dim_products") }}),

    items as (select * from {{ ref("fct_order_items") }}),

    tags as (select * from {{ ref("int_product_tags") }})

select
    products.product_id,
    products.product_name,
    products.category_path,
    products.dimensions.width_cm as width_cm,
    sum(items.quantity) as quantity_sold,
    sum(items.line_amount) as revenue,
    sum(items.line_amount - items.line_cost) as margin,
    (
        select string_agg(tags.tag, ', ' order by tags.tag)
        from tags
        where tags.product_id = products.product_id
    ) as tag_list
from products
left join items on products.product_id = items.product_id
group by all
