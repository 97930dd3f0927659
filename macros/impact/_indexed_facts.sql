{#- The facts of one node on one side by what is asked of them, built once a node, for it is judged once a
    change above it: its reads by parent and top-level name, and of the prior side its own columns by
    the column that they come from, of the current side its stars by parent and its columns by name. -#}
{%- macro _indexed_facts(side, unique_id, walk) -%}
    {%- set known = walk.indexed[side] -%}
    {%- if unique_id in known -%} {%- do return(known[unique_id]) -%} {%- endif -%}
    {%- set facts = (walk.prior_facts if side == "prior" else walk.current_facts).get(
        unique_id
    ) or {} -%}
    {%- set index = {"reads": {}, "stars": {}, "outputs": {}, "columns": {}} -%}
    {%- do known.update({unique_id: index}) -%}
    {%- for read in facts.get("reads") or [] -%}
        {%- set key = (read["parent"], (read["column"] | lower).split(".")[0]) -%}
        {%- do index["reads"].setdefault(key, []).append(read) -%}
    {%- endfor -%}
    {%- for own in facts.get("columns") or [] if side == "prior" -%}
        {%- set entry = {own["name"] | lower: own} -%}
        {%- for source in own["from"] or [] -%}
            {%- set key = (source[0], source[1] | lower) -%}
            {%- do index["outputs"].setdefault(key, {}).update(entry) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if side == "current" -%}
        {%- for star in facts.get("stars") or [] -%}
            {%- do index["stars"].setdefault(star["parent"], star) -%}
        {%- endfor -%}
        {%- for own in facts.get("columns") or [] -%}
            {%- do index["columns"].update({own["name"] | lower: own}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do return(index) -%}
{%- endmacro -%}
