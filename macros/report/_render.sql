{%- macro _render(report, format, prior_name) -%}
    {%- if format == "json" -%} {%- do return(tojson(report)) -%} {%- endif -%}
    {%- if format == "github" -%}
        {%- do return(dbt_breaking_changes._render_github(report)) -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._render_text(report, prior_name)) -%}
{%- endmacro -%}

{#- The counts in one line, as heading and as the error that stops the run. -#}
{%- macro _verdict_line(report) -%}
    {%- set parts = [] -%}
    {%- for key, one, many in [
        ["errors", "error", "errors"],
        ["warnings", "warning", "warnings"],
        ["infos", "info", "infos"],
        ["acknowledged", "acknowledged", "acknowledged"],
    ] -%}
        {%- set count = report.summary[key] -%}
        {%- if count -%}
            {%- do parts.append(count ~ " " ~ (one if count == 1 else many)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return("breaking changes: " ~ (parts | join(", ") or "none found")) -%}
{%- endmacro -%}
