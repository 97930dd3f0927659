{#- The report of the published schema: counts, coverage, the result, and the findings worst first,
    causes before what follows from them. -#}
{%- macro _report(findings, coverage, walk, settings, catalogue) -%}
    {%- do coverage.update(
        {"not_compared": dbt_breaking_changes._not_compared(coverage.not_compared, walk)}
    ) -%}
    {%- set order = {} -%}
    {%- set counted = dbt_breaking_changes._severity_counts() -%}
    {%- set summary = {"errors": 0, "warnings": 0, "infos": 0, "acknowledged": 0} -%}
    {%- for finding in findings -%}
        {%- set entry = dbt_breaking_changes._report_entry(
            finding, walk, catalogue[finding.rule]
        ) -%}
        {%- set key = "acknowledged" if entry.acknowledged else counted[entry.severity] -%}
        {%- do summary.update({key: summary[key] + 1}) -%}
        {%- do order.update({dbt_breaking_changes._report_order(entry): entry}) -%}
    {%- endfor -%}
    {%- set changes = [] -%}
    {%- for key in order | sort -%} {%- do changes.append(order[key]) -%} {%- endfor -%}
    {%- for package in coverage.get("packages") or [] if package.name != walk.project -%}
        {%- set own = "dbt_packages/" ~ package.name ~ "/" -%}
        {%- for entry in changes if (entry.path or "").startswith(own) -%}
            {%- do package.update({"findings": package.findings + 1}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do summary.update(
        {
            "undecided": dbt_breaking_changes._undecided(
                findings, coverage, walk, catalogue
            )
        }
    ) -%}
    {%- set failed = dbt_breaking_changes._failed(
        summary, settings
    ) or dbt_breaking_changes._not_looked_at(coverage, settings) -%}
    {%- do return(
        {
            "format_version": 1,
            "result": "fail" if failed else "pass",
            "headline": dbt_breaking_changes._headline(summary, changes, coverage),
            "summary": summary,
            "coverage": coverage,
            "changes": changes,
        }
    ) -%}
{%- endmacro -%}

{#- What sorts the findings: the acknowledged last, the worst first, causes before what follows. -#}
{%- macro _report_order(entry) -%}
    {%- set severities = dbt_breaking_changes._severity_counts().keys() | list -%}
    {%- do return(
        [
            1 if entry.acknowledged else 0,
            severities.index(entry.severity),
            1 if entry.caused_by else 0,
            entry.node,
            entry.column or "",
            entry.rule,
            entry.fingerprint,
        ]
        | join("|")
    ) -%}
{%- endmacro -%}

{#- Whether the run fails: for a finding, or for what could not be checked, which counts as on_unknown
    says. -#}
{%- macro _failed(summary, settings) -%}
    {%- if settings.fail_on == "never" -%} {%- do return(false) -%} {%- endif -%}
    {%- set undecided = summary.undecided.changed + summary.undecided.consumers > 0 -%}
    {%- if summary.errors or undecided and settings.on_unknown == "fail" -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- set warned = summary.warnings > 0 or undecided and settings.on_unknown == "warn" -%}
    {%- do return(settings.fail_on == "warn" and warned) -%}
{%- endmacro -%}

{#- The changed nodes that a compile would let be compared: a run that leaves them out has not looked,
    unless it is told to let pass what could not be checked. -#}
{%- macro _not_looked_at(coverage, settings) -%}
    {%- if settings.fail_on == "never" or settings.on_unknown == "pass" -%}
        {%- do return([]) -%}
    {%- endif -%}
    {%- do return(coverage.needs_compile) -%}
{%- endmacro -%}

{#- The name of a node, with its resource type where a node of another type has the same one and the rule's
    sentence does not say it. -#}
{%- macro _name_with_type(node, rule, walk) -%}
    {%- set name = dbt_breaking_changes._display_name(node) -%}
    {%- set type = node.resource_type.replace("_", " ") -%}
    {#- A source's name says already what it is. -#}
    {%- if node.resource_type == "source" or type ~ " {node}" in rule.message -%}
        {%- do return(name) -%}
    {%- endif -%}
    {%- for other in [
        "model",
        "seed",
        "snapshot",
        "semantic_model",
        "metric",
        "exposure",
        "saved_query",
        "function",
    ] if other != node.resource_type -%}
        {%- set twin = [other, node.get("package_name"), node.name] | join(".") -%}
        {%- if twin in walk.nodes or twin in walk.prior_nodes -%}
            {%- do return(type ~ " " ~ name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(name) -%}
{%- endmacro -%}

{%- macro _report_entry(finding, walk, rule) -%}
    {%- set node = walk.nodes.get(finding.node) or walk.prior_nodes.get(finding.node) or {} -%}
    {%- set name = (
        dbt_breaking_changes._name_with_type(node, rule, walk) if node else finding.node
    ) -%}
    {%- do return(
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "severity_reason": finding.severity_reason,
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
            "fix": dbt_breaking_changes._fix(finding, rule, walk),
            "fingerprint": finding.fingerprint,
            "caused_by": finding.get("caused_by"),
            "acknowledged": finding.get("acknowledged"),
            "impact": finding.impact,
            "elsewhere": finding.elsewhere,
            "unaffected": finding.unaffected,
        }
    ) -%}
{%- endmacro -%}
