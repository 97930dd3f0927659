{#- The column lineage of the current project, where it can be read. Saving must not fail for a file
    that is out of date: facts of another SQL are left out. -#}
{%- macro _baseline_lineage(settings, nodes) -%}
    {%- set named = settings.lineage -%}
    {%- if not named and adapter.type() != "duckdb" -%} {%- do return(none) -%} {%- endif -%}
    {%- set folder = invocation_args_dict.get("target_path") or "target" -%}
    {%- set document = (
        named
        if named is mapping
        else dbt_breaking_changes._load_json(named or folder ~ "/column_lineage.json")
    ) -%}
    {%- if (
        not document
        or document.get("format_version") != 1
        or document.get("nodes") is not mapping
        or dbt_breaking_changes._lineage_problem(document) is not none
    ) -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set facts = {} -%}
    {%- for unique_id, fact in document.nodes.items() -%}
        {%- set checksum = dbt_breaking_changes._checksum_of(nodes.get(unique_id) or {}) -%}
        {%- if not fact.get("checksum") or fact.checksum == checksum -%}
            {%- do facts.update({unique_id: fact}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return({"nodes": facts}) -%}
{%- endmacro -%}
