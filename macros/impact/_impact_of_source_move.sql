{#- Who reads a source that points to another relation gets other rows; whether the columns are the same is
    known only where both relations were read from the warehouse. -#}
{%- macro _impact_of_source_move(change, walk) -%}
    {%- set before = walk.prior_facts.get(change.node) or {} -%}
    {%- set after = walk.current_facts.get(change.successor or change.node) or {} -%}
    {%- set known = (
        before.get("evidence") == "warehouse" and after.get("evidence") == "warehouse"
    ) -%}
    {%- set verdict = (
        {"verdict": "changes", "detail": "reads another relation now"}
        if known
        else {
            "verdict": "unknown",
            "detail": "reads another relation now, whose columns are not known",
        }
    ) -%}
    {%- set judged = {} -%}
    {%- for child in walk.children.get(change.node, []) if walk.nodes[child].resource_type not in [
        "test",
        "unit_test",
    ] -%}
        {%- set named = dbt_breaking_changes._named_relation(change.node, child, walk) -%}
        {%- if named -%}
            {%- do judged.update(
                {child: dbt_breaking_changes._verdict_on_namer(named, change.node, walk)}
            ) -%}
            {%- elif (change.successor or change.node) in dbt_breaking_changes._listed(
                child, walk.nodes
            ) -%}
            {%- do judged.update({child: verdict}) -%}
        {%- else -%}
            {%- do judged.update(
                {child: {"verdict": "adapted", "detail": "no longer refers to it"}}
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(judged) -%}
{%- endmacro -%}
