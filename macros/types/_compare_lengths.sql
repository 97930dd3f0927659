{%- macro _compare_lengths(before, after) -%}
    {#- No parameter means no limit. Padding to a fixed length is not undone by a longer one. -#}
    {%- set fits = not after.params or (before.params and before.params[0] <= after.params[0]) -%}
    {%- set kind = "length" if before.name == after.name else none -%}
    {%- set padded = after.padded and not before.padded -%}
    {%- set unicode = ["nvarchar", "nchar"] -%}
    {%- set loses = before.name in unicode and after.name not in unicode -%}
    {%- set widened = fits and not padded and not loses -%}
    {%- do return(
        dbt_breaking_changes._type_change("widened" if widened else "narrowed", kind)
    ) -%}
{%- endmacro -%}
