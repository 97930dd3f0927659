{#- The verdict on a metric and why: dbt lists every measure that it is computed from, also through other
    metrics, and a semantic model says which columns its measures and dimensions use. -#}
{%- macro _metric_reads(metric, root, column, effect, walk) -%}
    {%- set below = dbt_breaking_changes._downstream(walk, root) -%}
    {%- set measures = (metric.get("type_params") or {}).get("input_measures") or [] -%}
    {%- set broken = dbt_breaking_changes._verdict_on_named(effect) -%}
    {%- set texts = [metric.get("filter"), metric.get("type_params")] -%}
    {%- set unknown = namespace(it=not measures) -%}
    {%- for input in measures -%}
        {%- set owner = walk.measures.get(input.name) -%}
        {%- if not owner or below.get(owner.model.unique_id, root) != root -%}
            {%- set unknown.it = true -%}
        {%- else -%}
            {%- set used = dbt_breaking_changes._semantic_model_reads(owner.model) -%}
            {%- if owner.model.unique_id in below and "measure " ~ input.name in used.get(
                column, []
            ) -%}
                {%- set detail = "its measure " ~ input.name ~ " uses it" -%}
                {%- do return({"verdict": broken, "detail": detail}) -%}
            {%- endif -%}
            {%- do texts.append(owner.dimensions) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if unknown.it -%}
        {%- do return({"verdict": "unknown", "detail": "no column lineage"}) -%}
    {%- endif -%}
    {%- for child in walk.children.get(root, []) if walk.nodes[child].resource_type == "semantic_model" -%}
        {%- set used = dbt_breaking_changes._semantic_model_reads(walk.nodes[child]) -%}
        {%- for element in used.get(column, []) if not element.startswith("measure ") -%}
            {%- set name = modules.re.escape(element.split(" ")[1]) -%}
            {#- A filter writes order__day for a dimension that is reached through an entity. -#}
            {%- if modules.re.search(
                "(?:\\b|__)" ~ name ~ "(?:\\b|__)", texts | string, modules.re.IGNORECASE
            ) -%}
                {%- set detail = "its definition names " ~ element ~ ", which uses it" -%}
                {%- do return({"verdict": "unknown", "detail": detail}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return({"verdict": none, "detail": none}) -%}
{%- endmacro -%}

{#- Measure to its semantic model, and what names the dimensions that it needs in every query. -#}
{%- macro _measures(side) -%}
    {%- set measures = {} -%}
    {%- for model in (side.get("semantic_models") or {}).values() -%}
        {%- for measure in model.get("measures") or [] -%}
            {%- set day = measure.get("agg_time_dimension") or (
                model.get("defaults") or {}
            ).get("agg_time_dimension") -%}
            {%- do measures.update(
                {
                    measure.name: {
                        "model": model,
                        "dimensions": [day, measure.get("non_additive_dimension")],
                    }
                }
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(measures) -%}
{%- endmacro -%}
