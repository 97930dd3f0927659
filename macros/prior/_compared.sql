{#- What every public macro that compares does first: settings, both sides and the report; none where
    there is no prior side. -#}
{%- macro _compared(prior, current, given) -%}
    {%- do dbt_breaking_changes._check_var_names() -%}
    {%- set settings = dbt_breaking_changes._settings(given) -%}
    {%- set found = dbt_breaking_changes._prior_side(prior) -%}
    {%- if found is none -%} {%- do return(none) -%} {%- endif -%}
    {%- set sides = dbt_breaking_changes._sides(found, current, settings) -%}
    {%- do return(
        {
            "prior": found.name,
            "sides": sides,
            "settings": settings,
            "report": dbt_breaking_changes.find_breaking_changes(
                sides.prior,
                sides.current,
                sides.prior_lineage,
                sides.current_lineage,
                settings,
            ),
        }
    ) -%}
{%- endmacro -%}
