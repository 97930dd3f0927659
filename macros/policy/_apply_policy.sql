{#- From changes to findings: impact, audience, severity, causes and acknowledgements. -#}
{%- macro _apply_policy(changes, walk, settings, catalogue) -%}
    {%- set findings = [] -%}
    {%- set audiences = {} -%}
    {%- for change in changes -%}
        {%- set rule = catalogue[change.rule] -%}
        {%- if dbt_breaking_changes._may_apply(rule, settings, walk.has_lineage) -%}
            {%- do change.update(dbt_breaking_changes._impact(change, rule.effect, walk)) -%}
            {%- if change.node not in audiences -%}
                {%- do audiences.update(
                    {change.node: dbt_breaking_changes._audience(change.node, walk)}
                ) -%}
            {%- endif -%}
            {%- set audience = audiences[change.node] -%}
            {%- set severity = dbt_breaking_changes._severity(change, rule, audience, settings) -%}
            {%- set node = walk.nodes.get(change.node) or walk.prior_nodes[change.node] -%}
            {%- if severity and not dbt_breaking_changes._is_ignored(change, node, settings) -%}
                {%- do change.update({"severity": severity, "audience": audience}) -%}
                {%- do findings.append(change) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for problem in dbt_breaking_changes._acknowledge(changes, walk, settings, catalogue) -%}
        {%- set severity = settings.severity.get(problem.rule, catalogue[problem.rule].severity) -%}
        {%- if severity != "off" -%}
            {%- do problem.update({"severity": severity, "impact": [], "unaffected": 0}) -%}
            {%- do findings.append(problem) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._trace_causes(findings, walk, catalogue) -%}
    {%- do return(findings) -%}
{%- endmacro -%}
