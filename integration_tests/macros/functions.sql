{#- dbt-duckdb makes no functions yet: a macro of DuckDB takes their place, which types no arguments. It
    is called once, as DuckDB binds its body only then, and other engines when they make a function. -#}
{% macro duckdb__scalar_function_sql(target_relation) %}
    create or replace function
        {{ target_relation.render() }} ({{ model.arguments | map(attribute="name") | join(", ") }})
    as (cast(({{ model.compiled_code }}) as {{ model.returns.data_type }}))
    ;
    select
        {{ target_relation.render() }}
        (
            {%- for argument in model.arguments %}
                cast(null as {{ argument.data_type }}){{ ", " if not loop.last }}
            {%- endfor %}
        )
{% endmacro %}
