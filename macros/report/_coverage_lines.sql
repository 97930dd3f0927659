{#- "Nothing broke" and "nothing could be compared" must not look alike. -#}
{%- macro _coverage_lines(coverage, names, view) -%}
    {%- set evidence = [] -%}
    {%- for name, count in coverage.by_evidence.items() -%}
        {%- do evidence.append(count ~ " by " ~ name) -%}
    {%- endfor -%}
    {%- set counts = (
        "coverage: "
        ~ coverage.nodes
        ~ " nodes, "
        ~ coverage.changed
        ~ " changed, "
        ~ coverage.compared
        ~ " compared"
        ~ (" (" ~ evidence | join(", ") ~ ")" if evidence else "")
    ) -%}
    {%- set lines = dbt_breaking_changes._wrapped("", counts, view) -%}
    {%- if coverage.get("proof") -%}
        {%- do lines.extend(dbt_breaking_changes._proof_lines(coverage.proof, view)) -%}
    {%- endif -%}
    {%- do lines.extend(
        dbt_breaking_changes._package_lines(coverage.get("packages") or [], view)
    ) -%}
    {%- do lines.extend(
        dbt_breaking_changes._not_compared_lines(coverage.not_compared, names, view)
    ) -%}
    {%- set room = coverage.ignored | length if view.full else 3 -%}
    {%- for ignored in coverage.ignored[:room] -%}
        {%- do lines.append(dbt_breaking_changes._ignored_line(ignored, view)) -%}
    {%- endfor -%}
    {%- if coverage.ignored | length > room -%}
        {%- set rest = coverage.ignored[room:] -%}
        {%- set counts = (
            rest
            | sum(attribute="changes") ~ " changes by " ~ rest
            | length ~ " more entries, " ~ rest
            | sum(attribute="breaks") ~ " with a proven break"
        ) -%}
        {%- do lines.append(dbt_breaking_changes._fitting("ignored: ", counts, view)) -%}
    {%- endif -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{#- How many of the consumers that break the engine was asked about, and what it says. -#}
{%- macro _proof_lines(proof, view) -%}
    {%- set parts = [] -%}
    {%- for count, word in [
        [proof.confirmed, "proven"],
        [proof.contradicted, "contradicted"],
        [proof.undecided, "not proven"],
        [proof.not_asked, "not asked about"],
    ] if count -%}
        {%- do parts.append(count ~ " " ~ word) -%}
    {%- endfor -%}
    {%- set text = (
        "proof by " ~ proof.engine ~ ": of the consumers that break " ~ parts
        | join(", ")
    ) -%}
    {%- do return(dbt_breaking_changes._wrapped("", text, view)) -%}
{%- endmacro -%}

{#- What could not be compared, those with one reason together. -#}
{%- macro _not_compared_lines(entries, names, view) -%}
    {%- if not entries -%} {%- do return([]) -%} {%- endif -%}
    {%- set by_reason = {} -%}
    {%- for entry in entries -%}
        {%- do by_reason.setdefault(entry.reason, []).append(entry) -%}
    {%- endfor -%}
    {%- set lines = ["not compared:"] -%}
    {%- set room = by_reason | length if view.full or by_reason | length <= 4 else 3 -%}
    {%- for reason, alike in (by_reason.items() | list)[:room] -%}
        {%- set nodes = alike | map(attribute="node") | list -%}
        {%- set listed = dbt_breaking_changes._named(nodes, names, view, []) -%}
        {%- do lines.extend(
            dbt_breaking_changes._wrapped("        ", listed ~ ": " ~ reason, view)
        ) -%}
        {%- set consumers = {} -%}
        {%- for entry in alike -%}
            {%- for consumer in entry.readers -%}
                {%- do consumers.update({consumer: true}) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if consumers -%}
            {%- do lines.append(
                dbt_breaking_changes._fitting(
                    "            " ~ "downstream nodes not checked: ",
                    dbt_breaking_changes._named(consumers | list, names, view, []),
                    view,
                )
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set rest = [] -%}
    {%- for alike in (by_reason.values() | list)[room:] -%}
        {%- do rest.extend(alike) -%}
    {%- endfor -%}
    {%- if rest -%}
        {%- do lines.append("        " ~ rest | length ~ " more for other reasons") -%}
    {%- endif -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{%- macro _ignored_line(ignored, view) -%}
    {%- set keys = [] -%}
    {%- for key, value in ignored.entry.items() -%}
        {%- do keys.append(key ~ ": " ~ value) -%}
    {%- endfor -%}
    {%- set breaks = ", " ~ ignored.breaks ~ " with a proven break" if ignored.breaks else "" -%}
    {%- set changes = ignored.changes ~ (" change" if ignored.changes == 1 else " changes") -%}
    {%- do return(
        dbt_breaking_changes._fitting(
            "ignored: " ~ changes ~ breaks ~ " ",
            "by breaking_changes_ignore {" ~ keys | join(", ") ~ "}",
            view,
        )
    ) -%}
{%- endmacro -%}
