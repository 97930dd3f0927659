{#- What concerns all columns at once: their order, and which rows they describe. -#}
{%- macro _rules_column_list(before, after, renames) -%}
    {%- set changes = [] -%}
    {%- if before.complete and after.complete -%}
        {%- set order = [] -%}
        {%- for key in before.columns if key in after.columns and key not in renames -%}
            {%- do order.append(after.columns[key].position) -%}
        {%- endfor -%}
        {%- if order != order | sort -%}
            {%- do changes.append(
                {
                    "rule": "column_reordered",
                    "column": none,
                    "before": before.columns.values()
                    | map(attribute="name")
                    | join(", "),
                    "after": after.columns.values()
                    | map(attribute="name")
                    | join(", "),
                    "evidence": after.evidence,
                }
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if before.rows and after.rows and before.rows != after.rows -%}
        {%- do changes.append(
            {
                "rule": "column_logic_changed",
                "column": none,
                "before": none,
                "after": none,
                "evidence": "inferred",
                "what": "its rows changed (filter, joins, grouping, distinct or set operation)",
            }
        ) -%}
    {%- endif -%}
    {%- do return(changes) -%}
{%- endmacro -%}
