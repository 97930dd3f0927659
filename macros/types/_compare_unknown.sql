{%- macro _compare_unknown(before, after) -%}
    {#- A name that is not listed may be a domain, an alias or a user-defined type. -#}
    {%- if before.family == "unknown" and before == after -%}
        {%- do return(dbt_breaking_changes._type_change("same")) -%}
    {%- endif -%}
    {%- set type = before if before.family == "unknown" else after -%}
    {%- if type.family == "unknown" -%}
        {%- set reason = "what the type " ~ type.name ~ " holds is not known" -%}
    {%- else -%}
        {%- set type = before if before.assumed else after -%}
        {%- set reason = "the default parameters of " ~ type.name ~ " are not known" -%}
    {%- endif -%}
    {%- do return({"class": "unknown", "kind": none, "reason": reason}) -%}
{%- endmacro -%}
