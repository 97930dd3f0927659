{#- One column that both sides have: spelling, type, nullability, logic. -#}
{%- macro _rules_column(before, after, adapter_type) -%}
    {%- set changes = [] -%}
    {%- set case_sensitive = adapter_type in ["postgres", "snowflake", "clickhouse"] -%}
    {%- if case_sensitive and before.name != after.name -%}
        {%- do changes.append(
            {
                "rule": "column_identifier_case_changed",
                "before": before.name,
                "after": after.name,
            }
        ) -%}
    {%- endif -%}
    {%- set types = dbt_breaking_changes._comparable_types(before, after) -%}
    {#- An unchanged documented type proves nothing when the type can no longer be inferred. -#}
    {%- set documented = types and types.evidence == "declared" -%}
    {%- if types and types.before != types.after -%}
        {%- do changes.extend(dbt_breaking_changes._rules_column_type(types, adapter_type)) -%}
        {%- elif (documented or not types) and not (
            before.identity and before.identity == after.identity
        ) -%}
        {%- do changes.extend(dbt_breaking_changes._rules_lost_type(before, after)) -%}
    {%- endif -%}
    {%- if before.not_null and not after.not_null and "contract" in before.types and "contract" in after.types -%}
        {%- do changes.append(
            {"rule": "column_became_nullable", "before": "not null", "after": none}
        ) -%}
    {%- endif -%}
    {%- if before.identity and after.identity and before.identity != after.identity -%}
        {%- do changes.append(
            {
                "rule": "column_logic_changed",
                "before": none,
                "after": none,
                "evidence": "inferred",
                "what": "the expression of " ~ after.name ~ " changed",
            }
        ) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._of_column(changes, before, after)) -%}
{%- endmacro -%}
