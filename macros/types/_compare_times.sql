{%- macro _compare_times(before, after) -%}
    {#- A wall-clock time and an instant differ in meaning, so a time zone is never a widening. -#}
    {%- set families = [before.family, after.family] -%}
    {%- set instants = ["timestamp", "timestamptz"] -%}
    {%- if before.family in instants and after.family in instants -%}
        {%- set zone = (
            before.family != after.family
            or "timestampltz"
            in [
                before.name,
                after.name,
            ]
            and before.name != after.name
        ) -%}
        {%- if zone -%}
            {%- do return(dbt_breaking_changes._type_change("changed", "timezone")) -%}
        {%- endif -%}
        {%- set fits = before.params[0] <= after.params[0] and before.years <= after.years -%}
        {%- do return(dbt_breaking_changes._type_change("widened" if fits else "narrowed")) -%}
    {%- elif families == ["time", "time"] -%}
        {%- if before.zoned != after.zoned -%}
            {%- do return(dbt_breaking_changes._type_change("changed", "timezone")) -%}
        {%- endif -%}
        {%- set fits = before.params[0] <= after.params[0] -%}
        {%- do return(dbt_breaking_changes._type_change("widened" if fits else "narrowed")) -%}
    {%- elif families == ["date", "date"] -%}
        {%- do return(
            dbt_breaking_changes._type_change(
                "widened" if before.years <= after.years else "narrowed"
            )
        ) -%}
    {%- elif families == ["date", "timestamp"] -%}
        {%- do return(
            dbt_breaking_changes._type_change(
                "widened" if before.years <= after.years else "narrowed"
            )
        ) -%}
    {%- elif families == ["timestamp", "date"] -%}
        {%- do return(dbt_breaking_changes._type_change("narrowed")) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._type_change("changed")) -%}
{%- endmacro -%}
