{#- Saved queries that group, order or filter by what a semantic model makes of a changed column: their
    metrics need not use it. What was bound like SQL has facts of its own. Returns those judged here. -#}
{%- macro _judge_namers(model, column, effect, judged, walk) -%}
    {%- set found = [] -%}
    {%- set elements = dbt_breaking_changes._semantic_model_reads(model).get(column, []) -%}
    {%- for unique_id in walk.saved_queries if elements and unique_id not in judged and "reads" not in (
        walk.current_facts.get(unique_id) or {}
    ) -%}
        {%- set verdict = dbt_breaking_changes._verdict_on_named_elements(
            walk.nodes[unique_id], model, elements, effect
        ) -%}
        {%- if verdict -%}
            {%- do judged.update({unique_id: verdict}) -%} {%- do found.append(unique_id) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- The verdict on one saved query by the elements that use the column, such as "dimension country". An
    entity on the way to something else is joined by, or left out: that is not known. -#}
{%- macro _verdict_on_named_elements(query, model, elements, effect) -%}
    {%- set verdict = namespace(it=none) -%}
    {%- set paths = dbt_breaking_changes._named_paths(dbt_breaking_changes._definition(query)) -%}
    {%- for element in elements if not element.startswith("measure ") -%}
        {%- set kind, name = element.split(" ") -%}
        {%- if dbt_breaking_changes._names_element(query, kind, name, model) -%}
            {%- set sure = (
                kind == "dimension"
                or paths | map("last") | select("equalto", name | lower) | list
            ) -%}
            {%- if sure or not verdict.it -%}
                {%- set verdict.it = {
                    "verdict": (
                        dbt_breaking_changes._verdict_on_named(effect)
                        if sure
                        else "unknown"
                    ),
                    "detail": "its definition names " ~ element ~ ", which uses it",
                } -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(verdict.it) -%}
{%- endmacro -%}
