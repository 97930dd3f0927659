{#- One downstream node with its verdict; without a proven place the line is where it refers to the
    node before it on the path. -#}
{%- macro _impact_entry(walk, root, unique_id, verdict, detail, reference=none) -%}
    {%- set node = walk.nodes[unique_id] -%}
    {%- set via = dbt_breaking_changes._downstream(walk, root).get(unique_id, []) -%}
    {%- set entry = {
        "node": unique_id,
        "verdict": verdict,
        "path": node.get("original_file_path"),
        "line": none,
        "detail": detail,
        "via": via,
    } -%}
    {%- if reference and reference.get("line") -%}
        {%- do entry.update(
            {"line": reference.line, "path": reference.get("path") or entry.path}
        ) -%}
    {%- else -%}
        {%- set parent = via[-1] if via else root -%}
        {%- do entry.update(
            {
                "line": dbt_breaking_changes._reference_line(
                    node, walk.nodes.get(parent) or walk.prior_nodes.get(parent)
                )
            }
        ) -%}
    {%- endif -%}
    {%- do return(entry) -%}
{%- endmacro -%}

{#- The line of the ref or source call, found by the quoted name. -#}
{%- macro _reference_line(node, parent) -%}
    {%- set code = node.get("raw_code") or "" -%}
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
