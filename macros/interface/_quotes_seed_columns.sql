{#- Whether dbt quotes the names in a seed's CSV file when it makes the table, so that the engine leaves
    their case alone: unless quote_columns says otherwise it does, but for these (quote_seed_column of
    dbt-adapters, dbt-snowflake and dbt-athena). -#}
{%- macro _quotes_seed_columns(config, adapter_type) -%}
    {%- if adapter_type == "athena" -%} {%- do return(false) -%} {%- endif -%}
    {%- set configured = config.get("quote_columns") -%}
    {%- do return(configured if configured is boolean else adapter_type != "snowflake") -%}
{%- endmacro -%}
