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
    {%- for key in ["baseline_database", "baseline_schema", "baseline_table"] -%}
        {%- do dbt_breaking_changes._require_identifier(
            "breaking_changes_" ~ key, settings[key]
        ) -%}
    {%- endfor -%}
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

{#- dbt puts quotes around a name, but doubles none inside; what could end them is refused. -#}
{%- macro _require_identifier(name, value) -%}
    {%- if value is none -%} {%- do return(none) -%} {%- endif -%}
    {%- if value is not string or not value or modules.re.search(
        "[\"'`\\[\\];\\\\\\x00-\\x1f\\x7f]|\\$\\$|--|/\\*", value
    ) -%}
        {%- do dbt_breaking_changes._refuse(
            name
            ~ " must be a name without quotes, brackets, semicolons and backslashes, not "
            ~ value
        ) -%}
    {%- endif -%}
{%- endmacro -%}
