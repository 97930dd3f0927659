{%- macro _classify_type_change(before, after, adapter_type) -%}
    {#- Says how a column's type changed; docs/architecture.md, "Types", describes the result. -#}
    {%- set result = {"class": "same", "kind": none, "fields": [], "reason": none} -%}
    {%- if before and before == after -%} {%- do return(result) -%} {%- endif -%}
    {%- set dialect = dbt_breaking_changes._type_dialect(adapter_type) -%}
    {%- set types = [] -%}
    {%- for text in [before, after] -%}
        {%- set node = dbt_breaking_changes._parse_type(text) if text else none -%}
        {%- if node is none -%}
            {%- set side = "prior" if loop.first else "current" -%}
            {%- set reason = (
                "the " ~ side ~ " type " ~ text ~ " cannot be read"
                if text
                else "the " ~ side ~ " type is not known"
            ) -%}
            {%- do return(dict(result, **{"class": "unknown", "reason": reason})) -%}
        {%- endif -%}
        {%- do types.append(dbt_breaking_changes._resolve_type(node, dialect)) -%}
    {%- endfor -%}
    {%- set change = dbt_breaking_changes._compare_types(types[0], types[1], "", result.fields) -%}
    {%- do result.update(change) -%}
    {%- do return(result) -%}
{%- endmacro -%}
