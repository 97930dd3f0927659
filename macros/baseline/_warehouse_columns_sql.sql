{#- The query for the columns of all relations of one schema, as (relation, column, type) in order.
    Types are written in full, so that a length or a precision is never lost. -#}
{%- macro _warehouse_columns_sql(database, schema) -%}
    {%- do return(
        adapter.dispatch("warehouse_columns_sql", "dbt_breaking_changes")(
            database, schema
        )
    ) -%}
{%- endmacro -%}

{%- macro default__warehouse_columns_sql(database, schema) -%}
    {%- do return(
        dbt_breaking_changes._information_schema_sql(
            dbt.information_schema_name(database) ~ ".columns", "data_type", schema
        )
    ) -%}
{%- endmacro -%}

{%- macro _information_schema_sql(view, type, schema) -%}
    {%- do return(
        "select table_name, column_name, "
        ~ type
        ~ "\nfrom "
        ~ view
        ~ "\nwhere lower(table_schema) = lower("
        ~ dbt_breaking_changes._text_literal(schema)
        ~ ")\norder by table_name, ordinal_position"
    ) -%}
{%- endmacro -%}

{%- macro duckdb__warehouse_columns_sql(database, schema) -%}
    {%- do return(
        "select table_name, column_name, data_type\nfrom duckdb_columns()"
        ~ "\nwhere lower(database_name) = lower("
        ~ dbt_breaking_changes._text_literal(database)
        ~ ") and lower(schema_name) = lower("
        ~ dbt_breaking_changes._text_literal(schema)
        ~ ")\norder by table_name, column_index"
    ) -%}
{%- endmacro -%}

{#- information_schema has neither lengths in its types nor materialized views. -#}
{%- macro postgres__warehouse_columns_sql(database, schema) -%}
    {%- do return(
        "select c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)"
        ~ "\nfrom pg_catalog.pg_attribute a"
        ~ "\njoin pg_catalog.pg_class c on c.oid = a.attrelid"
        ~ "\njoin pg_catalog.pg_namespace n on n.oid = c.relnamespace"
        ~ "\nwhere lower(n.nspname) = lower("
        ~ dbt_breaking_changes._text_literal(schema)
        ~ ") and c.relkind in ('r', 'v', 'm', 'f', 'p')"
        ~ " and a.attnum > 0 and not a.attisdropped"
        ~ "\norder by c.relname, a.attnum"
    ) -%}
{%- endmacro -%}

{#- svv_columns has the late-binding views too. -#}
{%- macro redshift__warehouse_columns_sql(database, schema) -%}
    {%- do return(
        dbt_breaking_changes._information_schema_sql(
            "svv_columns",
            "case"
            ~ " when data_type in ('character varying', 'character')"
            ~ " then data_type || '(' || character_maximum_length || ')'"
            ~ " when data_type = 'numeric'"
            ~ " then data_type || '(' || numeric_precision || ',' || numeric_scale || ')'"
            ~ " else data_type end",
            schema,
        )
    ) -%}
{%- endmacro -%}

{%- macro snowflake__warehouse_columns_sql(database, schema) -%}
    {%- do return(
        dbt_breaking_changes._information_schema_sql(
            dbt.information_schema_name(database) ~ ".columns",
            "case"
            ~ " when data_type in ('TEXT', 'BINARY')"
            ~ " then data_type || '(' || character_maximum_length || ')'"
            ~ " when data_type = 'NUMBER'"
            ~ " then data_type || '(' || numeric_precision || ',' || numeric_scale || ')'"
            ~ " when datetime_precision is not null and data_type <> 'DATE'"
            ~ " then data_type || '(' || datetime_precision || ')'"
            ~ " else data_type end",
            schema,
        )
    ) -%}
{%- endmacro -%}

{#- Each dataset has its own information schema. -#}
{%- macro bigquery__warehouse_columns_sql(database, schema) -%}
    {%- do return(
        "select table_name, column_name, data_type\nfrom "
        ~ adapter.quote(database)
        ~ "."
        ~ adapter.quote(schema)
        ~ ".INFORMATION_SCHEMA.COLUMNS\norder by table_name, ordinal_position"
    ) -%}
{%- endmacro -%}

{%- macro databricks__warehouse_columns_sql(database, schema) -%}
    {%- do return(
        dbt_breaking_changes._information_schema_sql(
            adapter.quote(database) ~ ".information_schema.columns",
            "full_data_type",
            schema,
        )
    ) -%}
{%- endmacro -%}
