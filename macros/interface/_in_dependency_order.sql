{#- Parents before their consumers, so that what is known of a parent helps to judge its consumers. -#}
{%- macro _in_dependency_order(pairs) -%}
    {%- set ordered = [] -%}
    {%- set waiting = {} -%}
    {%- for pair in pairs -%} {%- do waiting.update({pair.after.unique_id: pair}) -%} {%- endfor -%}
    {%- for round in pairs if waiting -%}
        {%- for unique_id, pair in waiting.copy().items() -%}
            {%- set parents = (pair.after.get("depends_on") or {}).get("nodes") or [] -%}
            {%- if not parents | select("in", waiting) | list -%}
                {%- do ordered.append(waiting.pop(unique_id)) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(ordered) -%}
{%- endmacro -%}
