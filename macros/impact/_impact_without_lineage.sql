{#- A column changed and no SQL was analysed: only what dbt's own metadata names is decided, every
    other consumer is unknown. -#}
{%- macro _impact_without_lineage(change, effect, walk) -%}
    {%- set root = change.node -%}
    {%- set column = (change.column or "") | lower -%}
    {%- set judged = {} -%}
    {%- set decided = {} -%}
    {%- for unique_id, parent in dbt_breaking_changes._downstream(walk, root).items() -%}
        {%- set node = walk.nodes[unique_id] -%}
        {%- set verdict = namespace(is="unknown", detail="no column lineage") -%}
        {%- if node.get("language") == "python" -%} {%- set verdict.detail = "Python model" -%}
        {%- elif parent == root and node.resource_type in [
            "test",
            "semantic_model",
        ] and effect != "position" -%}
            {%- set now = walk.successors.get(root, root) -%}
            {%- set named = dbt_breaking_changes._named_by_metadata(node, now, column, effect) -%}
            {%- set verdict.is, verdict.detail = named -%}
        {%- elif parent in decided -%} {%- set verdict.is = none -%}
        {%- endif -%}
        {%- if verdict.is -%}
            {%- do judged.update(
                {unique_id: {"verdict": verdict.is, "detail": verdict.detail}}
            ) -%}
        {%- else -%} {%- do decided.update({unique_id: true}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- Column tests and semantic models name the columns that they use in their own metadata. -#}
{%- macro _named_by_metadata(node, root, column, effect) -%}
    {%- set broken = "breaks" if effect == "column_gone" else "changes" -%}
    {%- if effect == "column_unknown" -%} {%- set broken = "unknown" -%} {%- endif -%}
    {%- if node.resource_type == "semantic_model" -%}
        {%- set used = dbt_breaking_changes._semantic_model_reads(node).get(column) -%}
        {%- do return([broken if used else none, "uses it in " ~ (used or []) | join(", ")]) -%}
    {%- endif -%}
    {%- set tested = node.get("column_name") -%}
    {%- if tested and node.get("attached_node") == root -%}
        {%- if tested | lower == column -%}
            {%- do return([broken, "tests the column"]) -%}
        {%- endif -%}
        {%- set given = [
            (node.get("test_metadata") or {}).get("kwargs"),
            node.config.get("where"),
        ] -%}
        {%- set named = modules.re.search(
            "\\b" ~ modules.re.escape(column) ~ "\\b", given | string | lower
        ) -%}
        {%- do return(["unknown" if named else none, "its arguments name the column"]) -%}
    {%- endif -%}
    {%- do return(["unknown", "no column lineage"]) -%}
{%- endmacro -%}
