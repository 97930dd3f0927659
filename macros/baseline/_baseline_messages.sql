{%- macro _say(message) -%}
    {%- do log("dbt_breaking_changes: " ~ dbt_breaking_changes._line_safe(message), info=true) -%}
{%- endmacro -%}

{#- A baseline that cannot be saved must not end a run whose models are built. -#}
{%- macro _baseline_not_saved(relation, reason) -%}
    {%- do dbt_breaking_changes._warn(
        "no baseline was saved in " ~ relation ~ "; the run goes on. " ~ reason
    ) -%}
{%- endmacro -%}

{%- macro _obstacle_advice(obstacle) -%}
    {%- do return(
        "The reason: "
        ~ obstacle
        ~ ". Grant the right, or name another place with the vars"
        ~ " breaking_changes_baseline_schema and breaking_changes_baseline_database."
    ) -%}
{%- endmacro -%}

{#- Says what the save covers, so that a partial one is never taken for a whole one. -#}
{%- macro _saved_message(header, now, run, newest) -%}
    {%- set parts = [] -%}
    {%- if run is none -%} {%- do parts.append(now.built ~ " models, seeds and snapshots") -%}
    {%- else -%}
        {%- do parts.append(now.built ~ " built by this run") -%}
        {%- if now.kept -%}
            {%- do parts.append(
                now.kept ~ " not built and kept as saved in " ~ newest.baseline_id
            ) -%}
        {%- endif -%}
        {%- if now.missing -%}
            {%- do parts.append(
                now.missing | length ~ " neither built nor saved before, so left out"
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if now.lineage -%}
        {%- set measured = now.lineage.nodes.values() | selectattr(
            "evidence", "equalto", "warehouse"
        ) -%}
        {%- do parts.append(
            "columns of " ~ measured | list | length ~ " read from the warehouse"
        ) -%}
    {%- endif -%}
    {%- do return("saved baseline " ~ header.baseline_id ~ ": " ~ parts | join(", ")) -%}
{%- endmacro -%}
