{#- Nothing to compare with: an error for an operation, a warning in a hook, which must let the
    first run of a project pass. -#}
{%- macro _no_prior() -%}
    {%- set ways = (
        "give one as --state DIR, as the argument prior (--args '{prior: path/to/manifest.json}'),"
        ~ " as the var breaking_changes_prior, or save one with dbt run-operation save_baseline"
    ) -%}
    {%- if invocation_args_dict.get("which") == "run-operation" -%}
        {%- do dbt_breaking_changes._refuse("no prior manifest to compare with: " ~ ways) -%}
    {%- endif -%}
    {%- do dbt_breaking_changes._warn(
        "nothing was compared, there is no prior manifest; " ~ ways
    ) -%}
{%- endmacro -%}
