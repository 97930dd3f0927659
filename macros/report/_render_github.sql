{#- Workflow commands, which GitHub shows on the right line of the pull request; the summary goes last.
    GitHub drops what exceeds ten of a kind in one step, so the rest is plain text in the log. -#}
{%- macro _render_github(report) -%}
    {%- set commands = {"error": "error", "warn": "warning", "info": "notice"} -%}
    {%- set count = {"error": 0, "warning": 0, "notice": 0} -%}
    {%- set shown = [] -%}
    {%- set rest = [] -%}
    {%- for change in report.changes -%}
        {%- set command = "notice" if change.acknowledged else commands[change.severity] -%}
        {%- do count.update({command: count[command] + 1}) -%}
        {%- if count[command] <= 10 -%}
            {%- do shown.append(dbt_breaking_changes._github_command(command, change)) -%}
        {%- else -%}
            {%- do rest.append(
                command
                ~ " "
                ~ (change.path ~ ":" ~ change.line ~ " " if change.path else "")
                ~ change.rule
                ~ ": "
                ~ change.message
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set lines = rest + [dbt_breaking_changes._verdict_line(report)] -%}
    {%- do lines.extend(dbt_breaking_changes._coverage_lines(report.coverage)) -%}
    {#- A line break in a name must not begin a command of its own. -#}
    {%- for line in lines -%}
        {%- do shown.append(line.replace("\n", " ").replace("\r", " ")) -%}
    {%- endfor -%}
    {%- do return(shown | join("\n")) -%}
{%- endmacro -%}

{%- macro _github_command(command, change) -%}
    {%- set message = [change.message] -%}
    {%- for entry in change.impact if entry.verdict != "adapted" -%}
        {%- do message.append(
            entry.verdict
            ~ " "
            ~ entry.node
            ~ (": " ~ entry.detail if entry.detail else "")
        ) -%}
    {%- endfor -%}
    {%- if not change.acknowledged -%} {%- do message.append("fix: " ~ change.fix) -%} {%- endif -%}
    {%- set place = "" -%}
    {%- if change.path -%}
        {%- set place = (
            "file="
            ~ dbt_breaking_changes._escape_property(change.path)
            ~ ",line="
            ~ change.line
            ~ ","
        ) -%}
    {%- endif -%}
    {%- do return(
        "::"
        ~ command
        ~ " "
        ~ place
        ~ "title="
        ~ dbt_breaking_changes._escape_property(change.rule)
        ~ "::"
        ~ dbt_breaking_changes._escape_data(message | join("\n"))
    ) -%}
{%- endmacro -%}

{%- macro _escape_data(text) -%}
    {%- do return(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")) -%}
{%- endmacro -%}

{%- macro _escape_property(text) -%}
    {%- do return(
        dbt_breaking_changes._escape_data(text).replace(":", "%3A").replace(",", "%2C")
    ) -%}
{%- endmacro -%}
