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
        {%- do judged.update({child: verdict}) -%}
    {%- endfor -%}
    {%- do return(judged) -%}
{%- endmacro -%}
