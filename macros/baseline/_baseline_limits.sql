{#- What an adapter allows: the type of a long text, the characters of one value and of one
    statement, with room to spare. Contents are ASCII JSON, so characters are bytes. -#}
{%- macro _baseline_limits() -%}
    {%- do return(adapter.dispatch("baseline_limits", "dbt_breaking_changes")()) -%}
{%- endmacro -%}

{#- BigQuery and Snowflake take a statement of about 1 MB. -#}
{%- macro default__baseline_limits() -%}
    {%- do return({"text": dbt.type_string(), "value": 300000, "statement": 700000}) -%}
{%- endmacro -%}

{%- macro duckdb__baseline_limits() -%}
    {%- do return({"text": dbt.type_string(), "value": 4000000, "statement": 4000000}) -%}
{%- endmacro -%}

{%- macro postgres__baseline_limits() -%}
    {%- do return({"text": dbt.type_string(), "value": 4000000, "statement": 4000000}) -%}
{%- endmacro -%}

{#- text is varchar(256) here; a varchar ends at 65,535 bytes and a statement at 16 MB. -#}
{%- macro redshift__baseline_limits() -%}
    {%- do return({"text": "varchar(65535)", "value": 60000, "statement": 8000000}) -%}
{%- endmacro -%}
