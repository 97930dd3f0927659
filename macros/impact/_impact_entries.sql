{#- The report's entries for what was judged: one call for all of them, as a call costs more than an entry.
    Without a proven place the line is where the consumer refers to the node before it on the path. -#}
{%- macro _impact_entries(judged, root, walk) -%}
    {%- set paths = dbt_breaking_changes._paths(walk, root, judged) -%}
    {%- set entries = [] -%}
    {%- for unique_id, verdict in judged.items() -%}
        {%- set node = walk.nodes.get(unique_id) or {} -%}
        {%- set path = paths.get(unique_id) or {"length": -1, "first": [], "last": []} -%}
        {%- set via = dbt_breaking_changes._via(path) -%}
        {%- set entry = {
            "node": unique_id,
            "verdict": verdict.verdict,
            "path": dbt_breaking_changes._file_of(node, walk) if node else none,
            "line": none,
            "detail": verdict.detail,
            "via": via,
            "distance": (
                0
                if unique_id == root
                else (path.length + 1 if unique_id in paths else 1)
            ),
            "also": [],
        } -%}
        {%- set reference = verdict.get("reference") or {} -%}
        {%- set file = (
            dbt_breaking_changes._reference_file(reference, node, walk)
            if reference.get("line")
            else none
        ) -%}
        {%- if file -%} {%- do entry.update({"line": reference.line, "path": file}) -%}
        {%- elif dbt_breaking_changes._holds_code(entry.path) -%}
            {%- if reference.get("line") and reference.get("kind") not in ["contract", "table"] -%}
                {%- set place = " (line " ~ reference.line ~ " of its compiled SQL)" -%}
                {%- do entry.update({"detail": entry.detail ~ place}) -%}
            {%- endif -%}
            {%- set pair = (unique_id, via[-1] if via else root) -%}
            {%- if pair not in walk.lines -%}
                {%- set read = walk.nodes.get(pair[1]) or walk.prior_nodes.get(pair[1]) -%}
                {%- set line = dbt_breaking_changes._reference_line(node, read) -%}
                {%- do walk.lines.update({pair: line}) -%}
            {%- endif -%}
            {%- do entry.update({"line": walk.lines[pair]}) -%}
        {%- endif -%}
        {%- do entries.append(entry) -%}
    {%- endfor -%}
    {%- do return(entries) -%}
{%- endmacro -%}

{#- The line of the ref or source call, found by the quoted name. -#}
{%- macro _reference_line(node, parent) -%}
    {#- What runs at the start or end of a run stands in dbt_project.yml, not in a file of its own. -#}
    {%- set code = (node.get("raw_code") or "") if node.resource_type != "operation" else "" -%}
    {%- if code and parent -%}
        {%- for quote in ["'", '"'] -%}
            {%- set position = code.find(quote ~ parent.name ~ quote) -%}
            {%- if position >= 0 -%}
                {%- do return(code[:position].count("\n") + 1) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}
