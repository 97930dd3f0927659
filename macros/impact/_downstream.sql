{#- Every consumer below a node, nearest first, with the shortest path to it (both ends left out). -#}
{%- macro _downstream(walk, unique_id) -%}
    {%- if unique_id in walk.downstream -%}
        {%- do return(walk.downstream[unique_id]) -%}
    {%- endif -%}
    {%- set paths = {} -%}
    {%- set queue = [[unique_id, []]] -%}
    {#- A for loop sees what is appended to its list meanwhile: that is the queue. -#}
    {%- for node, via in queue -%}
        {%- for child in walk.children.get(node, []) | sort if child not in paths and child != unique_id -%}
            {%- do paths.update({child: via}) -%} {%- do queue.append([child, via + [child]]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do walk.downstream.update({unique_id: paths}) -%}
    {%- do return(paths) -%}
{%- endmacro -%}
