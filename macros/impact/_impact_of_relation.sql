{#- Verdicts when a relation went away, moved, or another version took its name: dbt's own edges
    prove them, no SQL is needed. -#}
{%- macro _impact_of_relation(change, effect, walk) -%}
    {%- set root = change.node -%}
    {%- set entries = {} -%}
    {%- for child in walk.children.get(root, []) -%}
        {%- set node = walk.nodes[child] -%}
        {%- set refers = root in dbt_breaking_changes._parents(node) -%}
        {%- set verdict = namespace(is=none, detail=none) -%}
        {%- if node.resource_type == "exposure" -%}
            {%- set verdict.is = "unknown" if effect != "version" else none -%}
            {%- set verdict.detail = "what it queries outside dbt is not known" -%}
        {%- elif effect == "relation_gone" and change.successor -%}
            {%- set verdict.is = "adapted" -%}
            {%- set verdict.detail = "refers to " ~ change.after ~ " now" -%}
        {%- elif effect == "relation_gone" -%}
            {%- set verdict.is = "breaks" if refers else "adapted" -%}
            {%- set verdict.detail = (
                "still refers to it" if refers else "no longer refers to it"
            ) -%}
        {%- elif effect == "version" and not refers -%}
            {%- set verdict.is = "changes" -%}
            {%- set verdict.detail = "reads version " ~ change.after ~ " now" -%}
        {%- endif -%}
        {%- if verdict.is -%}
            {%- do entries.update(
                {
                    child: dbt_breaking_changes._impact_entry(
                        walk, root, child, verdict.is, verdict.detail
                    )
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(entries) -%}
{%- endmacro -%}
