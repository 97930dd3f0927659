{#- Everything of a side that has a unique_id, as one lookup. -#}
{%- macro _nodes_by_id(side) -%}
    {%- set found = {} -%}
    {%- for section in dbt_breaking_changes._sections() -%}
        {%- do found.update(side.get(section) or {}) -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}
