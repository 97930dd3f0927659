{#- The report of the published schema: counts, coverage, the result, and the findings worst first,
    causes before what follows from them. -#}
{%- macro _report(findings, coverage, walk, settings, catalogue) -%}
    {%- set order = {} -%}
    {%- set rank = {"error": 0, "warn": 1, "info": 2} -%}
    {%- set counts = {"errors": 0, "warnings": 0, "infos": 0, "acknowledged": 0} -%}
    {%- set counted = {"error": "errors", "warn": "warnings", "info": "infos"} -%}
    {%- for finding in findings -%}
        {%- set entry = dbt_breaking_changes._report_entry(
            finding, walk, catalogue[finding.rule]
        ) -%}
        {%- set key = "acknowledged" if entry.acknowledged else counted[entry.severity] -%}
        {%- do counts.update({key: counts[key] + 1}) -%}
        {%- do order.update(
            {
                [
                    1 if entry.acknowledged else 0,
                    rank[entry.severity],
                    1 if entry.caused_by else 0,
                    entry.node,
                    entry.column or "",
                    entry.rule,
                    entry.fingerprint,
                ]
                | join("|"): entry
            }
        ) -%}
    {%- endfor -%}
    {%- set changes = [] -%}
    {%- for key in order | sort -%} {%- do changes.append(order[key]) -%} {%- endfor -%}
    {%- set failed = (
        settings.fail_on != "never"
        and counts.errors > 0
        or settings.fail_on == "warn"
        and counts.warnings > 0
    ) -%}
    {%- do return(
        {
            "format_version": 1,
            "result": "fail" if failed else "pass",
            "summary": counts,
            "coverage": coverage,
            "changes": changes,
        }
    ) -%}
{%- endmacro -%}

{%- macro _report_entry(finding, walk, rule) -%}
    {%- set node = walk.nodes.get(finding.node) or walk.prior_nodes.get(finding.node) or {} -%}
    {%- set name = dbt_breaking_changes._display_name(node) if node else finding.node -%}
    {%- do return(
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "node": finding.node,
            "resource_type": node.get("resource_type") or "unknown",
            "column": finding.get("column"),
            "before": finding.get("before"),
            "after": finding.get("after"),
            "evidence": finding.get("evidence"),
            "audience": finding.get("audience"),
            "path": dbt_breaking_changes._file_of(node, walk) if node else none,
            "line": dbt_breaking_changes._finding_line(finding, node, walk),
            "message": dbt_breaking_changes._message(finding, rule.message, name),
            "fix": rule.fix,
            "fingerprint": finding.fingerprint,
            "caused_by": finding.get("caused_by"),
            "acknowledged": finding.get("acknowledged"),
            "impact": finding.impact,
            "unaffected": finding.unaffected,
        }
    ) -%}
{%- endmacro -%}
