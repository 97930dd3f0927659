{#- Follows a changed column through the SQL of its readers: each reader is judged by its own facts,
    and the columns it hands on are followed in turn. -#}
{%- macro _impact_of_column(change, effect, walk) -%}
    {%- set root = change.node -%}
    {%- set rank = ["adapted", "changes", "unknown", "breaks"] -%}
    {%- set entries = {} -%}
    {%- set start = [root, (change.column or "") | lower] -%}
    {%- set queue = [start] -%}
    {#- An incremental model or a snapshot writes into the table that its own former SQL made. -#}
    {%- set own = dbt_breaking_changes._new_unbound(
        walk.prior_facts.get(root) or {},
        walk.current_facts.get(walk.successors.get(root, root)) or {},
        root,
        start[1],
        effect,
        walk,
    ) -%}
    {%- if own and own.get("parent") == root -%}
        {%- do entries.update(
            {
                root: dbt_breaking_changes._impact_entry(
                    walk,
                    root,
                    root,
                    "breaks",
                    dbt_breaking_changes._unbound_text(own, root, walk),
                    own,
                )
            }
        ) -%}
    {%- endif -%}
    {%- for parent, column in queue -%}
        {%- for child in walk.children.get(parent, []) -%}
            {%- set judged = dbt_breaking_changes._judge_reader(
                parent, column, child, effect, walk
            ) -%}
            {%- set known = entries.get(child) -%}
            {%- if judged.verdict and (
                not known or rank.index(judged.verdict) > rank.index(known.verdict)
            ) -%}
                {%- do entries.update(
                    {
                        child: dbt_breaking_changes._impact_entry(
                            walk,
                            root,
                            child,
                            judged.verdict,
                            judged.detail,
                            judged.reference,
                        )
                    }
                ) -%}
            {%- endif -%}
            {%- for output in judged.outputs if [child, output] not in queue -%}
                {%- do queue.append([child, output]) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do dbt_breaking_changes._spread(entries, "unknown", "unknown", walk, root) -%}
    {%- do dbt_breaking_changes._spread(entries, "breaks", "changes", walk, root) -%}
    {%- do return(entries) -%}
{%- endmacro -%}

{#- What stands below an undecided or a broken node shares its fate, with that node as the cause. -#}
{%- macro _spread(entries, cause, verdict, walk, root) -%}
    {%- for source in entries.values() | list if source.verdict == cause -%}
        {%- if walk.nodes[source.node].resource_type not in ["test", "exposure"] -%}
            {%- for below in dbt_breaking_changes._downstream(walk, source.node) -%}
                {%- set known = (entries.get(below) or {}).get("verdict") -%}
                {%- if known in [none, "adapted"] -%}
                    {%- set name = walk.nodes[source.node].name -%}
                    {%- set detail = (
                        "blocked: " ~ name ~ " breaks"
                        if cause == "breaks"
                        else "reads " ~ name ~ ", which is unknown"
                    ) -%}
                    {%- do entries.update(
                        {
                            below: dbt_breaking_changes._impact_entry(
                                walk, root, below, verdict, detail
                            )
                        }
                    ) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}
