{#- Several things of one node may not be comparable: it is named once, with every reason, and with those
    who read it, because no finding tells of them. -#}
{%- macro _not_compared(entries, walk) -%}
    {%- set reasons = {} -%}
    {%- for entry in entries -%}
        {%- set known = reasons.setdefault(entry.node, []) -%}
        {%- if entry.reason not in known -%} {%- do known.append(entry.reason) -%} {%- endif -%}
    {%- endfor -%}
    {%- set merged = [] -%}
    {%- for node in reasons -%}
        {%- do merged.append(
            {
                "node": node,
                "reason": reasons[node] | join("; "),
                "readers": dbt_breaking_changes._left_in_doubt(node, walk),
            }
        ) -%}
    {%- endfor -%}
    {%- do return(merged) -%}
{%- endmacro -%}

{#- Who reads a node that is another one than before, in a way that could not be compared. -#}
{%- macro _left_in_doubt(unique_id, walk) -%}
    {%- if unique_id not in walk.nodes -%} {%- do return([]) -%} {%- endif -%}
    {%- set known_before = walk.prior_facts.get(walk.former.get(unique_id, unique_id)) -%}
    {%- if known_before == walk.current_facts.get(unique_id) and not (
        dbt_breaking_changes._was_edited(walk.nodes[unique_id], walk)
    ) -%}
        {%- do return([]) -%}
    {%- endif -%}
    {%- do return(walk.children.get(unique_id, []) | sort) -%}
{%- endmacro -%}
