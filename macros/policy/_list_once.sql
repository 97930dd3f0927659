{#- Lists each consumer once, in the finding that hurts it most; the others count it in elsewhere. What
    breaks for several reasons keeps each proof, in also. -#}
{%- macro _list_once(findings) -%}
    {%- set best = {} -%}
    {%- for finding in findings -%}
        {%- for entry in finding.impact -%}
            {%- set key = dbt_breaking_changes._harm(finding, entry) -%}
            {%- if entry.node not in best or key < best[entry.node].key -%}
                {%- do best.update(
                    {
                        entry.node: {
                            "key": key,
                            "entry": entry,
                            "finding": finding.fingerprint,
                        }
                    }
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for finding in findings -%}
        {%- set kept = [] -%}
        {%- for entry in finding.impact -%}
            {%- set first = best[entry.node] -%}
            {%- if first.finding == finding.fingerprint -%} {%- do kept.append(entry) -%}
            {%- elif entry.verdict == "breaks" -%}
                {%- do first.entry.also.append(
                    {
                        "finding": finding.fingerprint,
                        "path": entry.path,
                        "line": entry.line,
                        "detail": entry.detail,
                    }
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do finding.update(
            {"elsewhere": finding.impact | length - kept | length, "impact": kept}
        ) -%}
    {%- endfor -%}
{%- endmacro -%}

{#- What sorts the places where a consumer could be listed, the best one first: the worst verdict, then a
    cause before what follows from it. -#}
{%- macro _harm(finding, entry) -%}
    {%- set severities = dbt_breaking_changes._severity_counts().keys() | list -%}
    {%- do return(
        [
            dbt_breaking_changes._verdicts().index(entry.verdict),
            1 if finding.get("acknowledged") else 0,
            severities.index(finding.severity),
            1 if finding.caused_by or finding.rule == "model_does_not_bind" else 0,
            finding.node,
            finding.get("column") or "",
            finding.rule,
        ]
        | join("|")
    ) -%}
{%- endmacro -%}
