{#- Each part of the address as configured and as written: a prod and a CI target render the same
    configuration to different addresses, which is no move. A snapshot's target_schema is used as it
    stands, its schema is prefixed; so a change from one to the other is judged by the address itself. -#}
{%- macro _configured_relation(node) -%}
    {%- if node.resource_type == "source" -%}
        {%- do return(dbt_breaking_changes._source_relation(node)) -%}
    {%- endif -%}
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

{#- A source's address; its database and schema may be written in Jinja, or be those of the target. -#}
{%- macro _source_relation(source) -%}
    {%- set relation = {} -%}
    {%- for part in ["database", "schema", "identifier"] -%}
        {%- do relation.update(
            {
                part: {
                    "rendered": source.get(part),
                    "written": (
                        source.get(part)
                        if part == "identifier"
                        else source.get("unrendered_" ~ part)
                    ),
                    "exact": false,
                    "address": none,
                }
            }
        ) -%}
    {%- endfor -%}
    {%- do return(relation) -%}
{%- endmacro -%}

{#- Whether two sources have one address, as far as their project decides it. -#}
{%- macro _same_relation(before, after) -%}
    {%- if (
        before["database"] == after["database"]
        and before["schema"] == after["schema"]
        and before["identifier"] == after["identifier"]
    ) -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- set was = dbt_breaking_changes._configured_relation(before) -%}
    {%- set now = dbt_breaking_changes._configured_relation(after) -%}
    {%- do return(not dbt_breaking_changes._moved_parts({"relation": was}, {"relation": now})) -%}
{%- endmacro -%}
