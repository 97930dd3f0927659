{#- What says whether facts are of this code: dbt's checksum of a file, or, as dbt keeps none of the
    semantic layer, a digest of what a node of it computes. -#}
{%- macro _checksum_of(node) -%}
    {%- if node.get("resource_type") not in dbt_breaking_changes._semantic_types() -%}
        {%- set checksum = node.get("checksum") -%}
        {%- do return(checksum.get("checksum") if checksum is mapping else none) -%}
    {%- endif -%}
    {%- if node.resource_type != "semantic_model" -%}
        {%- do return(
            local_md5(tojson(dbt_breaking_changes._definition(node), sort_keys=true))
        ) -%}
    {%- endif -%}
    {%- set elements = [] -%}
    {%- for section, kind in dbt_breaking_changes._element_kinds() -%}
        {%- do elements.append(dbt_breaking_changes._elements(node, section)) -%}
    {%- endfor -%}
    {%- do return(local_md5(tojson(elements, sort_keys=true))) -%}
{%- endmacro -%}
