{#- A value of YAML without the keys that say nothing: versions of dbt differ in which of them they write. -#}
{%- macro _stripped(value) -%}
    {%- if value is mapping -%}
        {%- set kept = {} -%}
        {%- for key, item in value.items() -%}
            {%- set item = dbt_breaking_changes._stripped(item) -%}
            {%- if item is not none and item is not sameas false -%}
                {%- do kept.update({key: item}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do return(kept or none) -%}
    {%- endif -%}
    {%- if value is undefined or value is string or value is not iterable -%}
        {%- do return(value if value is defined and value != "" else none) -%}
    {%- endif -%}
    {%- set kept = [] -%}
    {%- for item in value -%}
        {%- do kept.append(dbt_breaking_changes._stripped(item)) -%}
    {%- endfor -%}
    {%- do return(kept or none) -%}
{%- endmacro -%}
