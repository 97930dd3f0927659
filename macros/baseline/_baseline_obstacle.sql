{#- Macros cannot catch a database error, so what is not allowed has to be known before: each gives
    none, or a sentence on what the user may not do. -#}
{%- macro default__baseline_obstacle(relation) -%} {%- do return(none) -%} {%- endmacro -%}

{%- macro duckdb__baseline_obstacle(relation) -%}
    {%- set read_only = dbt.run_query(
        "select 1 from duckdb_databases() where readonly and lower(database_name) = lower("
        ~ dbt_breaking_changes._text_literal(relation.database)
        ~ ")"
    ) -%}
    {%- do return(
        "the database " ~ relation.database ~ " is opened read-only"
        if read_only.rows
        else none
    ) -%}
{%- endmacro -%}

{#- Redshift answers the same functions. -#}
{%- macro postgres__baseline_obstacle(relation) -%}
    {%- set answer = dbt.run_query(
        dbt_breaking_changes._baseline_privileges_sql(relation)
    ).rows[0] -%}
    {%- if answer[0] is false -%}
        {%- do return("this user may not select from, insert into and delete from " ~ relation) -%}
    {%- endif -%}
    {%- if answer[0] is none and answer[1] is false -%}
        {%- do return("this user may not create a table in the schema " ~ relation.schema) -%}
    {%- endif -%}
    {%- if answer[0] is none and answer[1] is none and answer[2] is false -%}
        {%- do return("this user may not create the schema " ~ relation.schema) -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}

{%- macro _baseline_privileges_sql(relation) -%}
    {%- set marks = dbt_breaking_changes._literal_marks() -%}
    {%- set schema = dbt_breaking_changes._text_literal(relation.schema, marks) -%}
    {%- set table = dbt_breaking_changes._text_literal(relation.identifier, marks) -%}
    {%- set allowed = [] -%}
    {%- for privilege in ["select", "insert", "delete"] -%}
        {%- do allowed.append(
            "has_table_privilege(quote_ident(n.nspname) || '.' || quote_ident(c.relname), '"
            ~ privilege
            ~ "')"
        ) -%}
    {%- endfor -%}
    {%- do return(
        "select\n    (select " ~ allowed
        | join("\n        and ")
        ~ "\n    from pg_catalog.pg_class c"
        ~ "\n    join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
        ~ "\n    where n.nspname = "
        ~ schema
        ~ " and c.relname = "
        ~ table
        ~ ") as may_use,\n    (select has_schema_privilege(n.nspname, 'create')"
        ~ " from pg_catalog.pg_namespace n where n.nspname = "
        ~ schema
        ~ ") as may_create_table,\n    has_database_privilege(current_database(), 'create')"
        ~ " as may_create_schema"
    ) -%}
{%- endmacro -%}
