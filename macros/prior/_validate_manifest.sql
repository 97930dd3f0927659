{#- Refuses what is not a manifest of this project in a version that this package reads: 12, from
    dbt 1.8, to 20, which dbt 2 writes. -#}
{%- macro _validate_manifest(manifest, file, expected_project) -%}
    {%- set metadata = manifest.get("metadata") -%}
    {%- set schema = metadata.get("dbt_schema_version") if metadata is mapping else none -%}
    {%- set version = modules.re.search("/manifest/v(\\d+)", schema or "") -%}
    {%- if not version or manifest.get("nodes") is not mapping -%}
        {%- do dbt_breaking_changes._refuse(
            file
            ~ " is not a dbt manifest: it has no manifest version and nodes."
            ~ " Give the manifest.json of a target folder"
        ) -%}
    {%- endif -%}
    {%- set number = version.group(1) | int -%}
    {%- if number < 12 or number > 20 -%}
        {%- do dbt_breaking_changes._refuse(
            file
            ~ " has manifest version "
            ~ number
            ~ ", written by dbt "
            ~ metadata.get("dbt_version")
            ~ "; versions 12 (dbt 1.8) to 20 (dbt 2) can be compared. "
            ~ (
                "Make it again with dbt 1.8 or later"
                if number < 12
                else "Upgrade the package dbt_breaking_changes"
            )
        ) -%}
    {%- endif -%}
    {%- set project = metadata.get("project_name") -%}
    {%- if project and expected_project and project != expected_project -%}
        {%- do dbt_breaking_changes._refuse(
            file
            ~ " belongs to the project '"
            ~ project
            ~ "', not to '"
            ~ expected_project
            ~ "'. Give a prior manifest of this project"
        ) -%}
    {%- endif -%}
{%- endmacro -%}
