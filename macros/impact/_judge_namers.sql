{#- Metrics and saved queries that use what a semantic model makes of a changed column, judged by their YAML
    where they have no facts of their own. Returns those that are judged here. -#}
{%- macro _judge_namers(model, root, column, effect, judged, walk) -%}
    {%- set found = [] -%}
    {%- set elements = dbt_breaking_changes._semantic_model_reads(model).get(column, []) -%}
    {%- for unique_id in dbt_breaking_changes._downstream(
        walk, model.unique_id
    ) if elements and "reads" not in (walk.current_facts.get(unique_id) or {}) -%}
        {%- set node = walk.nodes[unique_id] -%}
        {%- set verdict = none -%}
        {%- if node.resource_type == "metric" -%}
            {%- set verdict = dbt_breaking_changes._metric_reads(
                node, root, column, effect, walk
            ) -%}
        {%- elif node.resource_type == "saved_query" -%}
            {%- set verdict = dbt_breaking_changes._verdict_on_named_elements(
                node, model, elements, effect
            ) -%}
        {%- endif -%}
        {%- if verdict and verdict.verdict -%}
            {%- do judged.update(
                {
                    unique_id: dbt_breaking_changes._worse(
                        judged.get(unique_id, {"verdict": none}), verdict
                    )
                }
            ) -%}
            {%- do found.append(unique_id) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- The verdict on a metric or saved query by the elements that use the column, such as "dimension country". An
    entity on the way to something else is joined by, or left out: that is not known. -#}
{%- macro _verdict_on_named_elements(node, model, elements, effect) -%}
    {%- set verdict = namespace(it=none) -%}
    {%- set paths = dbt_breaking_changes._named_paths(dbt_breaking_changes._definition(node)) -%}
    {%- for element in elements if not element.startswith("measure ") -%}
        {%- set kind, name = element.split(" ") -%}
        {%- if dbt_breaking_changes._names_element(node, kind, name, model) -%}
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
