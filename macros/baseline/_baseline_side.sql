{#- A side cut down to what a baseline holds. Comparing a baseline with a side that was cut in the same
    way lets equal nodes be skipped whole. -#}
{%- macro _baseline_side(side) -%}
    {%- set cut = {"metadata": dbt_breaking_changes._plain(side.get("metadata") or {})} -%}
    {%- for section in dbt_breaking_changes._baseline_sections() -%}
        {%- set kept = {} -%}
        {%- for unique_id, node in (side.get(section) or {}).items() -%}
            {%- if section in ["nodes", "sources"] -%}
                {%- if dbt_breaking_changes._baseline_wants(node) -%}
                    {%- do kept.update({unique_id: dbt_breaking_changes._baseline_node(node)}) -%}
                {%- endif -%}
            {%- else -%} {%- do kept.update({unique_id: dbt_breaking_changes._plain(node)}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do cut.update({section: kept}) -%}
    {%- endfor -%}
    {%- do return(cut) -%}
{%- endmacro -%}

{#- Analyses and the hooks themselves promise nothing. -#}
{%- macro _baseline_wants(node) -%}
    {%- do return(node.resource_type in ["model", "seed", "snapshot", "test", "source"]) -%}
{%- endmacro -%}
