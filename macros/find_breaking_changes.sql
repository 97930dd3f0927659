{#- Compares two sides and returns the report as a dict; it never logs, and never raises because of a
    finding. Without a current side the project itself, as dbt parsed it, is compared. -#}
{%- macro find_breaking_changes(
    prior, current=none, prior_lineage=none, current_lineage=none, settings=none
) -%}
    {%- set settings = settings or dbt_breaking_changes._settings() -%}
    {%- set current = current or dbt_breaking_changes._current_side() -%}
    {%- set catalogue = dbt_breaking_changes._catalogue() -%}
    {%- set prior_facts = (prior_lineage or {}).get("nodes") or {} -%}
    {%- set current_facts = (current_lineage or {}).get("nodes") or {} -%}
    {%- set has_lineage = prior_lineage is not none and current_lineage is not none -%}
    {%- set found = dbt_breaking_changes._find_changes(
        prior, current, prior_facts, current_facts, settings
    ) -%}
    {%- set walk = dbt_breaking_changes._graph_walk(
        prior, current, prior_facts, current_facts, has_lineage, found.successors
    ) -%}
    {%- set changes = dbt_breaking_changes._apply_policy(
        found.changes, found.coverage, walk, settings, catalogue
    ) -%}
    {%- do return(
        dbt_breaking_changes._report(changes, found.coverage, walk, settings, catalogue)
    ) -%}
{%- endmacro -%}
