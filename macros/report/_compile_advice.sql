{#- What to do where no finding fails the run, but changed nodes have no SQL to compare; none otherwise. -#}
{%- macro _compile_advice(report, settings) -%}
    {%- set nodes = dbt_breaking_changes._not_looked_at(report.coverage, settings) -%}
    {%- if not nodes or dbt_breaking_changes._failed(report.summary, settings) -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set names = [] -%}
    {%- for node in nodes[:3] -%}
        {%- do names.append(dbt_breaking_changes._line_safe(node.split(".")[2:] | join("."))) -%}
    {%- endfor -%}
    {%- set more = nodes | length - names | length -%}
    {%- do return(
        "no SQL to compare for " ~ names
        | join(", ")
        ~ (" and " ~ more ~ " more" if more else "")
        ~ ", which changed and only dbt can compile. Compare what dbt compile wrote for both sides, "
        ~ "or let pass what could not be checked (on_unknown: pass)."
    ) -%}
{%- endmacro -%}
