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

{#- Types are compared on evidence that both sides can be held to: what a database, a contract or
    the SQL itself says is comparable with each other, documentation only with documentation. -#}
{%- macro _comparable_types(before, after) -%}
    {%- set was = dbt_breaking_changes._proven_type(before) -%}
    {%- set now = dbt_breaking_changes._proven_type(after) -%}
    {%- if was and now -%}
        {%- do return({"before": was[1], "after": now[1], "evidence": now[0]}) -%}
    {%- endif -%}
    {%- if before.types.get("declared") and after.types.get("declared") -%}
        {%- do return(
            {
                "before": before.types.declared,
                "after": after.types.declared,
                "evidence": "declared",
            }
        ) -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}

{%- macro _proven_type(column) -%}
    {%- for evidence in ["contract", "warehouse", "inferred"] if column.types.get(evidence) -%}
        {%- do return([evidence, column.types[evidence]]) -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{%- macro _strongest_type(column) -%}
    {%- set proven = dbt_breaking_changes._proven_type(column) -%}
    {%- do return(proven[1] if proven else column.types.get("declared")) -%}
{%- endmacro -%}
