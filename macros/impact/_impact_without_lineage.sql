{#- A column changed and no SQL was analysed: only what dbt's own metadata names is decided, every
    other consumer is unknown. What does not use the column hands nothing on. -#}
{%- macro _impact_without_lineage(change, effect, walk) -%}
    {%- set root = change.node -%}
    {%- set column = (change.column or "") | lower -%}
    {%- set judged = {} -%}
    {%- set queue = [root] -%}
    {%- for parent in queue -%}
        {%- for unique_id in walk.children.get(parent, []) | sort if unique_id not in judged and unique_id != root -%}
            {%- set node = walk.nodes[unique_id] -%}
            {%- set verdict = dbt_breaking_changes._verdict_without_lineage(
                node, parent, root, column, effect, walk
            ) -%}
            {%- if verdict.verdict == "unknown" and unique_id in walk.built -%}
                {%- set verdict = dbt_breaking_changes._built_now() -%}
            {%- endif -%}
            {%- if verdict.verdict -%}
                {%- do judged.update({unique_id: verdict}) -%} {%- do queue.append(unique_id) -%}
                {%- if parent == root and node.resource_type == "semantic_model" -%}
                    {%- do queue.extend(
                        dbt_breaking_changes._judge_namers(
                            node, root, column, effect, judged, walk
                        )
                    ) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- One consumer of a changed column, by dbt's own metadata alone. -#}
{%- macro _verdict_without_lineage(node, parent, root, column, effect, walk) -%}
    {%- if node.get("language") == "python" -%}
        {%- do return({"verdict": "unknown", "detail": "Python model"}) -%}
    {%- endif -%}
    {%- if node.resource_type == "metric" and effect != "position" -%}
        {%- do return(dbt_breaking_changes._metric_reads(node, root, column, effect, walk)) -%}
    {%- elif parent == root and node.resource_type in [
        "test",
        "semantic_model",
    ] and effect != "position" -%}
        {%- set now = walk.successors.get(root, root) -%}
        {%- do return(dbt_breaking_changes._named_by_metadata(node, now, column, effect)) -%}
    {%- endif -%}
    {%- do return({"verdict": "unknown", "detail": "no column lineage"}) -%}
{%- endmacro -%}

{#- Column tests and semantic models name the columns that they use in their own metadata. -#}
{%- macro _named_by_metadata(node, root, column, effect) -%}
    {%- set broken = dbt_breaking_changes._verdict_on_named(effect) -%}
    {%- if node.resource_type == "semantic_model" -%}
        {%- set used = dbt_breaking_changes._semantic_model_reads(node).get(column) -%}
        {%- do return(
            {
                "verdict": broken if used else none,
                "detail": "uses it in " ~ (used or []) | join(", "),
            }
        ) -%}
    {%- endif -%}
    {%- set tested = node.get("column_name") -%}
    {%- if tested and node.get("attached_node") == root -%}
        {%- if tested | lower == column -%}
            {%- do return({"verdict": broken, "detail": "tests the column"}) -%}
        {%- endif -%}
        {%- set given = [
            (node.get("test_metadata") or {}).get("kwargs"),
            node.config.get("where"),
        ] -%}
        {%- set named = modules.re.search(
            "\\b" ~ modules.re.escape(column) ~ "\\b", given | string | lower
        ) -%}
        {%- do return(
            {
                "verdict": "unknown" if named else none,
                "detail": "its arguments name the column",
            }
        ) -%}
    {%- endif -%}
    {%- do return({"verdict": "unknown", "detail": "no column lineage"}) -%}
{%- endmacro -%}

{#- What a change does to what names its column. -#}
{%- macro _verdict_on_named(effect) -%}
    {%- do return(
        {"column_gone": "breaks", "column_unknown": "unknown"}.get(effect, "changes")
    ) -%}
{%- endmacro -%}
