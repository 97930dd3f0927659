{#- Columns by lower-case name, from the strongest complete evidence; types of every evidence. -#}
{%- macro _columns(node, facts, contract, adapter_type) -%}
    {%- set columns = {} -%}
    {#- A contract that lists nothing promises nothing about columns. -#}
    {%- set documented = dbt_breaking_changes._documented(node, adapter_type) -%}
    {%- set contract = contract and documented -%}
    {%- set declared_as = "contract" if contract else "declared" -%}
    {%- set inferred = facts.get("columns") or [] if facts else [] -%}
    {%- set complete = (facts and facts.get("complete")) or false -%}
    {%- set evidence = facts.get("evidence", "inferred") if inferred else none -%}
    {%- for column in inferred if not contract -%}
        {#- Two quoted names may differ in case alone; the second is kept under its quoted name. -#}
        {%- set key = column.name | lower -%}
        {%- do columns.update(
            {
                ('"' ~ column.name ~ '"' if key in columns else key): (
                    dbt_breaking_changes._inferred_column(column, evidence, loop.index0)
                )
            }
        ) -%}
    {%- endfor -%}
    {%- set known = columns.keys() | list -%}
    {%- for column in documented.values() -%}
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
        {%- do dbt_breaking_changes._mark_not_null(columns, node) -%}
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

{#- The columns of YAML; a seed's config may name types, and say whether names are quoted. -#}
{%- macro _documented(node, adapter_type) -%}
    {%- set columns = node.get("columns") or {} -%}
    {%- if node.resource_type != "seed" -%} {%- do return(columns) -%} {%- endif -%}
    {%- set config = node.get("config") or {} -%}
    {%- set types = config.get("column_types") or {} -%}
    {%- set quoted = dbt_breaking_changes._quotes_seed_columns(config, adapter_type) -%}
    {%- set documented = {} -%}
    {%- for name, column in columns.items() -%}
        {%- set entry = {} -%}
        {%- do entry.update(column) -%}
        {%- if entry.get("quote") is none -%}
            {%- do entry.update({"quote": quoted}) -%}
        {%- endif -%}
        {%- do documented.update({name | lower: entry}) -%}
    {%- endfor -%}
    {%- for name, type in types.items() -%}
        {%- do documented.setdefault(name | lower, {"name": name, "quote": quoted}).update(
            {"data_type": type}
        ) -%}
    {%- endfor -%}
    {%- do return(documented) -%}
{%- endmacro -%}
