{#- Who calls a function whose arguments or return type changed: whether the call still fits is not known,
    as the engine may keep the former function beside the new one and casts arguments by its own rules. -#}
{%- macro _impact_of_call(change, walk) -%}
    {%- set judged = {} -%}
    {%- for child in walk.children.get(change.node, []) -%}
        {%- set edited = dbt_breaking_changes._was_edited(walk.nodes[child], walk) -%}
        {%- set detail = "calls it" ~ ("; its SQL was edited as well" if edited else "") -%}
        {%- do judged.update(
            {
                child: {
                    "verdict": "unknown",
                    "detail": detail ~ "; whether the call still fits is not known",
                }
            }
        ) -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._spread(judged, "unknown", "unknown", walk) -%}
    {%- do return(judged) -%}
{%- endmacro -%}
