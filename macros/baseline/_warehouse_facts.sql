{#- The columns that the warehouse really has of some nodes, as a lineage file would list them. One
    query a schema. What SQL analysis knows besides stays; only its columns are replaced. -#}
{%- macro _warehouse_facts(nodes, lineage) -%}
    {%- set known = (lineage or {}).get("nodes") or {} -%}
    {%- set found = {} -%}
    {%- for schema in dbt_breaking_changes._schemas_of(nodes) -%}
        {%- set relations = {} -%}
        {%- for row in dbt.run_query(
            dbt_breaking_changes._warehouse_columns_sql(
                schema.database, schema["schema"]
            )
        ).rows -%}
            {%- if row[0] not in relations -%}
                {%- do relations.update({row[0]: []}) -%}
            {%- endif -%}
            {%- do relations[row[0]].append({"name": row[1], "type": row[2]}) -%}
        {%- endfor -%}
        {%- set folded = {} -%}
        {%- for name, columns in relations.items() -%}
            {%- do folded.update({name | lower: columns}) -%}
        {%- endfor -%}
        {%- for node in schema.nodes -%}
            {#- The warehouse may have folded the name; an exact match wins. -#}
            {%- set columns = relations.get(node.alias) or folded.get(node.alias | lower) -%}
            {%- if columns -%}
                {%- do found.update(
                    {
                        node.unique_id: dbt_breaking_changes._warehouse_entry(
                            node, columns, known.get(node.unique_id)
                        )
                    }
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{%- macro _schemas_of(nodes) -%}
    {%- set schemas = {} -%}
    {%- for node in nodes -%}
        {%- set key = tojson([node.database, node.schema]) -%}
        {%- if key not in schemas -%}
            {%- do schemas.update(
                {key: {"database": node.database, "schema": node.schema, "nodes": []}}
            ) -%}
        {%- endif -%}
        {%- do schemas[key].nodes.append(node) -%}
    {%- endfor -%}
    {%- do return(schemas.values() | list) -%}
{%- endmacro -%}

{%- macro _warehouse_entry(node, columns, inferred) -%}
    {%- set entry = {} -%}
    {%- set from_sql = {} -%}
    {%- if inferred -%}
        {%- do entry.update(inferred) -%}
        {%- for column in inferred.get("columns") or [] -%}
            {%- do from_sql.update({column["name"] | lower: column}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set listed = [] -%}
    {%- for column in columns -%}
        {%- set analysed = from_sql.get(column["name"] | lower) or {} -%}
        {%- do listed.append(
            {
                "name": column["name"],
                "type": column.type,
                "identity": analysed.get("identity"),
                "from": analysed.get("from") or [],
            }
        ) -%}
    {%- endfor -%}
    {%- do entry.update(
        {
            "checksum": (node.get("checksum") or {}).get("checksum"),
            "complete": true,
            "reason": none,
            "evidence": "warehouse",
            "columns": listed,
        }
    ) -%}
    {%- do return(entry) -%}
{%- endmacro -%}
