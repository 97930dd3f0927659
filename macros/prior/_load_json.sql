{#- A JSON file as a dict, or none if there is no such file. -#}
{%- macro _load_json(path) -%}
    {%- set text = dbt_breaking_changes._read_text_file(path) -%}
    {%- if text is none -%} {%- do return(none) -%} {%- endif -%}
    {%- set document = fromjson(text) -%}
    {%- if document is not mapping -%}
        {%- do dbt_breaking_changes._refuse(
            path
            ~ " is not a JSON object. Give a manifest.json that dbt wrote, or the folder that holds it"
        ) -%}
    {%- endif -%}
    {%- do return(document) -%}
{%- endmacro -%}
