{#- A value of YAML as JSON can hold it: dates become text, as they are in a manifest. -#}
{%- macro _plain(value) -%}
    {%- if value is none or value is undefined -%} {%- do return(none) -%} {%- endif -%}
    {%- if value is string or value is number or value is boolean -%}
        {%- do return(value) -%}
    {%- endif -%}
    {%- if value is mapping -%}
        {%- set copy = {} -%}
        {%- for key, item in value.items() -%}
            {%- do copy.update({key | string: dbt_breaking_changes._plain(item)}) -%}
        {%- endfor -%}
        {%- do return(copy) -%}
    {%- endif -%}
    {%- if value is sequence -%}
        {%- set copy = [] -%}
        {%- for item in value -%}
            {%- do copy.append(dbt_breaking_changes._plain(item)) -%}
        {%- endfor -%}
        {%- do return(copy) -%}
    {%- endif -%}
    {%- do return(value | string) -%}
{%- endmacro -%}
