{%- macro _type_dialect(adapter_type) -%}
    {#-
        How an adapter spells types and what it enforces. names: name to base type and default parameters.
        lengths: whether a declared length limits a string. default_parameters: whether names
        without parameters there have none; else such a type is not compared with one that has them.
        wrappers: names of types that only say how their last parameter is kept. precisions: decimals whose
        name says the precision, so that their one parameter is the scale.
    -#}
    {%- set dialect = {
        "lengths": true,
        "fixed_arrays": false,
        "case_sensitive_fields": false,
        "untyped_item": none,
        "default_parameters": true,
        "wrappers": [],
        "precisions": {},
        "specs": dbt_breaking_changes._type_specs(),
    } -%}
    {%- if adapter_type == "duckdb" -%}
        {%- do dialect.update({"lengths": false, "fixed_arrays": true}) -%}
        {%- set names = dbt_breaking_changes._type_names_duckdb() -%}
    {%- elif adapter_type == "postgres" -%}
        {%- set names = dbt_breaking_changes._type_names_postgres() -%}
    {%- elif adapter_type == "redshift" -%}
        {%- set names = dbt_breaking_changes._type_names_redshift() -%}
    {%- elif adapter_type == "snowflake" -%}
        {%- set variant = {"family": "json", "name": "variant", "params": [], "assumed": false} -%}
        {%- do dialect.update({"case_sensitive_fields": true, "untyped_item": variant}) -%}
        {%- set names = dbt_breaking_changes._type_names_snowflake() -%}
    {%- elif adapter_type == "bigquery" -%}
        {%- set names = dbt_breaking_changes._type_names_bigquery() -%}
    {%- elif adapter_type in ["databricks", "spark"] -%}
        {%- set names = dbt_breaking_changes._type_names_databricks() -%}
    {%- elif adapter_type == "clickhouse" -%}
        {%- do dialect.update(
            {
                "case_sensitive_fields": true,
                "wrappers": ["nullable", "lowcardinality", "simpleaggregatefunction"],
                "precisions": {
                    "decimal32": 9,
                    "decimal64": 18,
                    "decimal128": 38,
                    "decimal256": 76,
                },
            }
        ) -%}
        {%- set names = dbt_breaking_changes._type_names_clickhouse() -%}
    {%- elif adapter_type in ["sqlserver", "synapse", "fabric"] -%}
        {%- do dialect.update({"default_parameters": false}) -%}
        {%- set names = dbt_breaking_changes._type_names_sqlserver() -%}
    {%- elif adapter_type in ["trino", "athena"] -%}
        {%- set names = dbt_breaking_changes._type_names_trino() -%}
    {%- else -%}
        {%- do dialect.update({"default_parameters": false}) -%}
        {%- set names = dbt_breaking_changes._type_names_generic() -%}
    {%- endif -%}
    {%- do dialect.update({"names": names}) -%}
    {%- do return(dialect) -%}
{%- endmacro -%}
