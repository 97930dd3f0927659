{#- A side cut down to what a baseline holds. Comparing a baseline with a side that was cut in the same
    way lets equal nodes be skipped whole; its code is kept where a report is to show lines of it.
    Analyses and the hooks themselves promise nothing. -#}
{%- macro _baseline_side(side, with_code=false) -%}
    {%- set keys = dbt_breaking_changes._baseline_keys() -%}
    {%- if with_code -%} {%- do keys.node.append("raw_code") -%} {%- endif -%}
    {%- set promising = ["model", "seed", "snapshot", "test", "source"] -%}
    {%- set cut = {"metadata": dbt_breaking_changes._plain(side.get("metadata") or {})} -%}
    {%- if side.get("disabled") -%} {%- do cut.update({"disabled": side.disabled}) -%} {%- endif -%}
    {%- for section in dbt_breaking_changes._sections() -%}
        {%- set kept = {} -%}
        {%- for unique_id, node in (side.get(section) or {}).items() -%}
            {%- if section not in ["nodes", "sources"] -%}
                {%- do kept.update({unique_id: dbt_breaking_changes._plain(node)}) -%}
            {%- elif node["resource_type"] in promising -%}
                {%- do kept.update({unique_id: dbt_breaking_changes._baseline_node(node, keys)}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do cut.update({section: kept}) -%}
    {%- endfor -%}
    {%- do return(cut) -%}
{%- endmacro -%}
