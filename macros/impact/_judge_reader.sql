{#- One reader of one changed column: verdict, proof, and the columns it hands on. -#}
{%- macro _judge_reader(parent, column, child, effect, walk) -%}
    {%- set node = walk.nodes[child] -%}
    {%- set before = walk.prior_facts.get(walk.former.get(child, child)) or {} -%}
    {%- set after = walk.current_facts.get(child) or {} -%}
    {%- set judged = {"verdict": none, "detail": none, "reference": none, "outputs": []} -%}
    {%- set unreadable = dbt_breaking_changes._unreadable(node, after) -%}
    {%- set metadata_only = ["exposure", "metric", "semantic_model"] -%}
    {%- if node.resource_type in metadata_only or unreadable and node.get("column_name") -%}
        {%- do judged.update(
            dbt_breaking_changes._judge_metadata(
                node, walk.successors.get(parent, parent), column, effect
            )
        ) -%}
        {%- do return(judged) -%}
    {%- endif -%}
    {#- A renamed parent has another unique_id on each side. -#}
    {%- set was = walk.former.get(parent, parent) -%}
    {%- set now = walk.successors.get(parent, parent) -%}
    {%- set broken = dbt_breaking_changes._new_unbound(before, after, now, column, effect, walk) -%}
    {%- set passed = dbt_breaking_changes._handed_on(before, after, was, column, effect) -%}
    {%- do judged.update({"outputs": passed}) -%}
    {#- What is compiled from columns read at run time is as old as the last run. -#}
    {%- if broken and not after.get("introspection") -%}
        {%- do judged.update(
            {
                "verdict": "breaks",
                "detail": dbt_breaking_changes._unbound_text(broken, parent, walk),
                "reference": broken,
            }
        ) -%}
    {%- else -%}
        {%- do judged.update(
            dbt_breaking_changes._judge_bound_reader(
                node, before, after, was, now, column, effect, passed, walk
            )
        ) -%}
    {%- endif -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- The verdict on a reader whose SQL still binds, as far as that is known. -#}
{%- macro _judge_bound_reader(node, before, after, was, now, column, effect, passed, walk) -%}
    {%- set unreadable = dbt_breaking_changes._unreadable(node, after) -%}
    {%- set reads = dbt_breaking_changes._reads_of(after, now, column) -%}
    {%- set read_before = dbt_breaking_changes._reads_of(before, was, column) -%}
    {%- set star = dbt_breaking_changes._star_of(after, now) -%}
    {%- set partial = star and not after.complete -%}
    {%- if unreadable -%} {%- do return({"verdict": "unknown", "detail": unreadable}) -%}
    {%- elif effect == "position" and star and star.positional -%}
        {%- do return(
            {
                "verdict": "breaks",
                "detail": "a set operation takes the columns of "
                ~ walk.nodes[now].name
                ~ " by position",
            }
        ) -%}
    {%- elif reads and effect != "column_added" -%}
        {%- do return(
            {
                "verdict": "unknown" if effect == "column_unknown" else "changes",
                "detail": "reads " ~ dbt_breaking_changes._read_text(reads, now, walk),
                "reference": reads,
            }
        ) -%}
    {%- elif partial and effect not in ["position", "column_added"] -%}
        {%- do return({"verdict": "unknown", "detail": after.reason}) -%}
    {%- elif read_before and effect != "column_added" -%}
        {%- set detail = "no longer reads " ~ dbt_breaking_changes._read_text(
            read_before, was, walk
        ) -%}
        {%- do return({"verdict": "adapted", "detail": detail}) -%}
    {%- elif passed -%}
        {%- set detail = "hands on " ~ passed | join(", ") ~ " through *" -%}
        {%- do return({"verdict": "changes", "detail": detail}) -%}
    {%- elif effect == "column_unknown" and star -%}
        {%- do return({"verdict": "unknown", "detail": "reads every column"}) -%}
    {%- endif -%}
    {%- do return({}) -%}
{%- endmacro -%}
