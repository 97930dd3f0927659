{#- Follows a changed column through the SQL of its consumers: each consumer is judged by its own facts,
    and the columns it passes through are followed in turn. -#}
{%- macro _impact_of_column(change, effect, walk) -%}
    {%- set root = change.node -%}
    {%- set rank = dbt_breaking_changes._verdicts() -%}
    {%- set judged = {} -%}
    {%- set start = (root, (change.column or "") | lower) -%}
    {%- set queue = [start] -%}
    {%- set seen = {start: true} -%}
    {%- set now = walk.successors.get(root, root) -%}
    {#- An incremental model or a snapshot writes into the table that its own former SQL made. -#}
    {%- set own = dbt_breaking_changes._new_unbound(
        walk.prior_facts.get(root) or {},
        walk.current_facts.get(now) or {},
        now,
        start[1],
        effect,
        walk,
        own=true,
    ) -%}
    {%- if own -%}
        {%- do judged.update(
            {
                root: {
                    "verdict": "breaks",
                    "detail": dbt_breaking_changes._unbound_text(own[0], root, walk),
                    "reference": own[0],
                    "references": own,
                }
            }
        ) -%}
    {%- endif -%}
    {%- set untold = dbt_breaking_changes._unread_hook(
        walk.current_facts.get(now) or {}, now, start[1], effect, own=true
    ) -%}
    {%- if untold and not judged -%}
        {%- do judged.update({root: {"verdict": "unknown", "detail": untold}}) -%}
    {%- endif -%}
    {%- for parent, column in queue -%}
        {%- for child in walk.children.get(parent, []) -%}
            {#- The same step is part of the impact of every change above it. -#}
            {%- set step = (parent, column, child, effect) -%}
            {%- if step not in walk.judged -%}
                {%- do walk.judged.update(
                    {
                        step: dbt_breaking_changes._judge_consumer(
                            parent, column, child, effect, walk
                        )
                    }
                ) -%}
            {%- endif -%}
            {%- set consumer = walk.judged[step] -%}
            {%- if walk.built and consumer.verdict == "unknown" and child in walk.built -%}
                {%- set consumer = dict(consumer, **dbt_breaking_changes._built_now()) -%}
            {%- endif -%}
            {%- if consumer.verdict and walk.nodes[child].resource_type == "semantic_model" -%}
                {%- do dbt_breaking_changes._judge_namers(
                    walk.nodes[child], parent, column, effect, judged, walk
                ) -%}
            {%- endif -%}
            {%- set known = judged.get(child) -%}
            {%- if consumer.verdict and (
                not known or rank.index(consumer.verdict) < rank.index(known.verdict)
            ) -%}
                {%- do judged.update({child: consumer}) -%}
            {%- elif known and known.verdict == "breaks" and consumer.references -%}
                {%- set references = known.references + consumer.references -%}
                {%- do judged.update({child: dict(known, references=references)}) -%}
            {%- endif -%}
            {%- for output in consumer.outputs if (child, output) not in seen -%}
                {%- do seen.update({(child, output): true}) -%}
                {%- do queue.append((child, output)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._spread(judged, "unknown", "unknown", walk) -%}
    {%- do dbt_breaking_changes._spread(judged, "breaks", "changes", walk) -%}
    {%- do return(judged) -%}
{%- endmacro -%}

{#- The verdict on an undecided consumer that this run built on what the warehouse has now. -#}
{%- macro _built_now() -%}
    {%- do return({"verdict": "changes", "detail": "this run built it, so it does not break"}) -%}
{%- endmacro -%}

{#- What stands below an undecided or a broken node shares its fate, with that node as the cause. -#}
{%- macro _spread(judged, cause, verdict, walk) -%}
    {%- set seen = {} -%}
    {%- if cause == "breaks" -%}
        {%- do dbt_breaking_changes._break_callers(judged, walk) -%}
    {%- endif -%}
    {%- for source, of_source in judged.items() | list if of_source.verdict == cause -%}
        {%- set known = cause == "unknown" and dbt_breaking_changes._keeps_its_columns(
            source, walk
        ) -%}
        {#- Queries of the semantic layer compute what they name alone: each consumer has its own facts. -#}
        {%- set apart = walk.nodes[source].resource_type == "semantic_model" -%}
        {%- if not known and not apart and walk.nodes[source].resource_type not in [
            "test",
            "exposure",
        ] -%}
            {%- set name = walk.nodes[source].name -%}
            {%- set detail = (
                "blocked: " ~ name ~ " breaks"
                if cause == "breaks"
                else "reads " ~ name ~ ", which is unknown"
            ) -%}
            {%- for below in dbt_breaking_changes._below(walk, source, seen) -%}
                {%- if (judged.get(below) or {}).get("verdict") in [
                    none,
                    "adapted",
                ] and not (cause == "unknown" and below in walk.built) -%}
                    {%- do judged.update({below: {"verdict": verdict, "detail": detail}}) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}

{#- A function leaves no table that would hold what it gave: who calls one that breaks, breaks. -#}
{%- macro _break_callers(judged, walk) -%}
    {%- set queue = [] -%}
    {%- for unique_id, verdict in judged.items() if verdict.verdict == "breaks" -%}
        {%- do queue.append(unique_id) -%}
    {%- endfor -%}
    {%- for source in queue if walk.nodes[source].resource_type == "function" -%}
        {%- for child in walk.children.get(source, []) | sort if source in dbt_breaking_changes._parents(
            walk.nodes[child]
        ) -%}
            {%- if (judged.get(child) or {}).get("verdict") != "breaks" -%}
                {%- set detail = "calls " ~ walk.nodes[source].name ~ ", which breaks" -%}
                {%- do judged.update({child: {"verdict": "breaks", "detail": detail}}) -%}
                {%- do queue.append(child) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro -%}

{#- What stands below a node and was not below one that was asked before, nearest first. -#}
{%- macro _below(walk, unique_id, seen) -%}
    {%- set queue = [unique_id] -%}
    {%- for node in queue -%}
        {%- for child in walk.children.get(node, []) | sort if child not in seen -%}
            {%- do seen.update({child: true}) -%} {%- do queue.append(child) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(queue[1:]) -%}
{%- endmacro -%}

{#- Whether both sides know all columns of a node, and they are the same: what reads it still binds. -#}
{%- macro _keeps_its_columns(unique_id, walk) -%}
    {%- set before = walk.prior_facts.get(walk.former.get(unique_id, unique_id)) or {} -%}
    {%- set after = walk.current_facts.get(unique_id) or {} -%}
    {%- if not (before.get("complete") and after.get("complete")) -%}
        {%- do return(false) -%}
    {%- endif -%}
    {%- set was, now = [], [] -%}
    {%- for column in before.columns -%}
        {%- do was.append([column.name, column.type]) -%}
    {%- endfor -%}
    {%- for column in after.columns -%}
        {%- if not column.type -%} {%- do return(false) -%} {%- endif -%}
        {%- do now.append([column.name, column.type]) -%}
    {%- endfor -%}
    {%- do return(was == now) -%}
{%- endmacro -%}
