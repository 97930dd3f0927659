{#- One reader of one changed column: verdict, proof, and the columns it hands on. -#}
{%- macro _judge_reader(parent, column, child, effect, walk) -%}
    {%- set node = walk.nodes[child] -%}
    {%- set before = walk.prior_facts.get(child) or {} -%}
    {%- set after = walk.current_facts.get(child) or {} -%}
    {%- set judged = {"verdict": none, "detail": none, "reference": none, "outputs": []} -%}
    {%- set unreadable = dbt_breaking_changes._unreadable(node, after) -%}
    {%- set metadata_only = ["exposure", "metric", "semantic_model"] -%}
    {%- if node.resource_type in metadata_only or unreadable and node.get("column_name") -%}
        {%- do judged.update(dbt_breaking_changes._judge_metadata(node, parent, column, effect)) -%}
        {%- do return(judged) -%}
    {%- endif -%}
    {%- set broken = dbt_breaking_changes._new_unbound(before, after, parent, column, effect) -%}
    {%- set reads = dbt_breaking_changes._reads_of(after, parent, column) -%}
    {%- set read_before = dbt_breaking_changes._reads_of(before, parent, column) -%}
    {%- set passed = dbt_breaking_changes._handed_on(before, after, parent, column, effect) -%}
    {%- do judged.update({"outputs": passed}) -%}
    {%- if broken and not (after.get("introspection")) -%}
        {%- do judged.update(
            {
                "verdict": "breaks",
                "detail": dbt_breaking_changes._unbound_text(broken, parent, walk),
                "reference": broken,
            }
        ) -%}
    {%- elif unreadable -%} {%- do judged.update({"verdict": "unknown", "detail": unreadable}) -%}
    {%- elif reads and effect != "column_added" -%}
        {%- do judged.update(
            {
                "verdict": "unknown" if effect == "column_unknown" else "changes",
                "detail": "reads "
                ~ dbt_breaking_changes._read_text(reads, parent, walk),
                "reference": reads,
            }
        ) -%}
    {%- elif read_before and effect != "column_added" -%}
        {%- do judged.update(
            {
                "verdict": "adapted" if after.complete else "unknown",
                "detail": (
                    "no longer reads "
                    ~ dbt_breaking_changes._read_text(read_before, parent, walk)
                    if after.complete
                    else after.reason
                ),
            }
        ) -%}
    {%- elif passed -%}
        {%- do judged.update(
            {
                "verdict": "changes",
                "detail": "hands on " ~ passed | join(", ") ~ " through *",
            }
        ) -%}
    {%- elif effect == "column_unknown" and dbt_breaking_changes._has_star(after, parent) -%}
        {%- do judged.update({"verdict": "unknown", "detail": "reads every column"}) -%}
    {%- endif -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- Why the SQL of a reader proves nothing. -#}
{%- macro _unreadable(node, facts) -%}
    {%- if node.get("language") == "python" -%} {%- do return("Python model") -%} {%- endif -%}
    {#- Columns that were only read from the warehouse say nothing about what the SQL reads. -#}
    {%- if not facts or "reads" not in facts -%}
        {%- do return("no column lineage") -%}
    {%- endif -%}
    {%- if facts.get("introspection") -%}
        {%- do return("reads columns at run time: " ~ facts.introspection) -%}
    {%- endif -%}
    {%- if facts.get("blind") -%} {%- do return(facts.blind) -%} {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- Semantic models and column tests name their columns; what exposures query outside dbt is not known. -#}
{%- macro _judge_metadata(node, parent, column, effect) -%}
    {%- if node.resource_type == "exposure" -%}
        {%- do return(
            {"verdict": "unknown", "detail": "what it queries outside dbt is not known"}
        ) -%}
    {%- endif -%}
    {%- if node.resource_type != "metric" -%}
        {%- set named = dbt_breaking_changes._named_by_metadata(node, parent, column, effect) -%}
        {%- do return({"verdict": named[0], "detail": named[1]}) -%}
    {%- endif -%}
    {%- do return({}) -%}
{%- endmacro -%}
