{#- The report for people: each finding with who breaks, then what was compared and what was not. -#}
{%- macro _render_text(report, prior_name) -%}
    {%- set lines = [
        dbt_breaking_changes._verdict_line(report) ~ ", compared with " ~ prior_name
    ] -%}
    {%- set causes = {} -%}
    {%- for change in report.changes -%}
        {%- do causes.update({change.fingerprint: change}) -%}
    {%- endfor -%}
    {%- for change in report.changes -%}
        {%- set cause = causes.get(change.caused_by) -%}
        {%- do lines.append("") -%}
        {%- do lines.extend(dbt_breaking_changes._finding_lines(change, cause)) -%}
    {%- endfor -%}
    {%- do lines.append("") -%}
    {%- do lines.extend(dbt_breaking_changes._coverage_lines(report.coverage)) -%}
    {%- do lines.append("result: " ~ report.result) -%}
    {%- do return(lines | join("\n")) -%}
{%- endmacro -%}

{%- macro _finding_lines(change, cause) -%}
    {%- set label = "acknowledged" if change.acknowledged else change.severity -%}
    {%- set lines = ["%-7s %s: %s" | format(label, change.rule, change.message)] -%}
    {%- if change.path -%}
        {%- do lines.append("        at " ~ change.path ~ ":" ~ change.line) -%}
    {%- endif -%}
    {%- set evidence = [] -%}
    {%- if change.before and change.rule == "column_removed" -%}
        {%- do evidence.append("was " ~ change.before) -%}
    {%- endif -%}
    {%- if change.evidence -%}
        {%- do evidence.append("evidence: " ~ change.evidence) -%}
    {%- endif -%}
    {%- if change.audience -%}
        {%- do evidence.append("audience: " ~ change.audience) -%}
    {%- endif -%}
    {%- if evidence -%} {%- do lines.append("        " ~ evidence | join(", ")) -%} {%- endif -%}
    {%- if cause -%}
        {%- do lines.append(
            "        follows from "
            ~ cause.rule
            ~ " of "
            ~ cause.node
            ~ ("." ~ cause.column if cause.column else "")
        ) -%}
    {%- endif -%}
    {%- do lines.extend(dbt_breaking_changes._impact_lines(change.impact)) -%}
    {%- if change.unaffected -%}
        {%- do lines.append("        not affected: " ~ change.unaffected ~ " downstream") -%}
    {%- endif -%}
    {%- if change.acknowledged -%}
        {%- do lines.append(
            "        agreed: "
            ~ change.acknowledged.reason
            ~ (
                " (until " ~ change.acknowledged.expires ~ ")"
                if change.acknowledged.expires
                else ""
            )
        ) -%}
    {%- else -%} {%- do lines.append("        fix: " ~ change.fix) -%}
    {%- endif -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{#- "Nothing broke" and "nothing could be compared" must not look alike. -#}
{%- macro _coverage_lines(coverage) -%}
    {%- set evidence = [] -%}
    {%- for name, count in coverage.by_evidence.items() -%}
        {%- do evidence.append(count ~ " by " ~ name) -%}
    {%- endfor -%}
    {%- set lines = [
        "coverage: "
        ~ coverage.nodes
        ~ " nodes, "
        ~ coverage.changed
        ~ " changed, "
        ~ coverage.compared
        ~ " compared"
        ~ (" (" ~ evidence | join(", ") ~ ")" if evidence else "")
    ] -%}
    {%- if coverage.not_compared -%}
        {%- do lines.append("not compared:") -%}
        {%- for entry in coverage.not_compared -%}
            {%- do lines.append("        " ~ entry.node ~ ": " ~ entry.reason) -%}
            {%- if entry.readers -%}
                {%- do lines.append(
                    "            unknown for its readers: "
                    ~ dbt_breaking_changes._shortened(entry.readers)
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for ignored in coverage.ignored -%}
        {%- set keys = [] -%}
        {%- for key, value in ignored.entry.items() -%}
            {%- do keys.append(key ~ ": " ~ value) -%}
        {%- endfor -%}
        {%- do lines.append(
            "ignored: "
            ~ ignored.changes
            ~ (" change" if ignored.changes == 1 else " changes")
            ~ " by breaking_changes_ignore {"
            ~ keys
            | join(", ")
            ~ "}"
            ~ (", " ~ ignored.breaks ~ " with a proven break" if ignored.breaks else "")
        ) -%}
    {%- endfor -%}
    {%- do return(lines) -%}
{%- endmacro -%}
