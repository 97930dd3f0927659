{#- Whether the SQL of a node is another one than before. An ephemeral model is part of whoever inlines
    it, so that an edit of it edits them; seen holds who was asked, as a manifest may go in circles. -#}
{%- macro _was_edited(node, walk, seen=none) -%}
    {%- set asked = (seen or []) + [node.unique_id] -%}
    {%- set former = walk.prior_nodes.get(walk.former.get(node.unique_id, node.unique_id)) -%}
    {%- if not former or not dbt_breaking_changes._same_sql(former, node) -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- for parent in dbt_breaking_changes._parents(node) if parent not in asked -%}
        {%- set inlined = walk.nodes.get(parent) or {} -%}
        {%- if (
            (inlined.get("config") or {}).get("materialized") == "ephemeral"
            and dbt_breaking_changes._was_edited(inlined, walk, asked)
        ) -%}
            {%- do return(true) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(false) -%}
{%- endmacro -%}
