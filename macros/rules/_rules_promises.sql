{#- The rules that the list of promises names: each fires where one of its keys differs. -#}
{%- macro _rules_promises(before, after) -%}
    {%- set promises = dbt_breaking_changes._promises() -%}
    {%- set found = {} -%}
    {%- for key, promise in promises.items() if promise.get("rule") and before.resource_type == after.resource_type -%}
        {%- set guard, needed = promise.get("if") or ["resource_type", before.resource_type] -%}
        {%- if before[key] != after[key] and before[guard] == needed and after[guard] == needed -%}
            {%- set siblings = promises.values() | selectattr("rule", "eq", promise.rule) | list -%}
            {%- set label = key ~ " " if siblings | length > 1 else "" -%}
            {%- set change = found.setdefault(promise.rule, {"before": [], "after": []}) -%}
            {%- do change.before.append(label ~ dbt_breaking_changes._value_text(before[key])) -%}
            {%- do change.after.append(label ~ dbt_breaking_changes._value_text(after[key])) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set changes = [] -%}
    {%- for rule, change in found.items() -%}
        {%- do changes.append([rule, change.before | join(", "), change.after | join(", ")]) -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- A value of YAML as the words of a message. -#}
{%- macro _value_text(value) -%}
    {%- if value is none or value == [] -%} {%- do return("not set") -%} {%- endif -%}
    {%- if value is string or value is not iterable -%}
        {%- do return(value | string) -%}
    {%- endif -%}
    {%- if value is mapping or value | reject("string") | list -%}
        {%- do return(tojson(value, sort_keys=true)) -%}
    {%- endif -%}
    {%- do return(value | join(", ")) -%}
{%- endmacro -%}

{#- Who may no longer do what: grants of the former side that the new side lacks. -#}
{%- macro _lost_grants(before, after) -%}
    {%- set lost = [] -%}
    {%- for privilege, grantees in (before.grants or {}).items() -%}
        {%- set kept = dbt_breaking_changes._as_list((after.grants or {}).get(privilege)) -%}
        {%- for grantee in dbt_breaking_changes._as_list(grantees) if grantee not in kept -%}
            {%- do lost.append(privilege ~ " to " ~ grantee) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(lost | join(", ")) -%}
{%- endmacro -%}

{#- A snapshot's meta columns under other names, where no column list tells of them. -#}
{%- macro _renamed_meta_columns(before, after) -%}
    {%- set changes = [] -%}
    {%- set unlisted = not (before.complete and after.complete) -%}
    {%- for was, now in dbt_breaking_changes._meta_names(before, after) if unlisted -%}
        {%- do changes.append(
            {
                "rule": "column_renamed",
                "column": was,
                "before": was,
                "after": now,
                "evidence": "declared",
            }
        ) -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- The former and the new name of each meta column that a snapshot calls otherwise now. -#}
{%- macro _meta_names(before, after) -%}
    {%- set was, now = before.snapshot_columns or {}, after.snapshot_columns or {} -%}
    {%- set pairs = [] -%}
    {%- for name in (
        "dbt_valid_from dbt_valid_to dbt_scd_id dbt_updated_at dbt_is_deleted".split()
    ) -%}
        {%- if was.get(name, name) != now.get(name, name) -%}
            {%- do pairs.append([was.get(name, name), now.get(name, name)]) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(pairs) -%}
{%- endmacro -%}
