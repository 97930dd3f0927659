{#- Each part of the address as configured and as written: a prod and a CI target render the same
    configuration to different addresses, which is no move. -#}
{%- macro _configured_relation(node) -%}
    {%- set config = node.get("config") or {} -%}
    {%- set unrendered = node.get("unrendered_config") or {} -%}
    {%- set name = node.name ~ ("_v" ~ node.version if node.get("version") else "") -%}
    {%- set relation = {} -%}
    {%- for part in ["database", "schema", "alias"] -%}
        {%- set rendered = config.get(part) or (name if part == "alias" else none) -%}
        {%- do relation.update(
            {part: {"rendered": rendered, "written": unrendered.get(part) or rendered}}
        ) -%}
    {%- endfor -%}
    {%- do return(relation) -%}
{%- endmacro -%}
