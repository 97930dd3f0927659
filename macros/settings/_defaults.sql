{#- Every var of the package, without its prefix breaking_changes_, and its default. -#}
{%- macro _defaults() -%}
    {%- do return(
        {
            "prior": none,
            "lineage": none,
            "prior_lineage": none,
            "format": "text",
            "level": "query",
            "fail_on": "error",
            "on_unknown": "warn",
            "promise": "declared",
            "severity": {},
            "ignore": [],
            "removed": [],
            "baseline_database": none,
            "baseline_schema": none,
            "baseline_table": "dbt_breaking_changes_baseline",
            "baseline_target": none,
            "baseline_keep": 20,
            "baseline_columns": "graph",
            "git_commit": none,
        }
    ) -%}
{%- endmacro -%}
