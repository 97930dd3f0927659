{#- Constraints of an enforced contract as comparable texts, those of columns with their column;
    not_null of a column is a property of that column. -#}
{%- macro _constraints(node) -%}
    {%- set found = [] -%}
    {%- for constraint in node.get("constraints") or [] -%}
        {%- do found.append(
            dbt_breaking_changes._constraint_text(
                constraint, constraint.get("columns") or []
            )
        ) -%}
    {%- endfor -%}
    {%- for column in (node.get("columns") or {}).values() -%}
        {%- for constraint in column.get("constraints") or [] if constraint.type != "not_null" -%}
            {%- do found.append(
                dbt_breaking_changes._constraint_text(constraint, [column.name])
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{%- macro _constraint_text(constraint, columns) -%}
    {%- set parts = [constraint.type | string] -%}
    {%- if columns -%} {%- do parts.append("(" ~ columns | join(", ") ~ ")") -%} {%- endif -%}
    {%- if constraint.get("to") -%}
        {%- do parts.append(
            "references " ~ constraint.to ~ "(" ~ constraint.get("to_columns", [])
            | join(", ") ~ ")"
        ) -%}
    {%- endif -%}
    {%- if constraint.get("expression") -%}
        {%- do parts.append(constraint.expression) -%}
    {%- endif -%}
    {%- do return(parts | join(" ")) -%}
{%- endmacro -%}
