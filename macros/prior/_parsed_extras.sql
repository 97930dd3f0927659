{#- What dbt parsed but keeps out of graph: disabled nodes, and unit tests before dbt 1.12. dbt wrote
    them to the target folder at the start of this run; where the adapter reads files they are used. -#}
{%- macro _parsed_extras() -%}
    {%- do return(adapter.dispatch("_parsed_extras", "dbt_breaking_changes")()) -%}
{%- endmacro -%}

{%- macro default___parsed_extras() -%} {%- do return({}) -%} {%- endmacro -%}

{%- macro duckdb___parsed_extras() -%}
    {%- set folder = invocation_args_dict.get("target_path") or "target" -%}
    {%- set path = dbt_breaking_changes._absolute_path(folder ~ "/manifest.json") -%}
    {%- set pattern = dbt_breaking_changes._duckdb_file_pattern(path) -%}
    {%- set rows = run_query(
        "select parts[1], parts[2], parts[3] from (select"
        ~ " json_extract(content, ['$.metadata.invocation_id', '$.disabled', '$.unit_tests']) as parts"
        ~ " from read_text("
        ~ pattern
        ~ ") where exists (from glob("
        ~ pattern
        ~ ")))"
    ).rows -%}
    {%- if not rows or fromjson(rows[0][0] or "null") != invocation_id -%}
        {%- do return({}) -%}
    {%- endif -%}
    {%- do return(
        {
            "disabled": fromjson(rows[0][1] or "{}"),
            "unit_tests": fromjson(rows[0][2] or "{}"),
        }
    ) -%}
{%- endmacro -%}
