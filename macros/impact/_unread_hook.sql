{#- A hook whose statement was not analysed and that a lost or retyped column may concern: its text
    has the column's name, or it reads the relation in a way that cannot be told. -#}
{%- macro _unread_hook(facts, parent, column, effect) -%}
    {%- if effect not in ["column_gone", "column_type", "column_unknown"] -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set name = modules.re.escape(column.split(".")[0]) -%}
    {%- for hook in facts.get("unread") or [] -%}
        {%- if parent in hook.parents or column and modules.re.search(
            "(?<![a-z0-9_$])" ~ name ~ "(?![a-z0-9_$])", hook.sql | lower
        ) -%}
            {%- set text = hook.sql if hook.sql | length < 160 else hook.sql[:157] ~ "..." -%}
            {%- do return("what its hook does cannot be told: " ~ text) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}
