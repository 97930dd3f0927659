{#- Who uses an element of a semantic model, a metric or a saved query that went or is defined
    otherwise: metrics name measures, filters and saved queries name dimensions and entities. What is
    computed from a changed metric changes as well. -#}
{%- macro _impact_of_element(change, effect, walk) -%}
    {%- set judged = {} -%}
    {%- set root = walk.prior_nodes[change.node] -%}
    {%- set queue = walk.children.get(change.node, []) | sort -%}
    {%- if root.resource_type == "semantic_model" -%}
        {%- set queue = dbt_breaking_changes._named_consumers(
            change, effect, root, judged, walk
        ) -%}
    {%- endif -%}
    {%- for unique_id in queue if unique_id not in judged -%}
        {%- set consumer = walk.nodes[unique_id] -%}
        {%- if consumer.resource_type == "exposure" -%}
            {%- set detail = "what it queries outside dbt is not known" -%}
            {%- do judged.update({unique_id: {"verdict": "unknown", "detail": detail}}) -%}
        {%- else -%}
            {%- set detail = "is computed from what changed" -%}
            {%- do judged.update({unique_id: {"verdict": "changes", "detail": detail}}) -%}
            {%- for child in walk.children.get(unique_id, []) | sort if child not in queue -%}
                {%- do queue.append(child) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._spread(judged, "breaks", "changes", walk) -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- Judges those who name an element of a semantic model; returns those who follow them. -#}
{%- macro _named_consumers(change, effect, model, judged, walk) -%}
    {%- set below = [] -%}
    {%- set kind = change.rule.split("_")[0] -%}
    {%- set called = kind ~ " " ~ change.column -%}
    {%- for unique_id in dbt_breaking_changes._downstream(walk, change.node) -%}
        {%- set node = walk.nodes[unique_id] -%}
        {%- set prior = walk.prior_nodes.get(unique_id) or {} -%}
        {%- set now = dbt_breaking_changes._names_element(node, kind, change.column, model) -%}
        {%- set was = dbt_breaking_changes._names_element(prior, kind, change.column, model) -%}
        {%- set verdict = none -%}
        {%- if now -%}
            {%- set gone = effect == "element_gone" -%}
            {%- set verdict = {
                "verdict": "breaks" if gone else "changes",
                "detail": "uses " ~ called,
            } -%}
            {%- for child in walk.children.get(unique_id, []) | sort if not gone -%}
                {%- do below.append(child) -%}
            {%- endfor -%}
        {%- elif was -%}
            {%- set verdict = {"verdict": "adapted", "detail": "no longer uses " ~ called} -%}
        {%- endif -%}
        {%- if verdict -%} {%- do judged.update({unique_id: verdict}) -%} {%- endif -%}
    {%- endfor -%}
    {%- do return(below) -%}
{%- endmacro -%}

{#- Whether a metric or a saved query names an element itself. Outside its own semantic model a
    dimension goes by order__country, where order is an entity that is unique there. -#}
{%- macro _names_element(node, kind, name, model) -%}
    {%- if node.get("resource_type") not in ["metric", "saved_query"] -%}
        {%- do return(false) -%}
    {%- endif -%}
    {%- set definition = dbt_breaking_changes._definition(node) -%}
    {%- if kind == "measure" -%}
        {%- do return(name in dbt_breaking_changes._used_measures(definition)) -%}
    {%- endif -%}
    {%- set owners = [model.get("primary_entity")] -%}
    {%- for entity in model.get("entities") or [] if entity.type != "foreign" -%}
        {%- do owners.append(entity.name) -%}
    {%- endfor -%}
    {%- for path in dbt_breaking_changes._named_paths(definition) -%}
        {%- if kind == "entity" and name | lower in path -%} {%- do return(true) -%} {%- endif -%}
        {%- for step in path[1:] -%}
            {%- if step == name | lower and path[loop.index0] in owners -%}
                {%- do return(true) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(false) -%}
{%- endmacro -%}

{#- What a definition names by Dimension('order__country') and the like, or by a bare order__country in a
    saved query, each as the list of its steps; other words of a filter name nothing. -#}
{%- macro _named_paths(definition) -%}
    {%- set paths = [] -%}
    {%- set texts = dbt_breaking_changes._filter_texts(definition) -%}
    {%- for called, rest in modules.re.findall(
        "\\b(?:Time)?(?:Dimension|Entity)\\s*\\(\\s*(?:[a-z_]+\\s*=\\s*)?['\"]([^'\"]+)['\"]([^)]*)",
        texts,
    ) -%}
        {%- set led = modules.re.findall("entity_path\\s*=\\s*[\\[(]([^\\])]*)", rest) -%}
        {%- set path = modules.re.findall("[a-z0-9_]+", led | join | lower) -%}
        {%- do paths.append((path + [called]) | join("__")) -%}
    {%- endfor -%}
    {%- for key in ["group_by", "order_by"] -%}
        {%- for text in definition.get(key) or [] if text is string and "(" not in text -%}
            {%- do paths.append(text | lower | trim) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do paths.append((definition.get("conversion_type_params") or {}).get("entity") or "") -%}
    {%- set steps = [] -%}
    {%- for path in paths -%} {%- do steps.append((path | lower).split("__")) -%} {%- endfor -%}
    {%- do return(steps) -%}
{%- endmacro -%}

{#- The texts in which a definition names dimensions and entities: filters, groupings and orders. -#}
{%- macro _filter_texts(definition) -%}
    {%- set texts = [] -%}
    {%- for key in ["filter", "group_by", "where", "order_by"] -%}
        {%- do texts.append(definition.get(key)) -%}
    {%- endfor -%}
    {%- for key in ["measure", "numerator", "denominator"] -%}
        {%- set input = definition.get(key) -%}
        {%- do texts.append(input.get("filter") if input is mapping else none) -%}
    {%- endfor -%}
    {%- for metric in definition.get("metrics") or [] if metric is mapping -%}
        {%- do texts.append(metric.get("filter")) -%}
    {%- endfor -%}
    {%- set given = definition.get("conversion_type_params") or {} -%}
    {%- for key in ["base_measure", "conversion_measure"] if given.get(key) is mapping -%}
        {%- do texts.append(given[key].get("filter")) -%}
    {%- endfor -%}
    {%- set templates = [] -%}
    {%- for text in texts if text -%}
        {%- for one in (text.get("where_filters") or [] if text is mapping else [text]) -%}
            {%- if one is mapping -%}
                {%- do templates.append(one.get("where_sql_template") or "") -%}
            {%- elif one is string -%} {%- do templates.append(one) -%}
            {%- else -%} {%- do templates.extend(one | map("string")) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(templates | join("\n")) -%}
{%- endmacro -%}

{#- The measures that a definition names itself, not through another metric. -#}
{%- macro _used_measures(definition) -%}
    {%- set given = definition.get("conversion_type_params") or {} -%}
    {%- set used = [] -%}
    {%- for measure in [
        definition.get("measure"),
        given.get("base_measure"),
        given.get("conversion_measure"),
    ] if measure -%}
        {%- do used.append(measure if measure is string else measure.name) -%}
    {%- endfor -%}
    {%- do return(used) -%}
{%- endmacro -%}
