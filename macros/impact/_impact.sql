{#- Who is touched by one change, and how; the rule's effect says which question to ask. -#}
{%- macro _impact(change, effect, walk) -%}
    {%- set judged = {} -%}
    {%- if effect in ["relation_gone", "relation_moved", "version"] -%}
        {%- set judged = dbt_breaking_changes._impact_of_relation(change, effect, walk) -%}
    {%- elif effect in ["element_gone", "element_changed"] -%}
        {%- set judged = dbt_breaking_changes._impact_of_element(change, effect, walk) -%}
    {%- elif effect == "call" -%}
        {%- set judged = dbt_breaking_changes._impact_of_call(change, walk) -%}
    {%- elif effect == "guarantee" -%}
        {%- set judged = dbt_breaking_changes._impact_of_guarantee(change, walk) -%}
    {%- elif effect == "column_values" and not change.column -%}
        {%- for unique_id in dbt_breaking_changes._downstream(walk, change.node) -%}
            {%- do judged.update(
                {unique_id: {"verdict": "changes", "detail": "its rows follow"}}
            ) -%}
        {%- endfor -%}
    {%- elif effect != "none" -%}
        {%- set judged = (
            dbt_breaking_changes._impact_of_column(change, effect, walk)
            if walk.has_lineage
            else dbt_breaking_changes._impact_without_lineage(change, effect, walk)
        ) -%}
    {%- endif -%}
    {%- set downstream = dbt_breaking_changes._downstream(walk, change.node) -%}
    {#- The order must not hang on the order in which dbt happened to parse files. -#}
    {%- set order = {} -%}
    {%- for entry in dbt_breaking_changes._impact_entries(judged, change.node, walk) -%}
        {%- set rank = ["breaks", "unknown", "changes", "adapted"].index(entry.verdict) -%}
        {%- do order.update({(rank, entry.via | length, entry.node): entry}) -%}
    {%- endfor -%}
    {%- set impact = [] -%}
    {%- for key in order | sort -%} {%- do impact.append(order[key]) -%} {%- endfor -%}
    {%- do return(
        {
            "impact": impact,
            "unaffected": downstream | reject("in", judged) | list | length,
        }
    ) -%}
{%- endmacro -%}
