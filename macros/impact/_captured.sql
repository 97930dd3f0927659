{#- Whether a name in a consumer surely refers to another column than before, because its parent got one of
    that name: nobody edited the SQL, whose text does not hang on anything but the code that is there. -#}
{%- macro _captured(node, read, before, after, was, now, column) -%}
    {%- if node.resource_type not in ["model", "snapshot"] or read.clause == "HOOK" -%}
        {%- do return(false) -%}
    {%- elif read.get("path") or now in (after.get("asks") or []) -%} {%- do return(false) -%}
    {%- elif not before.get("complete") or before.get("blind") or before.get("introspection") -%}
        {%- do return(false) -%}
    {%- elif read.sql.endswith(" in its config") or dbt_breaking_changes._hangs_on_jinja(node) -%}
        {%- do return(false) -%}
    {%- endif -%}
    {#- What was missing before is found now. -#}
    {%- for missed in before.get("unbound") or [] if (missed.get("parent") or was) == was -%}
        {%- if not missed.get("column") or dbt_breaking_changes._names_column(
            missed.column, column
        ) -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(true) -%}
{%- endmacro -%}

{#- Whether the SQL holds more Jinja than names of relations and its own config, so that a var or a macro
    may have written what it says. -#}
{%- macro _hangs_on_jinja(node) -%}
    {%- set code = node.get("raw_code") or "" -%}
    {%- set call = "\\{\\{-?\\s*(ref|source|config)\\s*\\([^{}]*\\)\\s*-?\\}\\}" -%}
    {%- set comment = "\\{" ~ "#.*?#" ~ "\\}" -%}
    {%- set plain = modules.re.sub(call ~ "|" ~ comment, "", code.replace("\n", " ")) -%}
    {%- do return("{" ~ "{" in plain or "{" ~ "%" in plain) -%}
{%- endmacro -%}
