{#- Who saved what when; its time makes the id, so that ids sort by age. -#}
{%- macro _baseline_header(settings, side) -%}
    {%- set stamp = dbt_breaking_changes._utc_stamp() -%}
    {%- do return(
        {
            "format_version": dbt_breaking_changes._baseline_format_version(),
            "package_version": dbt_breaking_changes._package_version(),
            "baseline_id": stamp ~ "-" ~ (invocation_id | string)[:8],
            "project": settings.project,
            "target": settings.target,
            "invocation_id": invocation_id | string,
            "saved_at": stamp[:4]
            ~ "-"
            ~ stamp[4:6]
            ~ "-"
            ~ stamp[6:8]
            ~ " "
            ~ stamp[9:11]
            ~ ":"
            ~ stamp[11:13]
            ~ ":"
            ~ stamp[13:15],
            "git_commit": settings.git_commit,
            "metadata": side.metadata,
            "nodes": side.nodes | length,
        }
    ) -%}
{%- endmacro -%}
