{#- The gate: finds, reports, and raises once if a finding reaches fail_on. -#}
{%- macro detect_breaking_changes(
    prior=none,
    lineage=none,
    prior_lineage=none,
    format=none,
    level=none,
    fail_on=none,
    current=none,
    full=false,
    on_unknown=none
) -%}
    {%- if not execute or not dbt_breaking_changes._is_gate() -%}
        {%- do return("") -%}
    {%- endif -%}
    {%- set compared = dbt_breaking_changes._compared(
        prior,
        current,
        {
            "format": format,
            "level": level,
            "fail_on": fail_on,
            "on_unknown": on_unknown,
            "lineage": lineage,
            "prior_lineage": prior_lineage,
        },
    ) -%}
    {%- if compared is none -%} {%- do return(dbt_breaking_changes._no_prior()) -%} {%- endif -%}
    {%- set report = compared.report -%}
    {%- do print(
        dbt_breaking_changes._render(
            report, compared.settings.format, compared.prior, {"full": full}
        )
    ) -%}
    {%- set advice = dbt_breaking_changes._compile_advice(report, compared.settings) -%}
    {%- if advice -%} {%- do exceptions.raise_compiler_error("dbt_breaking_changes: " ~ advice) -%}
    {%- elif report.result == "fail" -%}
        {%- do exceptions.raise_compiler_error(dbt_breaking_changes._verdict_line(report)) -%}
    {%- endif -%}
    {%- do return("") -%}
{%- endmacro -%}

{#- dbt also runs on-run-start where nothing is built; there a gate would only disturb. -#}
{%- macro _is_gate() -%}
    {%- do return(invocation_args_dict.get("which") not in ["compile", "generate"]) -%}
{%- endmacro -%}
