{#- One column as the lineage file, YAML and constraints tell of it. -#}
{%- macro _inferred_column(column, evidence, position) -%}
    {%- do return(
        {
            "name": column.name,
            "types": {evidence: column.get("type")},
            "evidence": evidence,
            "declared": false,
            "position": position,
            "meta": {},
            "not_null": false,
            "identity": column.get("identity"),
            "from": column.get("from") or [],
        }
    ) -%}
{%- endmacro -%}

{#- What YAML says of a column, laid over what was inferred of it. -#}
{%- macro _declared_column(column, inferred, evidence, adapter_type, position) -%}
    {%- set entry = inferred or {
        "name": dbt_breaking_changes._fold_identifier(
            column.name, column.get("quote"), adapter_type
        ),
        "types": {},
        "evidence": evidence,
        "position": position,
        "identity": none,
        "from": [],
    } -%}
    {%- if column.get("data_type") -%}
        {%- do entry.types.update({evidence: column.data_type}) -%}
    {%- endif -%}
    {%- set not_null = namespace(it=false) -%}
    {%- for constraint in column.get("constraints") or [] if constraint.type in ["not_null", "primary_key"] -%}
        {%- set not_null.it = true -%}
    {%- endfor -%}
    {%- do entry.update(
        {
            "declared": true,
            "meta": dbt_breaking_changes._meta(column),
            "not_null": not_null.it,
        }
    ) -%}
    {%- do return(entry) -%}
{%- endmacro -%}

{#- A constraint of the whole model may be what keeps nulls out of its columns. -#}
{%- macro _mark_not_null(columns, node) -%}
    {%- for constraint in node.get("constraints") or [] if constraint.type in ["not_null", "primary_key"] -%}
        {%- for name in constraint.get("columns") or [] if name | lower in columns -%}
            {%- do columns[name | lower].update({"not_null": true}) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro -%}
