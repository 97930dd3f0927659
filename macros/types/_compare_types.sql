{%- macro _compare_types(before, after, path, fields) -%}
    {#- Compares two resolved types; differences of struct fields are added to fields. -#}
    {%- set families = [before.family, after.family] -%}
    {%- if "unknown" in families -%}
        {%- do return(dbt_breaking_changes._compare_unknown(before, after)) -%}
    {%- elif before == after -%} {%- do return(dbt_breaking_changes._type_change("same")) -%}
    {%- elif before.family == "null" -%}
        {%- do return(dbt_breaking_changes._type_change("widened")) -%}
    {%- elif after.family == "null" -%}
        {%- do return(dbt_breaking_changes._type_change("narrowed")) -%}
    {%- endif -%}
    {%- set numbers = ["integer", "decimal", "float"] -%}
    {%- set times = ["date", "time", "timestamp", "timestamptz"] -%}
    {%- set alike = before.family == after.family or (
        before.family in numbers and after.family in numbers
    ) -%}
    {%- if alike and (before.assumed or false) != (after.assumed or false) -%}
        {%- do return(dbt_breaking_changes._compare_unknown(before, after)) -%}
    {%- elif before.family in numbers and after.family in numbers -%}
        {%- do return(dbt_breaking_changes._compare_numbers(before, after)) -%}
    {%- elif before.family in times and after.family in times -%}
        {%- do return(dbt_breaking_changes._compare_times(before, after)) -%}
    {%- elif before.family != after.family -%}
        {%- do return(dbt_breaking_changes._type_change("changed")) -%}
    {%- elif before.family in ["string", "binary"] -%}
        {%- do return(dbt_breaking_changes._compare_lengths(before, after)) -%}
    {%- elif before.family == "array" -%}
        {%- do return(dbt_breaking_changes._compare_arrays(before, after, path, fields)) -%}
    {%- elif before.family == "map" -%}
        {%- set key = dbt_breaking_changes._compare_types(before.key, after.key, path, fields) -%}
        {%- set value = dbt_breaking_changes._compare_types(
            before.value, after.value, path, fields
        ) -%}
        {%- do return(dbt_breaking_changes._combine_type_changes([key, value])) -%}
    {%- elif before.fields and after.fields -%}
        {%- do return(dbt_breaking_changes._compare_fields(before, after, path, fields)) -%}
    {%- elif before.family == "enum" -%}
        {%- do return(dbt_breaking_changes._compare_members(before.members, after.members)) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._type_change("changed")) -%}
{%- endmacro -%}


{%- macro _type_change(class, kind=none) -%}
    {%- do return({"class": class, "kind": kind, "reason": none}) -%}
{%- endmacro -%}


{%- macro _compare_arrays(before, after, path, fields) -%}
    {#- A list can hold what an array of a fixed size holds, not the other way round. -#}
    {%- set item = dbt_breaking_changes._compare_types(before.item, after.item, path, fields) -%}
    {%- if before.size == after.size -%} {%- do return(item) -%} {%- endif -%}
    {%- if after.size == "" -%} {%- set class = "widened" -%}
    {%- elif before.size == "" -%} {%- set class = "narrowed" -%}
    {%- else -%} {%- set class = "changed" -%}
    {%- endif -%}
    {%- do return(
        dbt_breaking_changes._combine_type_changes([item, dbt_breaking_changes._type_change(class)])
    ) -%}
{%- endmacro -%}


{%- macro _compare_members(before, after) -%}
    {#- Enums sort by position, so the members that both have must keep their order. -#}
    {%- set kept = after | select("in", before) | list -%}
    {%- if kept == before -%}
        {%- do return(dbt_breaking_changes._type_change("widened")) -%}
    {%- endif -%}
    {%- if before | select("in", after) | list == after -%}
        {%- do return(dbt_breaking_changes._type_change("narrowed")) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._type_change("changed")) -%}
{%- endmacro -%}
