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
    {%- elif effect == "event_time" -%}
        {%- set judged = dbt_breaking_changes._impact_of_event_time(change, walk) -%}
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
    {%- do dbt_breaking_changes._add_deleted_consumers(judged, change, effect, walk) -%}
    {%- set downstream = dbt_breaking_changes._downstream(walk, change.node) -%}
    {%- do return(
        {
            "impact": dbt_breaking_changes._sorted_entries(judged, change.node, walk),
            "unaffected": downstream | reject("in", judged) | list | length,
            "captured": judged.values() | selectattr("captured") | list | length > 0,
            "explains": dbt_breaking_changes._explained(judged),
            "refused_by_table": dbt_breaking_changes._refused_by_table(judged),
        }
    ) -%}
{%- endmacro -%}

{#- Consumers that the same change removes are adapted: with column lineage those that read the column. -#}
{%- macro _add_deleted_consumers(judged, change, effect, walk) -%}
    {%- set column = (change.column or "") | lower -%}
    {%- set of_column = effect in ["column_gone", "column_type", "column_unknown"] -%}
    {%- for unique_id in walk.former_consumers.get(change.node, []) if of_column or effect in [
        "relation_gone",
        "version",
    ] -%}
        {%- set facts = walk.prior_facts.get(unique_id) or {} -%}
        {%- if walk.prior_nodes[unique_id].resource_type not in ["test", "unit_test"] and (
            not of_column
            or "reads" not in facts
            or dbt_breaking_changes._used(unique_id, change.node, column, walk)
        ) -%}
            {%- do judged.update(
                {
                    unique_id: {
                        "verdict": "adapted",
                        "detail": "removed in the same change",
                    }
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}

{#- Whether a consumer read a column before, by name or by passing it through. -#}
{%- macro _used(unique_id, parent, column, walk) -%}
    {%- set index = dbt_breaking_changes._indexed_facts("prior", unique_id, walk) -%}
    {%- do return(
        dbt_breaking_changes._reads_of(index, parent, column)
        or (parent, column.split(".")[0]) in index.outputs
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
