{#- A prior manifest from a file or a folder, checked to be one that can be compared. -#}
{%- macro _load_manifest(path) -%}
    {%- set file = path if path.endswith(".json") else path.rstrip("/") ~ "/manifest.json" -%}
    {%- set manifest = dbt_breaking_changes._read_manifest(file) -%}
    {%- if manifest is none -%}
        {%- do dbt_breaking_changes._refuse(
            "there is no prior manifest at "
            ~ file
            ~ ". Keep the target/manifest.json of the last deployment and give its folder: --state DIR"
        ) -%}
    {%- endif -%}
    {%- do dbt_breaking_changes._validate_manifest(manifest, file, project_name) -%}
    {%- if manifest.metadata.get("invocation_id") == invocation_id -%}
        {%- do dbt_breaking_changes._refuse(
            file
            ~ " was just overwritten by this run: the prior manifest must not lie in the target folder."
            ~ " Copy it elsewhere before dbt runs, and give that folder: --state DIR"
        ) -%}
    {%- endif -%}
    {%- do return(manifest) -%}
{%- endmacro -%}
