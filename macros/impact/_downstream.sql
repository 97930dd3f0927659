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

{#- The shortest paths from a node to such consumers, both ends left out: how many nodes each has, and
    its first and last three, so that a long chain costs no more than a short one. -#}
{%- macro _paths(walk, root, consumers) -%}
    {%- set before = dbt_breaking_changes._downstream(walk, root) -%}
    {%- set paths = {root: {"length": 0, "first": [], "last": []}} -%}
    {%- for consumer in consumers if consumer in before -%}
        {%- set climbed = [consumer] -%}
        {%- for node in climbed -%}
            {%- if before[node] not in paths -%}
                {%- do climbed.append(before[node]) -%}
            {%- endif -%}
        {%- endfor -%}
        {#- What a path leads through is nearer, so that its own path is known by then. -#}
        {%- for node in climbed | reverse -%}
            {%- set path = paths[before[node]] -%}
            {%- set step = [before[node]] if before[node] != root else [] -%}
            {%- do paths.update(
                {
                    node: {
                        "length": path.length + step | length,
                        "first": (path.first + step)[:3],
                        "last": (path.last + step)[-3:],
                    }
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(paths) -%}
{%- endmacro -%}

{#- At most six nodes of a path: all of them, or its two ends. -#}
{%- macro _via(path) -%}
    {%- set rest = [path.length - 3, 3] | min -%}
    {%- do return(path.first + (path.last[-rest:] if rest > 0 else [])) -%}
{%- endmacro -%}
