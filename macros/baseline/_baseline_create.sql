{#- Runs one statement. It is logged in short: a save is many megabytes. -#}
{%- macro _baseline_execute(sql) -%}
    {%- do adapter.dispatch("baseline_execute", "dbt_breaking_changes")(sql) -%}
{%- endmacro -%}

{%- macro default__baseline_execute(sql) -%}
    {%- do adapter.add_query(sql, abridge_sql_log=true) -%}
{%- endmacro -%}

{#- This adapter has no add_query. -#}
{%- macro bigquery__baseline_execute(sql) -%} {%- do dbt.run_query(sql) -%} {%- endmacro -%}

{#- Makes the table. Gives none, or the reason why not where the engine can say so without an error. -#}
{%- macro default__baseline_create(sql, relation) -%}
    {%- do dbt_breaking_changes._baseline_execute(sql) -%}
    {%- do adapter.commit() -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- "if not exists" alone lets two first saves collide in the catalogue; the lock ends with the commit. -#}
{%- macro postgres__baseline_create(sql, relation) -%}
    {%- set name = dbt_breaking_changes._text_literal(relation | string) -%}
    {%- do dbt_breaking_changes._baseline_execute(
        "select pg_advisory_xact_lock(hashtext(" ~ name ~ "))"
    ) -%}
    {%- do return(dbt_breaking_changes.default__baseline_create(sql, relation)) -%}
{%- endmacro -%}

{%- macro redshift__baseline_create(sql, relation) -%}
    {%- do return(dbt_breaking_changes.default__baseline_create(sql, relation)) -%}
{%- endmacro -%}

{%- macro snowflake__baseline_create(sql, relation) -%}
    {%- set script = (
        "execute immediate $$\nbegin\n"
        ~ sql
        ~ ";\nreturn '';\nexception when other then\nreturn sqlerrm;\nend;\n$$"
    ) -%}
    {%- do return(dbt.run_query(script).rows[0][0] or none) -%}
{%- endmacro -%}

{%- macro bigquery__baseline_create(sql, relation) -%}
    {%- set script = (
        "begin\n"
        ~ sql
        ~ ";\nselect '' as obstacle;\nexception when error then\n"
        ~ "select @@error.message as obstacle;\nend"
    ) -%}
    {%- do return(dbt.run_query(script).rows[0][0] or none) -%}
{%- endmacro -%}
