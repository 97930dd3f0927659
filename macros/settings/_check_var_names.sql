{#- A mistyped var would quietly leave the default in force. dbt tells a macro only the vars of the
    command line; those of dbt_project.yml are read from the file where the adapter can. -#}
{%- macro _check_var_names() -%}
    {%- set given = (
        dbt_breaking_changes._as_mapping(invocation_args_dict.get("vars")).keys() | list
    ) -%}
    {%- if adapter.type() == "duckdb" -%}
        {%- set project = (
            fromyaml(dbt_breaking_changes._read_text_file("dbt_project.yml") or "")
            or {}
        ) -%}
        {%- set vars = project.get("vars") or {} -%}
        {%- do given.extend(vars.keys()) -%}
        {%- for scope in [project.get("name"), "dbt_breaking_changes"] -%}
            {%- do given.extend(dbt_breaking_changes._as_mapping(vars.get(scope)).keys()) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do dbt_breaking_changes._validate_var_names(given) -%}
{%- endmacro -%}

{%- macro _validate_var_names(names) -%}
    {%- set known = [] -%}
    {%- for name in dbt_breaking_changes._defaults() -%}
        {%- do known.append("breaking_changes_" ~ name) -%}
    {%- endfor -%}
    {%- for name in names if name is string and name.startswith("breaking_change") -%}
        {%- do dbt_breaking_changes._require_one_of("vars", name, known, "var") -%}
    {%- endfor -%}
{%- endmacro -%}

{%- macro _as_mapping(value) -%}
    {%- set parsed = fromyaml(value) if value is string else value -%}
    {%- do return(parsed if parsed is mapping else {}) -%}
{%- endmacro -%}
