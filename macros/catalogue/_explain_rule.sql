{#- A rule as text for people: what it finds, why that matters, what to do, how its severity comes
    about and how to change or to accept it. -#}
{%- macro _explain_rule(rule) -%}
    {%- set applies = (
        "at every level"
        if rule.level == "always"
        else "from level " ~ rule.level ~ " on"
    ) -%}
    {%- set lines = [
        rule.id ~ ": " ~ rule.title,
        "",
        "Default severity: " ~ rule.severity ~ ", " ~ applies ~ ".",
        "",
        "Reads:  " ~ rule.message,
        "Why:    " ~ rule.why,
        "Fix:    " ~ rule.fix,
    ] -%}
    {%- if rule.level != "always" -%}
        {%- do lines.extend(dbt_breaking_changes._explain_audiences(rule)) -%}
    {%- endif -%}
    {%- do lines.extend(
        [
            "",
            "Another severity (error, warn, info or off), in dbt_project.yml:",
            "  vars: {breaking_changes_severity: {" ~ rule.id ~ ": warn}}",
        ]
    ) -%}
    {%- if rule.level != "always" -%}
        {%- do lines.extend(
            [
                "Accept one finding, in the YAML of its node:",
                "  config: {meta: {breaking_changes_ack: [{rule: "
                ~ rule.id
                ~ ", reason: ...}]}}",
            ]
        ) -%}
    {%- endif -%}
    {%- do lines.extend(["", "More: " ~ rule.page]) -%}
    {%- do return(lines | join("\n")) -%}
{%- endmacro -%}

{%- macro _explain_audiences(rule) -%}
    {%- set lines = ["", "The first row that holds decides its severity:"] -%}
    {%- for name, audience in dbt_breaking_changes._audiences().items() -%}
        {%- set scaled = dbt_breaking_changes._scaled(rule.severity, name) -%}
        {%- do lines.append("  %-11s %-5s  %s" | format(name, scaled, audience.who)) -%}
    {%- endfor -%}
    {%- if rule.effect == "relation_gone" or rule.id == "column_removed" -%}
        {%- do lines.append("A removal past the date that was announced for it is info.") -%}
    {%- endif -%}
    {%- do return(lines) -%}
{%- endmacro -%}
