{#- What stands below an undecided or a broken node shares its fate, with that node as the cause. -#}
{%- macro _spread(entries, cause, verdict, walk, root) -%}
    {%- for source in entries.values() | list if source.verdict == cause -%}
        {%- if walk.nodes[source.node].resource_type not in ["test", "exposure"] -%}
            {%- do dbt_breaking_changes._spread_below(source.node, entries, verdict, walk, root) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}

{%- macro _spread_below(source, entries, verdict, walk, root) -%}
    {%- set name = walk.nodes[source].name -%}
    {%- set detail = (
        "blocked: " ~ name ~ " breaks"
        if verdict == "changes"
        else "reads " ~ name ~ ", which is unknown"
    ) -%}
    {%- for below in dbt_breaking_changes._downstream(walk, source) -%}
        {%- if (entries.get(below) or {}).get("verdict") in [none, "adapted"] -%}
            {%- do entries.update(
                {
                    below: dbt_breaking_changes._impact_entry(
                        walk, root, below, verdict, detail
                    )
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro -%}
