{#- The node's file, from the project's folder; that of a package lies where dbt installs packages. -#}
{%- macro _file_of(node, walk) -%}
    {%- set path = (node.get("original_file_path") or "").replace("\\", "/") -%}
    {%- if path.startswith("./") -%} {%- set path = path[2:] -%} {%- endif -%}
    {%- set package = node.get("package_name") -%}
    {%- if path and package and walk.project and package != walk.project -%}
        {%- do return("dbt_packages/" ~ package ~ "/" ~ path) -%}
    {%- endif -%}
    {%- do return(path or none) -%}
{%- endmacro -%}

{#- Whether lines of a node's SQL are lines of that file: what is written in YAML has an entry there,
    whose line only the file itself can tell. -#}
{%- macro _holds_code(file) -%}
    {%- do return(
        file is not none and not file.endswith(".yml") and not file.endswith(".yaml")
    ) -%}
{%- endmacro -%}

{#- The file of a reference inside a node's SQL: its own, that of an ephemeral model that it inlines,
    or none where only the compiled SQL has that line. -#}
{%- macro _reference_file(reference, node, walk) -%}
    {%- set path = (reference.get("path") or "").replace("\\", "/") -%}
    {%- set own = dbt_breaking_changes._file_of(node, walk) -%}
    {#- An expression in YAML knows its own line there; "of" is whose YAML it is. -#}
    {%- if reference.get("element") -%}
        {%- set owner = walk.nodes.get(reference.get("of") or node.unique_id) or node -%}
        {%- do return(dbt_breaking_changes._file_of(owner, walk)) -%}
    {%- endif -%}
    {%- if not path or path == (node.get("original_file_path") or "").replace("\\", "/") -%}
        {%- do return(own if dbt_breaking_changes._holds_code(own) else none) -%}
    {%- endif -%}
    {%- for inlined in walk.nodes.values() if inlined.original_file_path == path -%}
        {%- if inlined.resource_type in ["model", "operation"] -%}
            {%- do return(dbt_breaking_changes._file_of(inlined, walk)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}
