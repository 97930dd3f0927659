{#- Prints the saves of this project and target, newest first; format is text or json. -#}
{%- macro list_baselines(format="text") -%}
    {%- if not execute -%} {%- do return("") -%} {%- endif -%}
    {%- do dbt_breaking_changes._require_one_of("format", format, ["text", "json"]) -%}
    {%- set settings = dbt_breaking_changes._baseline_settings() -%}
    {%- set relation = dbt_breaking_changes._baseline_relation(settings) -%}
    {%- set saves = [] -%}
    {%- if dbt_breaking_changes._baseline_existing(relation) -%}
        {%- do saves.extend(dbt_breaking_changes._baseline_list(relation, settings)) -%}
    {%- endif -%}
    {%- if format == "json" -%}
        {%- do print(
            dbt_breaking_changes._json_safe(
                tojson(dbt_breaking_changes._baseline_summaries(saves))
            )
        ) -%}
    {%- elif not saves -%}
        {%- do print(
            "No baseline of this project and target in "
            ~ relation
            ~ ". Save one with: dbt run-operation save_baseline"
        ) -%}
    {%- else -%}
        {%- do print("Baselines of " ~ settings.project ~ ", target " ~ settings.target) -%}
        {%- for save in saves -%}
            {%- do print(
                dbt_breaking_changes._line_safe(
                    "  " ~ save.id ~ "  " ~ dbt_breaking_changes._baseline_state(save)
                )
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do return("") -%}
{%- endmacro -%}

{%- macro _baseline_state(save) -%}
    {%- if save.broken -%} {%- do return("its header cannot be read, not used") -%} {%- endif -%}
    {%- if not save.complete -%} {%- do return("interrupted, not used") -%} {%- endif -%}
    {%- set commit = save.header.get("git_commit") -%}
    {%- do return(save.header.nodes ~ " nodes" ~ (", commit " ~ commit if commit else "")) -%}
{%- endmacro -%}

{%- macro _baseline_summaries(saves) -%}
    {%- set summaries = [] -%}
    {%- for save in saves -%}
        {%- do summaries.append(
            {
                "id": save.id,
                "complete": save.complete,
                "broken": save.broken,
                "saved_at": save.header.get("saved_at"),
                "nodes": save.header.get("nodes"),
                "git_commit": save.header.get("git_commit"),
                "package_version": save.header.get("package_version"),
            }
        ) -%}
    {%- endfor -%}
    {%- do return(summaries) -%}
{%- endmacro -%}
