{#- The name as the engine stores it: an unquoted identifier is folded by Snowflake and Postgres. -#}
{%- macro _fold_identifier(name, quoted, adapter_type) -%}
    {%- if quoted -%} {%- do return(name) -%} {%- endif -%}
    {%- if adapter_type == "snowflake" -%} {%- do return(name | upper) -%} {%- endif -%}
    {%- if adapter_type in ["postgres", "redshift"] -%}
        {%- do return(name | lower) -%}
    {%- endif -%}
    {%- do return(name) -%}
{%- endmacro -%}
