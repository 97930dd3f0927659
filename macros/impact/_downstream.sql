{#- Every consumer below a node, nearest first, with the one before it on the shortest path to it. Whole
    paths are built for those in the report alone: in a deep graph they outgrow it. -#}
{%- macro _downstream(walk, unique_id) -%}
    {%- if unique_id in walk.downstream -%}
        {%- do return(walk.downstream[unique_id]) -%}
    {%- endif -%}
    {%- set before = {} -%}
    {%- set queue = [unique_id] -%}
    {#- A for loop sees what is appended to its list meanwhile: that is the queue. -#}
    {%- for node in queue -%}
        {%- for child in walk.children.get(node, []) | sort if child not in before and child != unique_id -%}
            {%- do before.update({child: node}) -%} {%- do queue.append(child) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do walk.downstream.update({unique_id: before}) -%}
    {%- do return(before) -%}
{%- endmacro -%}

{#- The shortest paths from a node to such consumers, both ends left out. -#}
{%- macro _paths(walk, root, consumers) -%}
    {%- set before = dbt_breaking_changes._downstream(walk, root) -%}
    {%- set paths = {root: []} -%}
    {%- for consumer in consumers if consumer in before -%}
        {%- set climbed = [consumer] -%}
        {%- for node in climbed -%}
            {%- if before[node] not in paths -%}
                {%- do climbed.append(before[node]) -%}
            {%- endif -%}
        {%- endfor -%}
        {#- What a path leads through is nearer, so that its own path is known by then. -#}
        {%- for node in climbed | reverse -%}
            {%- set parent = before[node] -%}
            {%- do paths.update({node: paths[parent] + ([parent] if parent != root else [])}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(paths) -%}
{%- endmacro -%}
