{#- The column lineage of one side: the file that was named, else the one that lies in the folder of
    its manifest; none if there is none there. -#}
{%- macro _lineage_for(named, folder, nodes) -%}
    {%- if named is mapping -%}
        {%- do dbt_breaking_changes._require_lineage("the lineage that was given", named) -%}
        {%- do return(named) -%}
    {%- endif -%}
    {%- if not named and (not folder or adapter.type() != "duckdb") -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set path = named or folder.rstrip("/") ~ "/column_lineage.json" -%}
    {%- set lineage = dbt_breaking_changes._load_json(path) -%}
    {%- if lineage is none -%}
        {%- if named -%}
            {%- do dbt_breaking_changes._refuse(
                "there is no column lineage at "
                ~ path
                ~ ". Write it with: dbt compile, then dbt-breaking-changes lineage"
            ) -%}
        {%- endif -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- do dbt_breaking_changes._require_lineage(path, lineage) -%}
    {%- set stale = dbt_breaking_changes._stale_nodes(lineage, nodes) -%}
    {%- if stale -%}
        {%- set problem = (
            path ~ " is older than the SQL of " ~ stale
            | length ~ " node(s): " ~ stale[:3]
            | join(", ")
            ~ ". Write it again: dbt compile, then dbt-breaking-changes lineage"
        ) -%}
        {%- if named -%} {%- do dbt_breaking_changes._refuse(problem) -%} {%- endif -%}
        {%- do dbt_breaking_changes._warn("lineage not used, " ~ problem) -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- do return(lineage) -%}
{%- endmacro -%}

{#- Facts of another SQL than the one at hand would prove things that are not so. -#}
{%- macro _stale_nodes(lineage, nodes) -%}
    {%- set stale = [] -%}
    {%- for unique_id, facts in lineage.nodes.items() if facts.get("checksum") -%}
        {%- set node = nodes.get(unique_id) -%}
        {%- set checksum = dbt_breaking_changes._checksum_of(node) if node else none -%}
        {%- if checksum and checksum != facts.checksum -%}
            {%- do stale.append(node.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(stale) -%}
{%- endmacro -%}
