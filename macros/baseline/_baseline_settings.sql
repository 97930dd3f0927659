{#- The settings of the baseline table, with what the target fills in; given overrides the vars. The
    var baseline_target names whose saves are read; a run saves under its own target only. -#}
{%- macro _baseline_settings(given=none) -%}
    {%- set settings = dbt_breaking_changes._settings(given) -%}
    {%- set keep = settings.baseline_keep -%}
    {%- if keep is not number or keep < 1 -%}
        {%- do dbt_breaking_changes._refuse(
            "breaking_changes_baseline_keep must be a whole number from 1, not " ~ keep
        ) -%}
    {%- endif -%}
    {%- do dbt_breaking_changes._require_one_of(
        "columns", settings.baseline_columns, ["graph", "warehouse"]
    ) -%}
    {%- do return(
        {
            "project": project_name,
            "target": settings.baseline_target or target.name,
            "database": settings.baseline_database or target.database or none,
            "schema": settings.baseline_schema or target.schema,
            "table": settings.baseline_table,
            "keep": keep | int,
            "columns": settings.baseline_columns,
            "git_commit": settings.git_commit,
            "lineage": settings.lineage,
        }
    ) -%}
{%- endmacro -%}
