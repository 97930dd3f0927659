{#- Every save of this project and target, newest first, whole or not. Columns are read by position,
    because adapters differ in the case of names. -#}
{%- macro _baseline_list(relation, settings) -%}
    {%- set marks = dbt_breaking_changes._literal_marks() -%}
    {%- set sql = (
        "select baseline_id, count(*) as saved_rows,"
        ~ " max(case when section = 'header' then content end) as header"
        ~ "\nfrom "
        ~ relation
        ~ "\nwhere project = "
        ~ dbt_breaking_changes._text_literal(settings.project, marks)
        ~ " and target = "
        ~ dbt_breaking_changes._text_literal(settings.target, marks)
        ~ "\ngroup by baseline_id\norder by baseline_id desc"
    ) -%}
    {%- set saves = [] -%}
    {%- for row in dbt.run_query(sql).rows -%}
        {%- set header = fromjson(row[2]) if row[2] else {} -%}
        {%- set broken = header != {} and not dbt_breaking_changes._is_header(header, row[0]) -%}
        {%- do saves.append(
            {
                "id": row[0],
                "header": {} if broken else header,
                "broken": broken,
                "complete": not broken and header.get("rows") == (row[1] | int) - 1,
            }
        ) -%}
    {%- endfor -%}
    {%- do return(saves) -%}
{%- endmacro -%}

{#- Whether it has all that is read of a header, as the row's own save wrote it. -#}
{%- macro _is_header(header, id) -%}
    {%- if header is not mapping or header.get("baseline_id") != id -%}
        {%- do return(false) -%}
    {%- endif -%}
    {%- for key in ["format_version", "rows", "nodes"] -%}
        {%- if header.get(key) is not number -%} {%- do return(false) -%} {%- endif -%}
    {%- endfor -%}
    {%- do return(header.get("saved_at") is string and header.get("package_version") is string) -%}
{%- endmacro -%}

{#- The header of the newest whole save, or none. Ids begin with the time, so they sort by it. -#}
{%- macro _baseline_latest(saves) -%}
    {%- for save in saves if save.complete -%} {%- do return(save.header) -%} {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- Why a baseline cannot be read, or none. -#}
{%- macro _baseline_too_new(header) -%}
    {%- if header.format_version <= dbt_breaking_changes._baseline_format_version() -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- do return(
        "the baseline "
        ~ header.baseline_id
        ~ " was written by dbt_breaking_changes "
        ~ header.package_version
        ~ " in format "
        ~ header.format_version
        ~ "; this version reads up to format "
        ~ dbt_breaking_changes._baseline_format_version()
        ~ ". Upgrade the package, or name an older save with prior: 'baseline:<id>'."
    ) -%}
{%- endmacro -%}
