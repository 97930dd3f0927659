{#- A report as text; `view` says how much of it and how wide, as `_view` describes. -#}
{%- macro _render(report, format, prior_name, view=none) -%}
    {%- if format == "json" -%} {%- do return(tojson(report)) -%} {%- endif -%}
    {%- set view = dbt_breaking_changes._view(view) -%}
    {%- set lines = (
        dbt_breaking_changes._render_github(report, view)
        if format == "github"
        else dbt_breaking_changes._render_text(report, prior_name, view)
    ) -%}
    {#- A line break in a name must not begin a line of its own. -#}
    {%- set shown = [] -%}
    {%- for line in lines -%}
        {%- do shown.append(line.replace("\n", " ").replace("\r", " ")) -%}
    {%- endfor -%}
    {%- do return(shown | join("\n")) -%}
{%- endmacro -%}

{#- The heading of a report, and the error that stops the run. -#}
{%- macro _verdict_line(report) -%}
    {%- if report.headline -%}
        {%- do return("breaking changes: " ~ report.headline) -%}
    {%- endif -%}
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
