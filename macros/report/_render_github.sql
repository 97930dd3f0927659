{#- Workflow commands, which GitHub shows on the right line of the pull request; the summary goes last.
    GitHub drops what exceeds ten of a kind in one step: the ten causes that matter most are shown. -#}
{%- macro _render_github(report, view) -%}
    {%- set names = dbt_breaking_changes._node_names(report) -%}
    {%- set groups = dbt_breaking_changes._groups(report) -%}
    {#- An annotation wraps by itself. -#}
    {%- set view = dbt_breaking_changes._view({"width": 400, "all": view.all}) -%}
    {%- set shown = [] -%}
    {%- for group in groups[:10] -%}
        {%- do shown.append(dbt_breaking_changes._github_command(group, names, view)) -%}
    {%- endfor -%}
    {%- if groups | length > 10 -%}
        {%- do shown.extend(dbt_breaking_changes._more(groups | length - 10, 0, view)) -%}
    {%- endif -%}
    {%- do shown.append(dbt_breaking_changes._verdict_line(report)) -%}
    {%- do shown.extend(dbt_breaking_changes._coverage_lines(report.coverage, names, view)) -%}
    {%- do return(shown) -%}
{%- endmacro -%}

{%- macro _github_command(group, names, view) -%}
    {%- set change = group.cause -%}
    {%- set commands = {"error": "error", "warn": "warning", "info": "notice"} -%}
    {%- set command = "notice" if change.acknowledged else commands[change.severity] -%}
    {%- set message = [change.message] -%}
    {%- set told = group.consumers | rejectattr("verdict", "equalto", "adapted") | list -%}
    {%- for line in dbt_breaking_changes._impact_lines(told, names, view, []) -%}
        {%- do message.append(line.strip()) -%}
    {%- endfor -%}
    {%- if group.followers -%}
        {%- do message.append(
            dbt_breaking_changes._follower_line(group.followers, names, view).strip()
        ) -%}
    {%- endif -%}
    {%- if not change.acknowledged -%} {%- do message.append("fix: " ~ change.fix) -%} {%- endif -%}
    {%- set place = "" -%}
    {%- if change.path -%}
        {%- set place = (
            "file="
            ~ dbt_breaking_changes._escape_property(change.path)
            ~ (",line=" ~ change.line if change.line else "")
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
