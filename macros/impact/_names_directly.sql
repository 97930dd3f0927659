{#- Whether a consumer goes on naming a relation in SQL that nobody edited: a table that dbt no longer
    builds may stay where it was. What an inlined ephemeral model refers to is named by its ref. -#}
{%- macro _names_directly(root, child, walk) -%}
    {%- for facts in [walk.prior_facts, walk.current_facts] -%}
        {%- if root not in ((facts.get(child) or {}).get("reads_beyond") or []) -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set inlined = [child] -%}
    {#- A for loop sees what is appended to its list meanwhile. -#}
    {%- for unique_id in inlined -%}
        {%- for parent in dbt_breaking_changes._parents(walk.nodes.get(unique_id) or {}) -%}
            {%- set config = (walk.nodes.get(parent) or {}).get("config") or {} -%}
            {%- if parent == root -%} {%- do return(false) -%}
            {%- elif config.get("materialized") == "ephemeral" and parent not in inlined -%}
                {%- do inlined.append(parent) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set node = walk.nodes[child] -%}
    {%- do return(
        node.resource_type != "unit_test"
        and not dbt_breaking_changes._was_edited(node, walk)
    ) -%}
{%- endmacro -%}
