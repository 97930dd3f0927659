{#- The severity of one change and why it has it, or none where its rule does not apply at this level. A
    proven break is an error at every level and for every audience, unless a var says otherwise; only
    level relation leaves columns alone. -#}
{%- macro _severity(change, rule, audience, settings) -%}
    {%- set override = settings.severity.get(rule.id) -%}
    {%- if override == "off" -%} {%- do return(none) -%} {%- endif -%}
    {%- set applies = override or dbt_breaking_changes._within_level(rule, settings) -%}
    {%- set verdicts = change.impact | map(attribute="verdict") | list -%}
    {#- Columns taken by position, or by a name that is another column's now, are mixed up without any
        error. -#}
    {%- set mixed_up = (
        rule.effect == "position" or change.name_taken or change.get("captured")
    ) and "changes" in verdicts -%}
    {%- if "breaks" in verdicts or mixed_up -%}
        {%- if not applies and settings.level == "relation" -%}
            {%- do return(none) -%}
        {%- endif -%}
        {%- do return(
            {
                "severity": override
                or dbt_breaking_changes._scaled(rule.severity, "breaks"),
                "reason": dbt_breaking_changes._broken_consumers(change.impact)
                or "consumers get another column without any error",
            }
        ) -%}
    {%- endif -%}
    {%- if not applies -%} {%- do return(none) -%} {%- endif -%}
    {%- if change.announced -%}
        {%- do return({"severity": "info", "reason": change.announced}) -%}
    {%- endif -%}
    {%- set row = dbt_breaking_changes._severity_row(audience, verdicts, settings) -%}
    {%- if override and row in ["undecided", "protected"] -%}
        {%- do return({"severity": override, "reason": "set by breaking_changes_severity"}) -%}
    {%- endif -%}
    {%- do return(
        {
            "severity": dbt_breaking_changes._scaled(override or rule.severity, row),
            "reason": dbt_breaking_changes._severity_reason(change, row),
        }
    ) -%}
{%- endmacro -%}

{#- The row of _audiences that decides, where no consumer breaks. -#}
{%- macro _severity_row(audience, verdicts, settings) -%}
    {%- if audience in ["exposed", "public", "contracted"] -%} {%- do return(audience) -%}
    {%- elif audience == "protected" and settings.promise == "all" -%}
        {%- do return("promised") -%}
        {%- elif "unknown" in verdicts -%} {%- do return("undecided") -%}
    {%- endif -%}
    {%- do return(audience) -%}
{%- endmacro -%}

{#- What becomes of a severity in a row of _audiences. -#}
{%- macro _scaled(severity, row) -%}
    {%- set scale = dbt_breaking_changes._audiences()[row].scale -%}
    {%- if scale == "full" -%} {%- do return(severity) -%}
    {%- elif scale == "error" or scale == "info" -%} {%- do return(scale) -%}
    {%- endif -%}
    {%- set lower = {"error": "warn", "warn": "info" if scale == "step" else "warn"} -%}
    {%- do return(lower.get(severity, "info")) -%}
{%- endmacro -%}

{%- macro _severity_reason(change, row) -%}
    {%- if row == "undecided" -%}
        {%- set unchecked = change.impact | selectattr("verdict", "equalto", "unknown") | list -%}
        {%- do return(dbt_breaking_changes._few_names(unchecked) ~ " could not be checked") -%}
    {%- elif row == "protected" -%}
        {%- set verdicts = change.impact | map(attribute="verdict") | unique | list -%}
        {%- if verdicts == ["adapted"] -%} {%- do return("all consumers adapted") -%}
        {%- elif not verdicts -%} {%- do return("no consumer is affected") -%}
        {%- endif -%}
        {%- do return("consumers change, none breaks") -%}
    {%- elif row == "public" and not change.node.startswith("model.") -%}
        {%- do return("it is there to be used outside the project") -%}
    {%- endif -%}
    {%- do return(dbt_breaking_changes._audiences()[row].reason) -%}
{%- endmacro -%}

{#- Who breaks, as "mart breaks" or "mart and 2 more break"; none where nobody does. -#}
{%- macro _broken_consumers(impact) -%}
    {%- set broken = impact | selectattr("verdict", "equalto", "breaks") | list -%}
    {%- if not broken -%} {%- do return(none) -%} {%- endif -%}
    {%- do return(
        dbt_breaking_changes._few_names(broken)
        ~ (" breaks" if broken | length == 1 else " break")
    ) -%}
{%- endmacro -%}

{#- The first of some consumers by its name, and how many more there are. -#}
{%- macro _few_names(entries) -%}
    {%- set name = entries[0].node.split(".")[2:] | join(".") -%}
    {%- set more = entries | length - 1 -%}
    {%- do return(name ~ (" and " ~ more ~ " more" if more else "")) -%}
{%- endmacro -%}

{%- macro _within_level(rule, settings) -%}
    {%- set levels = ["always"] + dbt_breaking_changes._levels() -%}
    {%- do return(levels.index(rule.level) <= levels.index(settings.level)) -%}
{%- endmacro -%}

{#- Whether a rule can yield a finding at all, so that its impact need not be walked otherwise. -#}
{%- macro _may_apply(rule, settings, has_lineage) -%}
    {%- set override = settings.severity.get(rule.id) -%}
    {%- if override -%} {%- do return(override != "off") -%} {%- endif -%}
    {%- if dbt_breaking_changes._within_level(rule, settings) -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- do return(
        has_lineage
        and settings.level != "relation"
        and rule.effect.startswith(("column_", "position"))
    ) -%}
{%- endmacro -%}
