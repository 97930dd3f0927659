{#- Stands in for the loader that fills the raw schema, so that one `dbt build` is enough. -#}
{% macro create_source_tables() %}
    {%- if execute -%}
        {%- do run_query("create schema if not exists raw") -%}
        {%- for name, query in shop._source_tables().items() -%}
            {%- do run_query("create or replace table raw." ~ name ~ " as " ~ query) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{% macro _source_tables() %}
    {%- set users -%}
        select
            u::integer as id,
            'user' || u || '@example.com' as email,
            case when u % 3 = 0 then null else '+3160000' || lpad(u::varchar, 4, '0') end as phone,
            'First' || u as first_name,
            'Last' || u as last_name,
            ['NL', 'DE', 'FR', 'US', 'BR'][1 + u % 5] as country,
            u % 2 = 0 as marketing_opt_in,
            {'street': u || ' Main Street', 'city': 'City ' || (u % 4), 'zip': lpad(u::varchar, 5, '0')} as address,
            timestamp '2025-01-01' + interval (u) day as created_at,
            timestamp '2025-06-01' + interval (u) day as updated_at
        from range(1, 21) as t(u)
    {%- endset -%}
    {%- set orders -%}
        select
            o::integer as id,
            (1 + o % 15)::integer as user_id,
            ['placed', 'paid', 'shipped', 'returned', 'cancelled'][1 + o % 5] as status,
            ['web', 'app', 'store'][1 + o % 3] as channel,
            ['EUR', 'USD', 'BRL'][1 + o % 3] as currency,
            (o % 4)::decimal(10, 2) as shipping_fee,
            timestamp '2025-02-01' + interval (o * 11) hour as ordered_at
        from range(1, 61) as t(o)
    {%- endset -%}
    {%- set order_items -%}
        select
            i::integer as id,
            (1 + i % 60)::integer as order_id,
            (1 + i % 8)::integer as product_id,
            (1 + i % 3)::integer as quantity,
            (5 + i % 20)::decimal(10, 2) as unit_price,
            (i % 2)::decimal(10, 2) as discount
        from range(1, 151) as t(i)
    {%- endset -%}
    {%- set products -%}
        select
            p::integer as id,
            'Product ' || p as name,
            ['kitchen', 'lighting', 'desks', 'home'][1 + p % 4] as category,
            (1 + p % 3)::integer as supplier_id,
            (10 + p)::decimal(10, 2) as list_price,
            (4 + p)::decimal(10, 2) as purchase_price,
            {'width_cm': 10.0::double * p, 'height_cm': 5.0::double * p} as dimensions,
            ['new', 'tag' || (p % 3)] as tags
        from range(1, 9) as t(p)
    {%- endset -%}
    {%- set suppliers -%}
        select s::integer as id, 'Supplier ' || s as name, ['NL', 'DE', 'FR'][s] as country
        from range(1, 4) as t(s)
    {%- endset -%}
    {%- set payments -%}
        select
            p::integer as id,
            p::integer as order_id,
            ['card', 'transfer', 'voucher'][1 + p % 3] as method,
            case when p % 9 = 0 then 'failed' else 'succeeded' end as status,
            (20 + p)::decimal(10, 2) as amount,
            timestamp '2025-02-02' + interval (p * 11) hour as paid_at
        from range(1, 56) as t(p)
    {%- endset -%}
    {%- set refunds -%}
        select
            r::integer as id,
            (r * 5)::integer as payment_id,
            (3 + r)::decimal(10, 2) as amount,
            case when r % 2 = 0 then 'damaged' else 'late' end as reason,
            timestamp '2025-03-01' + interval (r) day as refunded_at
        from range(1, 8) as t(r)
    {%- endset -%}
    {%- set shipments -%}
        select
            s::integer as id,
            s::integer as order_id,
            case when s % 2 = 0 then 'post' else 'courier' end as carrier,
            timestamp '2025-02-03' + interval (s * 11) hour as shipped_at,
            case
                when s % 7 <> 0 then timestamp '2025-02-05' + interval (s * 11 + s % 3 * 24) hour
            end as delivered_at
        from range(1, 41) as t(s)
    {%- endset -%}
    {%- set web_events -%}
        select
            e::bigint as id,
            ('s' || (e // 4)) as session_id,
            case when e % 4 <> 0 then (1 + e % 15)::integer end as user_id,
            ['page_view', 'add_to_cart', 'checkout'][1 + e % 3] as event_type,
            '/products/' || (1 + e % 8) as page_path,
            timestamp '2025-02-01' + interval (e * 17) minute as occurred_at
        from range(1, 121) as t(e)
    {%- endset -%}
    {%- do return(
        {
            "users": users,
            "orders": orders,
            "order_items": order_items,
            "products": products,
            "suppliers": suppliers,
            "payments": payments,
            "refunds": refunds,
            "shipments": shipments,
            "web_events": web_events,
        }
    ) -%}
{% endmacro %}
