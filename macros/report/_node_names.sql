{#- What people call each node that a report names: a model by its name, anything else with its type.
    Where two would be called the same, both keep their unique_id. -#}
{%- macro _node_names(report) -%}
    {%- set names = {} -%}
    {%- for change in report.changes -%}
        {%- for item in [change] + change.impact -%}
            {%- do names.update({item.node: none}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for entry in report.coverage.not_compared -%}
        {%- for node in [entry.node] + entry.readers -%}
            {%- do names.update({node: none}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set taken = {} -%}
    {%- for unique_id in names -%}
        {%- set name = dbt_breaking_changes._node_name(unique_id) -%}
        {%- do names.update({unique_id: name}) -%}
        {%- do taken.setdefault(name, []).append(unique_id) -%}
    {%- endfor -%}
    {%- for alike in taken.values() if alike | length > 1 -%}
        {%- for unique_id in alike -%}
            {%- do names.update({unique_id: unique_id}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(names) -%}
{%- endmacro -%}

{%- macro _node_name(unique_id) -%}
    {%- if not modules.re.match("[a-z_]+[.][^.]+[.].", unique_id) -%}
        {%- do return(unique_id) -%}
    {%- endif -%}
    {%- set parts = unique_id.split(".") -%}
    {#- A data test's unique_id ends in a hash. -#}
    {%- set name = (
        parts[2:-1] if parts[0] == "test" and parts | length > 3 else parts[2:]
    ) | join(".") -%}
    {%- do return(name if parts[0] == "model" else parts[0] ~ " " ~ name) -%}
{%- endmacro -%}
