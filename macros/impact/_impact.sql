{#- Who is touched by one change, and how; the rule's effect says which question to ask. -#}
{%- macro _impact(change, effect, walk) -%}
    {%- set entries = {} -%}
    {%- if effect in ["relation_gone", "relation_moved", "version"] -%}
        {%- set entries = dbt_breaking_changes._impact_of_relation(change, effect, walk) -%}
    {%- elif effect == "guarantee" -%}
        {%- set entries = dbt_breaking_changes._impact_of_guarantee(change, walk) -%}
    {%- elif effect == "column_values" and not change.column -%}
        {%- for unique_id in dbt_breaking_changes._downstream(walk, change.node) -%}
            {%- do entries.update(
                {
                    unique_id: dbt_breaking_changes._impact_entry(
                        walk, change.node, unique_id, "changes", "its rows follow"
                    )
                }
            ) -%}
        {%- endfor -%}
    {%- elif effect != "none" -%}
        {%- set entries = (
            dbt_breaking_changes._impact_of_column(change, effect, walk)
            if walk.has_lineage
            else dbt_breaking_changes._impact_without_lineage(change, effect, walk)
        ) -%}
    {%- endif -%}
    {%- set downstream = dbt_breaking_changes._downstream(walk, change.node) -%}
    {#- The order must not hang on the order in which dbt happened to parse files. -#}
    {%- set order = {} -%}
    {%- for unique_id, entry in entries.items() -%}
        {%- set rank = ["breaks", "unknown", "changes", "adapted"].index(entry.verdict) -%}
        {%- do order.update({(rank, entry.via | length, unique_id): entry}) -%}
    {%- endfor -%}
    {%- set impact = [] -%}
    {%- for key in order | sort -%} {%- do impact.append(order[key]) -%} {%- endfor -%}
    {%- do return(
        {
            "impact": impact,
            "unaffected": downstream | reject("in", entries) | list | length,
        }
    ) -%}
{%- endmacro -%}
