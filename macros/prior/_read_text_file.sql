{#- The text of a local file, or none if there is no such file. No context member of dbt reads a
    file, so only an adapter whose engine runs on this machine can. -#}
{%- macro _read_text_file(path) -%}
    {%- do return(
        adapter.dispatch("_read_text_file", "dbt_breaking_changes")(
            dbt_breaking_changes._absolute_path(path)
        )
    ) -%}
{%- endmacro -%}

{%- macro default___read_text_file(path) -%}
    {%- do dbt_breaking_changes._refuse(
        "the adapter '"
        ~ adapter.type()
        ~ "' cannot read the file "
        ~ path
        ~ ". Compare two target directories with the helper instead: dbt-breaking-changes check --base DIR;"
        ~ " or keep the baseline in the warehouse: dbt run-operation save_baseline"
    ) -%}
{%- endmacro -%}

{%- macro duckdb___read_text_file(path) -%}
    {%- set pattern = dbt_breaking_changes._duckdb_file_pattern(path) -%}
    {%- set rows = run_query(
        "select content from read_text("
        ~ pattern
        ~ ") where exists (from glob("
        ~ pattern
        ~ "))"
    ).rows -%}
    {%- do return(rows[0][0] if rows else none) -%}
{%- endmacro -%}

{#- A path as a literal that matches that file alone: a bracket keeps a character of the path from
    being read as a pattern. -#}
{%- macro _duckdb_file_pattern(path) -%}
    {%- set pattern = modules.re.sub("([*?\\[])", "[\\1]", path) -%}
    {%- do return("'" ~ pattern.replace("'", "''") ~ "'") -%}
{%- endmacro -%}

{#- dbt takes relative paths from the project's folder, wherever it was started. -#}
{%- macro _absolute_path(path) -%}
    {%- set folder = invocation_args_dict.get("project_dir") -%}
    {%- if not folder or modules.re.match("/|[A-Za-z]:|\\\\", path) -%}
        {%- do return(path) -%}
    {%- endif -%}
    {%- do return(folder ~ "/" ~ path) -%}
{%- endmacro -%}
