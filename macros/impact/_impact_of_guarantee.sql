{#- Whether a consumer relied on a guarantee cannot be seen in its SQL: who reads the column may. -#}
{%- macro _impact_of_guarantee(change, walk) -%}
    {%- set root = change.node -%}
    {%- set column = (change.column or "") | lower -%}
    {%- set judged = {} -%}
    {%- for child in walk.children.get(root, []) if walk.nodes[child].resource_type != "test" -%}
        {%- set facts = walk.current_facts.get(child) -%}
        {%- set reads = namespace(it=not facts or not column) -%}
        {%- for read in (facts or {}).get("reads") or [] if walk.former.get(read.parent, read.parent) == root -%}
            {%- if read.column | lower in column.split(", ") -%}
                {%- set reads.it = true -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if reads.it -%}
            {%- set detail = "may rely on it" if facts else "no column lineage" -%}
            {%- do judged.update({child: {"verdict": "unknown", "detail": detail}}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(judged) -%}
{%- endmacro -%}
