{#- Whether the SQL of a node, or a macro that it calls, is another one than before. Editing an ephemeral
    model counts as editing every model that inlines it; `seen` guards against cycles. -#}
{%- macro _was_edited(node, walk, seen=none) -%}
    {%- set asked = (seen or []) + [node.unique_id] -%}
    {%- set former = walk.prior_nodes.get(walk.former.get(node.unique_id, node.unique_id)) -%}
    {%- set semantic = dbt_breaking_changes._semantic_types() -%}
    {%- if not former or not dbt_breaking_changes._same_sql(former, node) -%}
        {%- do return(true) -%}
    {%- elif node.resource_type in semantic and (
        dbt_breaking_changes._checksum_of(former)
        != dbt_breaking_changes._checksum_of(node)
    ) -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- set before = walk.prior_facts.get(former.unique_id) or {} -%}
    {%- set after = walk.current_facts.get(node.unique_id) or {} -%}
    {%- if before and after and before.get("macros") != after.get("macros") -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- for parent in dbt_breaking_changes._parents(node) if parent not in asked -%}
        {%- set inlined = walk.nodes.get(parent) or {} -%}
        {%- if (
            (
                (inlined.get("config") or {}).get("materialized") == "ephemeral"
                or inlined.get("resource_type") in semantic
            )
            and dbt_breaking_changes._was_edited(inlined, walk, asked)
        ) -%}
            {%- do return(true) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(false) -%}
{%- endmacro -%}
