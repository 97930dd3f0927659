{#- The verdict on a metric and why, from YAML alone: by its measures, by what its own definition names, and
    by the metrics that it is computed from, whose filters come with them. -#}
{%- macro _metric_reads(metric, root, column, effect, walk, seen=none) -%}
    {%- set asked = (seen or []) + [metric.unique_id] -%}
    {%- set worst = dbt_breaking_changes._by_measures(metric, root, column, effect, walk) -%}
    {%- for verdict in dbt_breaking_changes._by_names(
        metric, root, column, effect, walk
    ) + dbt_breaking_changes._by_metrics(metric, root, column, effect, walk, asked) -%}
        {%- do worst.update(dbt_breaking_changes._worse(worst, verdict)) -%}
    {%- endfor -%}
    {%- do return(worst) -%}
{%- endmacro -%}

{#- dbt lists every measure that a metric is computed from, also through other metrics, and a semantic
    model says which columns its measures use. -#}
{%- macro _by_measures(metric, root, column, effect, walk) -%}
    {%- set below = dbt_breaking_changes._downstream(walk, root) -%}
    {%- set measures = (metric.get("type_params") or {}).get("input_measures") or [] -%}
    {%- set unknown = namespace(it=not measures) -%}
    {%- for input in measures -%}
        {%- set owner = walk.measures.get(input.name) -%}
        {%- set direct = owner and below.get(owner.model.unique_id, root) == root -%}
        {%- if direct and owner.model.unique_id in below -%}
            {%- set used = dbt_breaking_changes._semantic_model_reads(owner.model) -%}
            {%- if "measure " ~ input.name in used.get(column, []) -%}
                {%- do return(
                    {
                        "verdict": dbt_breaking_changes._verdict_on_named(effect),
                        "detail": "its measure " ~ input.name ~ " uses it",
                    }
                ) -%}
            {%- endif -%}
            {%- for element in used.get(column, []) if dbt_breaking_changes._times_measure(
                owner, element
            ) -%}
                {%- set detail = "its measure " ~ input.name ~ " is dated by " ~ element -%}
                {%- do return({"verdict": "unknown", "detail": detail}) -%}
            {%- endfor -%}
        {#- What is read through another model is judged there where lineage says what passes through. -#}
        {%- elif not direct and not (owner and walk.has_lineage) -%} {%- set unknown.it = true -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set detail = "no column lineage" if unknown.it else none -%}
    {%- do return({"verdict": "unknown" if unknown.it else none, "detail": detail}) -%}
{%- endmacro -%}

{#- Whether an element, such as "dimension day", is the time dimension of a measure, or what it is not
    added up over: only some queries ask for it. -#}
{%- macro _times_measure(owner, element) -%}
    {%- set name = modules.re.escape(element.split(" ")[1]) -%}
    {%- do return(
        not element.startswith("measure ")
        and modules.re.search(
            "\\b" ~ name ~ "\\b", owner.dimensions | string, modules.re.IGNORECASE
        )
    ) -%}
{%- endmacro -%}

{#- The verdicts on a metric whose own filters name an element that uses the column. -#}
{%- macro _by_names(metric, root, column, effect, walk) -%}
    {%- set verdicts = [] -%}
    {%- for child in walk.children.get(root, []) if walk.nodes[child].resource_type == "semantic_model" -%}
        {%- set model = walk.nodes[child] -%}
        {%- set elements = dbt_breaking_changes._semantic_model_reads(model).get(column, []) -%}
        {%- set verdict = dbt_breaking_changes._verdict_on_named_elements(
            metric, model, elements, effect
        ) -%}
        {%- if verdict -%} {%- do verdicts.append(verdict) -%} {%- endif -%}
    {%- endfor -%}
    {%- do return(verdicts) -%}
{%- endmacro -%}

{#- The verdicts on the metrics that a metric is computed from; the list of those that were asked ends
    a circle. -#}
{%- macro _by_metrics(metric, root, column, effect, walk, asked) -%}
    {%- set verdicts = [] -%}
    {%- for parent in dbt_breaking_changes._parents(metric) if parent not in asked and (
        walk.nodes.get(parent) or {}
    ).get("resource_type") == "metric" -%}
        {%- set input = walk.nodes[parent] -%}
        {%- set found = dbt_breaking_changes._metric_reads(
            input, root, column, effect, walk, asked
        ) -%}
        {%- if found.verdict -%}
            {%- set detail = "is computed from " ~ input.name ~ ": " ~ found.detail -%}
            {%- do verdicts.append({"verdict": found.verdict, "detail": detail}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(verdicts) -%}
{%- endmacro -%}

{#- The more harmful of two verdicts, the first where they are alike. -#}
{%- macro _worse(one, other) -%}
    {%- set rank = dbt_breaking_changes._verdicts() -%}
    {%- if other.verdict and (
        not one.verdict or rank.index(other.verdict) < rank.index(one.verdict)
    ) -%}
        {%- do return(other) -%}
    {%- endif -%}
    {%- do return(one) -%}
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
