{%- macro _type_family(type, adapter_type) -%}
    {#- The family that a type belongs to on one adapter; other for what is not known. -#}
    {%- set node = dbt_breaking_changes._parse_type(type) if type else none -%}
    {%- if node is none -%} {%- do return("other") -%} {%- endif -%}
    {%- set dialect = dbt_breaking_changes._type_dialect(adapter_type) -%}
    {%- set family = dbt_breaking_changes._resolve_type(node, dialect).family -%}
    {%- do return("other" if family == "unknown" else family) -%}
{%- endmacro -%}
