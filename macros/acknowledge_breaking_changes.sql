{#- Prints YAML that acknowledges the current findings once its reasons are filled in. -#}
{%- macro acknowledge_breaking_changes(
    prior=none, lineage=none, prior_lineage=none, level=none, current=none
) -%}
    {%- if not execute -%} {%- do return("") -%} {%- endif -%}
    {%- set compared = dbt_breaking_changes._compared(
        prior,
        current,
        {"level": level, "lineage": lineage, "prior_lineage": prior_lineage},
    ) -%}
    {%- if compared is none -%} {%- do return(dbt_breaking_changes._no_prior()) -%} {%- endif -%}
    {%- set nodes = dbt_breaking_changes._nodes_by_id(compared.sides.current) -%}
    {%- do print(
        dbt_breaking_changes._acknowledgement_yaml(
            compared.report, nodes, compared.prior
        )
    ) -%}
    {%- do return("") -%}
{%- endmacro -%}
