{#- dbt keeps meta in two places, and dbt 2 copies one into the other: config wins. -#}
{%- macro _meta(owner) -%}
    {%- set meta = {} -%}
    {%- do meta.update(owner.get("meta") or {}) -%}
    {%- do meta.update((owner.get("config") or {}).get("meta") or {}) -%}
    {%- do return(meta) -%}
{%- endmacro -%}
