{#- Each part of the address as configured and as written: a prod and a CI target render the same
    configuration to different addresses, which is no move. A snapshot's target_schema is used as it
    stands, its schema is prefixed; so a change from one to the other is judged by the address itself. -#}
{%- macro _configured_relation(node) -%}
    {%- set config = node.get("config") or {} -%}
    {%- set unrendered = node.get("unrendered_config") or {} -%}
    {%- set version = node.get("version") | string | replace(".", "_") -%}
    {%- set name = node.name ~ ("_v" ~ version if node.get("version") else "") -%}
    {%- set relation = {} -%}
    {%- for part in ["database", "schema", "alias"] -%}
        {%- set exact = config.get("target_" ~ part) is not none -%}
        {%- set key = "target_" ~ part if exact else part -%}
        {%- set rendered = config.get(key) or (name if part == "alias" else none) -%}
        {%- do relation.update(
            {
                part: {
                    "rendered": rendered,
                    "written": unrendered.get(key) or rendered,
                    "exact": exact,
                    "address": (
                        node.get(part) if node.resource_type == "snapshot" else none
                    ),
                }
            }
        ) -%}
    {%- endfor -%}
    {%- do return(relation) -%}
{%- endmacro -%}
