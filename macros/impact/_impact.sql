{#- Who is touched by one change, and how; the rule's effect says which question to ask. -#}
{%- macro _impact(change, effect, walk) -%}
    {%- set judged = {} -%}
    {%- if effect in ["relation_gone", "relation_moved", "version"] -%}
        {%- set judged = dbt_breaking_changes._impact_of_relation(change, effect, walk) -%}
    {%- elif effect in ["element_gone", "element_changed"] -%}
        {%- set judged = dbt_breaking_changes._impact_of_element(change, effect, walk) -%}
    {%- elif effect == "call" -%}
        {%- set judged = dbt_breaking_changes._impact_of_call(change, walk) -%}
    {%- elif effect == "source_moved" -%}
        {%- set judged = dbt_breaking_changes._impact_of_source_move(change, walk) -%}
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
    {%- do return(
        {
            "impact": dbt_breaking_changes._sorted_entries(judged, change.node, walk),
            "unaffected": downstream | reject("in", judged) | list | length,
            "explains": dbt_breaking_changes._explained(judged),
        }
    ) -%}
{%- endmacro -%}

{#- The report's entries, the most harmful and nearest first: the order must not hang on the order in
    which dbt happened to parse files. -#}
{%- macro _sorted_entries(judged, root, walk) -%}
    {%- set order = {} -%}
    {%- for entry in dbt_breaking_changes._impact_entries(judged, root, walk) -%}
        {%- set rank = dbt_breaking_changes._verdicts().index(entry.verdict) -%}
        {%- do order.update({(rank, entry.distance, entry.node): entry}) -%}
    {%- endfor -%}
    {%- set impact = [] -%}
    {%- for key in order | sort -%} {%- do impact.append(order[key]) -%} {%- endfor -%}
    {%- do return(impact) -%}
{%- endmacro -%}

{#- The unresolved references that a change accounts for, each as a key of its consumer. -#}
{%- macro _explained(judged) -%}
    {%- set keys = [] -%}
    {%- for unique_id, verdict in judged.items() -%}
        {%- for reference in verdict.get("references") or [] -%}
            {%- do keys.append(unique_id ~ "|" ~ dbt_breaking_changes._unbound_key(reference)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(keys) -%}
{%- endmacro -%}
