{#- Workflow commands, which GitHub shows on the right line of the pull request; the summary goes last. -#}
{%- macro _render_github(report) -%}
    {%- set commands = {"error": "error", "warn": "warning", "info": "notice"} -%}
    {%- set lines = [] -%}
    {%- for change in report.changes -%}
        {%- set command = "notice" if change.acknowledged else commands[change.severity] -%}
        {%- set breaks = [] -%}
        {%- for entry in change.impact if entry.verdict != "adapted" -%}
            {%- do breaks.append(
                entry.verdict
                ~ " "
                ~ entry.node
                ~ (": " ~ entry.detail if entry.detail else "")
            ) -%}
        {%- endfor -%}
        {%- set message = (
            [change.message]
            + breaks
            + ([] if change.acknowledged else ["fix: " ~ change.fix])
        ) -%}
        {%- do lines.append(
            "::"
            ~ command
            ~ (
                " file="
                ~ dbt_breaking_changes._escape_property(change.path)
                ~ ",line="
                ~ change.line
                ~ ",title="
                if change.path
                else " title="
            )
            ~ dbt_breaking_changes._escape_property(change.rule)
            ~ "::"
            ~ dbt_breaking_changes._escape_data(message | join("\n"))
        ) -%}
    {%- endfor -%}
    {%- do lines.append(dbt_breaking_changes._verdict_line(report)) -%}
    {%- do lines.extend(dbt_breaking_changes._coverage_lines(report.coverage)) -%}
    {%- do return(lines | join("\n")) -%}
{%- endmacro -%}

{%- macro _escape_data(text) -%}
    {%- do return(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")) -%}
{%- endmacro -%}

{%- macro _escape_property(text) -%}
    {%- do return(
        dbt_breaking_changes._escape_data(text).replace(":", "%3A").replace(",", "%2C")
    ) -%}
{%- endmacro -%}
