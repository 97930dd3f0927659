{#- Columns by lower-case name, from the strongest complete evidence; types of every evidence. -#}
{%- macro _columns(node, facts, contract, adapter_type) -%}
    {%- set columns = {} -%}
    {%- set declared_as = "contract" if contract else "declared" -%}
    {%- set inferred = facts.get("columns") or [] if facts else [] -%}
    {%- set complete = (facts and facts.get("complete")) or false -%}
    {%- set evidence = facts.get("evidence", "inferred") if inferred else none -%}
    {%- for column in inferred if not contract -%}
        {%- do columns.update(
            {
                column.name
                | lower: dbt_breaking_changes._inferred_column(
                    column, evidence, loop.index0
                )
            }
        ) -%}
    {%- endfor -%}
    {%- set known = columns.keys() | list -%}
    {%- for column in (node.get("columns") or {}).values() -%}
        {%- set key = column.name | lower -%}
        {%- if not (complete and not contract) or key in known -%}
            {%- do columns.update(
                {
                    key: dbt_breaking_changes._declared_column(
                        column, columns.get(key), declared_as, adapter_type, loop.index0
                    )
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if contract -%}
        {%- for column in inferred if column.name | lower in columns -%}
            {%- set target = columns[column.name | lower] -%}
            {%- do target.types.update({evidence: column.get("type")}) -%}
            {%- do target.update(
                {"identity": column.get("identity"), "from": column.get("from")}
            ) -%}
        {%- endfor -%}
        {%- do return(
            {
                "columns": columns,
                "complete": true,
                "reason": none,
                "evidence": "contract",
            }
        ) -%}
    {%- endif -%}
    {%- do return(
        {
            "columns": columns,
            "complete": complete,
            "reason": (
                none
                if complete
                else dbt_breaking_changes._incomplete_reason(node, facts, columns)
            ),
            "evidence": evidence or ("declared" if columns else none),
        }
    ) -%}
{%- endmacro -%}

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
    {%- for constraint in column.get("constraints") or [] if constraint.type == "not_null" -%}
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
