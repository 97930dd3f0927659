{#- From changes to findings: impact, audience, severity, causes and acknowledgements. -#}
{%- macro _apply_policy(changes, coverage, walk, settings, catalogue) -%}
    {%- set findings = [] -%}
    {%- set ignored = {} -%}
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
            {%- set entry = (
                dbt_breaking_changes._ignored_by(change, node, settings)
                if severity
                else none
            ) -%}
            {%- if entry -%} {%- do dbt_breaking_changes._count_ignored(ignored, entry, change) -%}
            {%- elif severity -%}
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
    {%- do coverage.update({"ignored": ignored.values() | list}) -%}
    {%- do dbt_breaking_changes._trace_causes(findings, walk, catalogue) -%}
    {%- do return(findings) -%}
{%- endmacro -%}
