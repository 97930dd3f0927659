{#- The class of a type change decides the rule; structs report the fields that changed. -#}
{%- macro _rules_column_type(types, adapter_type) -%}
    {%- set result = dbt_breaking_changes._classify_type_change(
        types.before, types.after, adapter_type
    ) -%}
    {%- if result.class == "same" -%} {%- do return([]) -%} {%- endif -%}
    {%- set changes = [] -%}
    {%- for field in result.fields if field.change not in ["added", "same"] -%}
        {%- do changes.append(
            {
                "rule": (
                    "nested_field_removed"
                    if field.change == "removed"
                    else "nested_field_type_changed"
                ),
                "field": field.path,
                "before": field.before,
                "after": field.after,
                "evidence": types.evidence,
            }
        ) -%}
    {%- endfor -%}
    {%- if not changes -%}
        {%- set rule = {
            "widened": "column_type_widened",
            "widened_lossy": "column_type_widened_lossy",
            "narrowed": "column_length_narrowed"
            if result.kind == "length"
            else "column_type_narrowed",
            "changed": "column_timezone_changed"
            if result.kind == "timezone"
            else "column_type_changed",
        }.get(result.class) -%}
        {%- do changes.append(
            {
                "rule": rule,
                "before": types.before,
                "after": types.after,
                "evidence": types.evidence,
                "unknown_type": result.reason if not rule else none,
            }
        ) -%}
    {%- endif -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- A rename that is agreed to must not hide that the type changed with the name. -#}
{%- macro _rules_renamed_type(before, after, adapter_type) -%}
    {%- set types = dbt_breaking_changes._comparable_types(before, after) -%}
    {%- if not types or types.before == types.after -%} {%- do return([]) -%} {%- endif -%}
    {%- set changes = dbt_breaking_changes._rules_column_type(types, adapter_type) -%}
    {%- do return(dbt_breaking_changes._of_column(changes, before, after)) -%}
{%- endmacro -%}

{#- Changes of one column get its former name, with the path of a field behind it. -#}
{%- macro _of_column(changes, before, after) -%}
    {%- for change in changes -%}
        {%- set field = change.pop("field", none) -%}
        {%- do change.setdefault("column", before.name ~ ("." ~ field if field else "")) -%}
        {%- do change.setdefault("evidence", after.evidence) -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}
