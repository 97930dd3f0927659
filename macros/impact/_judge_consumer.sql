{#- One consumer of one changed column: verdict, proof, and the columns it passes through. -#}
{%- macro _judge_consumer(parent, column, child, effect, walk) -%}
    {%- set node = walk.nodes[child] -%}
    {%- set before = walk.prior_facts.get(walk.former.get(child, child)) or {} -%}
    {%- set after = walk.current_facts.get(child) or {} -%}
    {%- set judged = {
        "verdict": none,
        "detail": none,
        "reference": none,
        "references": [],
        "outputs": [],
    } -%}
    {%- set unbound_yaml = node.resource_type in dbt_breaking_changes._semantic_types() and (
        "reads" not in after
    ) -%}
    {%- if node.resource_type == "exposure" or unbound_yaml or (
        node.get("column_name") and dbt_breaking_changes._unreadable(node, after)
    ) -%}
        {%- do judged.update(
            dbt_breaking_changes._judge_metadata(
                node, walk.successors.get(parent, parent), column, effect
            )
        ) -%}
        {%- do return(judged) -%}
    {%- endif -%}
    {#- A renamed parent has another unique_id on each side. -#}
    {%- set was = walk.former.get(parent, parent) -%}
    {%- set now = walk.successors.get(parent, parent) -%}
    {%- set broken = dbt_breaking_changes._new_unbound(before, after, now, column, effect, walk) -%}
    {%- set index = {
        "before": dbt_breaking_changes._indexed_facts(
            "prior", walk.former.get(child, child), walk
        ),
        "after": dbt_breaking_changes._indexed_facts("current", child, walk),
    } -%}
    {%- set passed = dbt_breaking_changes._handed_on(
        index.before, index.after, was, column, effect
    ) -%}
    {%- do judged.update({"outputs": passed}) -%}
    {#- What is compiled from columns read at run time is as old as the last run. -#}
    {%- if broken and not after.get("introspection") -%}
        {%- do judged.update(
            {
                "verdict": "breaks",
                "detail": dbt_breaking_changes._unbound_text(broken[0], parent, walk),
                "reference": broken[0],
                "references": broken,
            }
        ) -%}
    {%- else -%}
        {%- do judged.update(
            dbt_breaking_changes._judge_bound_consumer(
                node, before, after, index, was, now, column, effect, passed, walk
            )
        ) -%}
    {%- endif -%}
    {%- do return(judged) -%}
{%- endmacro -%}
