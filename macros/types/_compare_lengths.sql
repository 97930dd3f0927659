{%- macro _compare_lengths(before, after) -%}
    {#- No parameter means no limit. Padding to a fixed length is not undone by a longer one. -#}
    {%- set fits = not after.params or (before.params and before.params[0] <= after.params[0]) -%}
    {%- if before.name != after.name and "char" not in [before.name, after.name] -%}
        {%- do return(dbt_breaking_changes._type_change("changed")) -%}
    {%- endif -%}
    {%- set kind = "length" if before.name == after.name else none -%}
    {%- set widened = fits and not (after.padded and not before.padded) -%}
    {%- do return(
        dbt_breaking_changes._type_change("widened" if widened else "narrowed", kind)
    ) -%}
{%- endmacro -%}
