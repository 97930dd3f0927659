{#- A report as text; `view` says how much of it and how wide, as `_view` describes. Only json keeps
    the texts of artifacts as they are. -#}
{%- macro _render(report, format, prior_name, view=none) -%}
    {%- if format == "json" -%}
        {%- do return(dbt_breaking_changes._json_safe(tojson(report))) -%}
    {%- endif -%}
    {%- set view = dbt_breaking_changes._view(view) -%}
    {%- set safe = dbt_breaking_changes._lines_safe(report) -%}
    {%- set name = dbt_breaking_changes._line_safe(prior_name) -%}
    {%- set lines = (
        dbt_breaking_changes._render_github(safe, view)
        if format == "github"
        else dbt_breaking_changes._render_text(safe, name, view)
    ) -%}
    {%- do return(lines | join("\n")) -%}
{%- endmacro -%}

{#- The heading of a report, and the error that stops the run. -#}
{%- macro _verdict_line(report) -%}
    {%- do return("breaking changes: " ~ dbt_breaking_changes._line_safe(report.headline)) -%}
{%- endmacro -%}
