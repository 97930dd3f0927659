{#- From changes to findings: impact, audience, severity, causes and acknowledgements. -#}
{%- macro _apply_policy(changes, coverage, walk, settings, catalogue) -%}
    {%- set made = {"findings": [], "ignored": {}, "explained": {}} -%}
    {%- for change in changes -%}
        {%- set rule = catalogue[change.rule] -%}
        {%- if dbt_breaking_changes._may_apply(rule, settings, walk.has_lineage) -%}
            {%- do change.update(dbt_breaking_changes._impact(change, rule.effect, walk)) -%}
            {%- do dbt_breaking_changes._judge_change(change, rule, made, walk, settings) -%}
        {%- elif walk.has_lineage and settings.severity.get(rule.id) == "off" -%}
            {#- Whoever switches a rule off agrees to what its changes break. -#}
            {%- for key in dbt_breaking_changes._impact(change, rule.effect, walk).explains -%}
                {%- do made.explained.update({key: true}) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set unexplained = dbt_breaking_changes._unexplained_breaks(
        made, coverage, walk, settings
    ) -%}
    {%- for change in unexplained -%}
        {%- do dbt_breaking_changes._judge_change(
            change, catalogue[change.rule], made, walk, settings
        ) -%}
    {%- endfor -%}
    {%- for problem in dbt_breaking_changes._acknowledge(
        changes + unexplained, walk, settings, catalogue
    ) -%}
        {%- set severity = settings.severity.get(problem.rule, catalogue[problem.rule].severity) -%}
        {%- if severity != "off" -%}
            {%- do problem.update(
                {
                    "severity": severity,
                    "severity_reason": "the acknowledgement does not hold",
                    "impact": [],
                    "unaffected": 0,
                }
            ) -%}
            {%- do made.findings.append(problem) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do coverage.update({"ignored": made.ignored.values() | list}) -%}
    {%- do dbt_breaking_changes._trace_causes(made.findings, walk, catalogue) -%}
    {%- do dbt_breaking_changes._cover_followers(made.findings) -%}
    {%- do dbt_breaking_changes._list_once(made.findings) -%}
    {%- do return(made.findings) -%}
{%- endmacro -%}

{#- Makes a change whose impact is known a finding, or counts it as ignored; a change of neither severity
    is left out. -#}
{%- macro _judge_change(change, rule, made, walk, settings) -%}
    {%- set audience = dbt_breaking_changes._audience(change.node, walk) -%}
    {%- set judged = dbt_breaking_changes._severity(change, rule, audience, settings) -%}
    {%- if judged -%}
        {%- for key in change.explains -%}
            {%- do made.explained.update({key: true}) -%}
        {%- endfor -%}
        {%- set node = walk.nodes.get(change.node) or walk.prior_nodes[change.node] -%}
        {%- set entry = dbt_breaking_changes._ignored_by(change, node, settings) -%}
        {%- if entry -%} {%- do dbt_breaking_changes._count_ignored(made.ignored, entry, change) -%}
        {%- else -%}
            {%- do change.update(
                {
                    "severity": judged.severity,
                    "severity_reason": judged.reason,
                    "audience": audience,
                }
            ) -%}
            {%- do made.findings.append(change) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro -%}
