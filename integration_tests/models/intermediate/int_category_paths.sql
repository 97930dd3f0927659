with recursive
    categories as (select * from {{ ref("product_categories") }}),

    paths as (
        select category_code, category_name, category_name as category_path, 1 as depth
        from categories
        where parent_code is null
        union all
        select
            categories.category_code,
            categories.category_name,
            paths.category_path || ' > ' || categories.category_name as category_path,
            paths.depth + 1 as depth
        from categories
        inner join paths on categories.parent_code = paths.category_code
    )

select *
from paths
