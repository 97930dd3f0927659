{#- Constraints of an enforced contract as comparable texts, those of columns with their column;
    not_null is a property of the columns it names. -#}
{%- macro _constraints(node) -%}
    {%- set found = [] -%}
    {%- for constraint in node.get("constraints") or [] if constraint.type != "not_null" -%}
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

{#- What a foreign key points to is left out: dbt writes it as ref() before it compiled the model and
    as an address of the target after. The order of a key's columns says nothing. -#}
{%- macro _constraint_text(constraint, columns) -%}
    {%- set parts = [constraint.type | string] -%}
    {%- set columns = columns | map("lower") | list -%}
    {%- if constraint.type in ["primary_key", "unique"] -%}
        {%- set columns = columns | sort -%}
    {%- endif -%}
    {%- if columns -%} {%- do parts.append("(" ~ columns | join(", ") ~ ")") -%} {%- endif -%}
    {%- if constraint.get("expression") and not constraint.get("to") -%}
        {%- do parts.append(constraint.expression.split() | join(" ")) -%}
    {%- endif -%}
    {%- do return(parts | join(" ")) -%}
{%- endmacro -%}

{#- dbt writes constraints where it makes a table; a view has none. -#}
{%- macro _enforced_constraints(node, promised) -%}
    {%- set made = promised.contract and promised.materialized in ["table", "incremental"] -%}
    {%- do return(dbt_breaking_changes._constraints(node) if made else []) -%}
{%- endmacro -%}
