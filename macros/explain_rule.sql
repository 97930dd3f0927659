{#- Prints what a rule finds, why that matters, what to do and how its severity comes about. -#}
{%- macro explain_rule(rule) -%}
    {%- if not execute -%} {%- do return("") -%} {%- endif -%}
    {%- set catalogue = dbt_breaking_changes._catalogue() -%}
    {%- do dbt_breaking_changes._require_one_of("rule", rule, catalogue.keys() | list, "rule") -%}
    {%- do print(dbt_breaking_changes._explain_rule(catalogue[rule])) -%}
    {%- do return("") -%}
{%- endmacro -%}
