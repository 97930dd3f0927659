{#- The severity of one change, or none where its rule does not apply at this level. A proven break
    is an error at every level and for every audience, unless a var says otherwise; only level
    relation leaves columns alone. -#}
{%- macro _severity(change, rule, audience, settings) -%}
    {%- set override = settings.severity.get(rule.id) -%}
    {%- if override == "off" -%} {%- do return(none) -%} {%- endif -%}
    {%- set applies = override or dbt_breaking_changes._within_level(rule, settings) -%}
    {%- set verdicts = change.impact | map(attribute="verdict") | list -%}
    {#- Columns taken by position are mixed up without any error. -#}
    {%- set harms = "breaks" in verdicts or rule.effect == "position" and "changes" in verdicts -%}
    {%- if harms and (applies or settings.level != "relation") -%}
        {%- do return(override or "error") -%}
    {%- endif -%}
    {%- if not applies -%} {%- do return(none) -%} {%- endif -%}
    {%- if change.announced -%} {%- do return("info") -%} {%- endif -%}
    {%- do return(dbt_breaking_changes._scaled(override or rule.severity, audience)) -%}
{%- endmacro -%}

{#- What becomes of a severity before an audience. -#}
{%- macro _scaled(severity, audience) -%}
    {%- set scale = dbt_breaking_changes._audiences()[audience].scale -%}
    {%- set lower = {"error": "warn", "warn": "info", "info": "info"} -%}
    {%- if scale == "step" -%} {%- do return(lower[severity]) -%} {%- endif -%}
    {%- do return("info" if scale == "info" else severity) -%}
{%- endmacro -%}

{%- macro _within_level(rule, settings) -%}
    {%- set levels = ["always", "relation", "query", "typed", "strict"] -%}
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
