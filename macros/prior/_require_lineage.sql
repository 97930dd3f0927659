{#- Refuses what is not a column lineage as the helper writes it. -#}
{%- macro _require_lineage(name, lineage) -%}
    {%- if lineage.get("format_version") != 1 or lineage.get("nodes") is not mapping -%}
        {%- do dbt_breaking_changes._refuse(
            name
            ~ " is not a column lineage of format 1."
            ~ " Write it again with this version of the helper: dbt-breaking-changes lineage"
        ) -%}
    {%- endif -%}
    {%- set problem = dbt_breaking_changes._lineage_problem(lineage) -%}
    {%- if problem is not none -%}
        {%- do dbt_breaking_changes._refuse(
            "in "
            ~ name
            ~ ", "
            ~ problem
            ~ ". Write it again with this version of the helper: dbt-breaking-changes lineage"
        ) -%}
    {%- endif -%}
{%- endmacro -%}
