{#- Everything of a side that has a unique_id, as one lookup. -#}
{%- macro _nodes_by_id(side) -%}
    {%- set found = {} -%}
    {%- for section in dbt_breaking_changes._sections() -%}
        {%- do found.update(side.get(section) or {}) -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- The parts of a side, each a dict by unique_id. -#}
{%- macro _sections() -%}
    {%- do return(
        [
            "nodes",
            "sources",
            "exposures",
            "metrics",
            "semantic_models",
            "saved_queries",
            "functions",
            "unit_tests",
        ]
    ) -%}
{%- endmacro -%}
