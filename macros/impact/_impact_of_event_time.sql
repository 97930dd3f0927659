{#- Batches of microbatch models filter what they refer to by its event_time, and so do runs that are given
    a time span; only the former happens without anybody asking for it. -#}
{%- macro _impact_of_event_time(change, walk) -%}
    {%- set detail = (
        "its batches read all of its rows now"
        if not change.after or change.after == "not set"
        else "its batches filter it by " ~ change.after ~ " now"
    ) -%}
    {%- set judged = {} -%}
    {%- for child in walk.children.get(change.node, []) -%}
        {%- set config = walk.nodes[child].get("config") or {} -%}
        {%- if (
            config.get("materialized") == "incremental"
            and config.get("incremental_strategy") == "microbatch"
        ) -%}
            {%- do judged.update({child: {"verdict": "changes", "detail": detail}}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(judged) -%}
{%- endmacro -%}
