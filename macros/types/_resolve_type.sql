{%- macro _resolve_type(node, dialect) -%}
    {#- What a parsed type means for one adapter: its family and what comparing it needs. -#}
    {%- if node.words | length == 1 and not node.sizes -%}
        {%- do return(dbt_breaking_changes._resolve_unit(node.words[0] | lower, node, dialect)) -%}
    {%- endif -%}
    {%- set words = dbt_breaking_changes._type_words(node) -%}
    {%- set sizes = node.sizes -%}
    {%- if words | length > 1 and words[-1] == "array" -%}
        {%- set words = words[:-1] -%} {%- set sizes = node.sizes or [""] -%}
    {%- endif -%}
    {%- set ns = namespace(
        type=dbt_breaking_changes._resolve_unit(words | join(" "), node, dialect)
    ) -%}
    {%- for size in sizes -%}
        {%- set ns.type = {
            "family": "array",
            "item": ns.type,
            "size": size if dialect.fixed_arrays else "",
        } -%}
    {%- endfor -%}
    {%- do return(ns.type) -%}
{%- endmacro -%}


{%- macro _type_words(node) -%}
    {#- A field's nullability, comment and collation are no part of its type. -#}
    {%- set words = node.words | map("lower") | list -%}
    {%- for word in words -%}
        {%- if not loop.first and word in ["not", "comment", "collate", "default", "options"] -%}
            {%- do return(words[: loop.index0]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(words) -%}
{%- endmacro -%}
