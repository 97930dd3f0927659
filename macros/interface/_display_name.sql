{#- The name people know a node by: sources carry their source's name, versions their number. -#}
{%- macro _display_name(node) -%}
    {%- if node.resource_type == "source" -%}
        {%- do return(node.source_name ~ "." ~ node.name) -%}
    {%- endif -%}
    {%- if node.get("version") is not none and node.get("version") is defined -%}
        {%- do return(node.name ~ ".v" ~ node.version) -%}
    {%- endif -%}
    {%- do return(node.name) -%}
{%- endmacro -%}
