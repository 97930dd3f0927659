{#- A hook whose statement was not analysed and that a lost or retyped column may concern: it reads the
    relation in a way that could not be analyzed, or names the column where it may mean this relation's. -#}
{%- macro _unread_hook(facts, parent, column, effect, own=false) -%}
    {%- if effect not in ["column_gone", "column_type", "column_unknown"] -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set word = (
        "(?<![a-z0-9_$])" ~ modules.re.escape(column.split(".")[0]) ~ "(?![a-z0-9_$])"
    ) -%}
    {%- for hook in facts.get("unread") or [] -%}
        {%- if parent in hook.parents or (
            (own or not hook.rendered)
            and column
            and modules.re.search(word, hook.sql | lower)
        ) -%}
            {%- set text = hook.sql if hook.sql | length < 160 else hook.sql[:157] ~ "..." -%}
            {%- do return("hook could not be analyzed: " ~ text) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}
