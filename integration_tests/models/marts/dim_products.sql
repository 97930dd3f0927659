with
    products as (select * from {{ ref("stg_products") }}),

    categories as (select * from {{ ref("int_category_paths") }}),

    suppliers as (select * from {{ ref("stg_suppliers") }})

select
    products.* exclude (purchase_price, tags, supplier_id),
    categories.category_path,
    suppliers.supplier_name
from products
left join categories using (category_code)
left join suppliers on products.supplier_id = suppliers.supplier_id
