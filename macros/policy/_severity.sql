{#- The severity of one change, or none where its rule does not apply at this level. A proven break
    is an error at every level and for every audience, unless a var says otherwise. -#}
{%- macro _severity(change, rule, audience, settings) -%}
    {%- set levels = ["always", "relation", "query", "typed", "strict"] -%}
    {%- set override = settings.severity.get(rule.id) -%}
    {%- if override == "off" -%} {%- do return(none) -%} {%- endif -%}
    {%- set breaks = "breaks" in change.impact | map(attribute="verdict") | list -%}
    {%- set severity = override or rule.severity -%}
    {%- if breaks and settings.level != "relation" -%}
        {%- do return(override or "error") -%}
    {%- endif -%}
    {%- if not override and levels.index(rule.level) > levels.index(settings.level) -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- if change.announced or audience == "private" -%} {%- do return("info") -%} {%- endif -%}
    {%- if audience == "unconsumed" -%}
        {%- do return({"error": "warn", "warn": "info", "info": "info"}[severity]) -%}
    {%- endif -%}
    {%- do return(severity) -%}
{%- endmacro -%}

{#- Whether a rule can yield a finding at all, so that its impact need not be walked otherwise. -#}
{%- macro _may_apply(rule, settings, has_lineage) -%}
    {%- set levels = ["always", "relation", "query", "typed", "strict"] -%}
    {%- set override = settings.severity.get(rule.id) -%}
    {%- if override -%} {%- do return(override != "off") -%} {%- endif -%}
    {%- if levels.index(rule.level) <= levels.index(settings.level) -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- do return(
        has_lineage
        and settings.level != "relation"
        and rule.effect.startswith(("column_", "position"))
    ) -%}
{%- endmacro -%}
