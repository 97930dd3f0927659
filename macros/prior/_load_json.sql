{#- A JSON file as a dict, or none if there is no such file. -#}
{%- macro _load_json(path) -%}
    {%- set text = dbt_breaking_changes._read_text_file(path) -%}
    {%- if text is none -%} {%- do return(none) -%} {%- endif -%}
    {%- set document = fromjson(dbt_breaking_changes._without_halves(text)) -%}
    {%- if document is not mapping -%}
        {%- do dbt_breaking_changes._refuse(
            path
            ~ " is not a JSON object. Give a manifest.json that dbt wrote, or the folder that holds it"
        ) -%}
    {%- endif -%}
    {%- do return(document) -%}
{%- endmacro -%}

{#- JSON with a replacement character for each half of a surrogate pair: no UTF-8 can hold one. A
    backslash before it may be escaped itself. -#}
{%- macro _without_halves(json) -%}
    {%- if not modules.re.search("\\\\u[dD][89a-fA-F]", json) -%}
        {%- do return(json) -%}
    {%- endif -%}
    {%- set escape = "((?<!\\\\)(?:\\\\\\\\)*)\\\\u[dD]" -%}
    {%- set high = escape ~ "[89abAB]..(?!\\\\u[dD][c-fC-F])" -%}
    {%- set low = "(?<!\\\\u[dD][89abAB]..)" ~ escape ~ "[c-fC-F].." -%}
    {%- do return(
        modules.re.sub(low, "\\1\\\\ufffd", modules.re.sub(high, "\\1\\\\ufffd", json))
    ) -%}
{%- endmacro -%}
