{#- Every rule as data: level says where it first applies, effect how the impact walk reads it. -#}
{%- macro _catalogue() -%}
    {%- set catalogue = {} -%}
    {%- set by_level = {
        "relation": dbt_breaking_changes._catalogue_relation(),
        "query": dbt_breaking_changes._catalogue_query()
        + dbt_breaking_changes._catalogue_query_metadata(),
        "typed": dbt_breaking_changes._catalogue_typed(),
        "strict": dbt_breaking_changes._catalogue_strict(),
        "always": dbt_breaking_changes._catalogue_always(),
    } -%}
    {%- for level, rules in by_level.items() -%}
        {%- for rule in rules -%}
            {%- do rule.update({"level": level, "page": "docs/rules/" ~ rule.id ~ ".md"}) -%}
            {%- do catalogue.update({rule.id: rule}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(catalogue) -%}
{%- endmacro -%}
