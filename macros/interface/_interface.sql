{#- What readers of a node can rely on; both sides are built by this one macro. -#}
{%- macro _interface(node, facts, adapter_type) -%}
    {%- set config = node.get("config") or {} -%}
    {%- set meta = dbt_breaking_changes._meta(node) -%}
    {%- set contract = (config.get("contract") or node.get("contract") or {}).get(
        "enforced"
    ) or false -%}
    {%- set listed = dbt_breaking_changes._columns(node, facts, contract, adapter_type) -%}
    {%- do return(
        {
            "unique_id": node.unique_id,
            "name": dbt_breaking_changes._display_name(node),
            "resource_type": node.resource_type,
            "path": node.original_file_path,
            "relation": dbt_breaking_changes._configured_relation(node),
            "materialized": config.get("materialized"),
            "access": node.get("access") or config.get("access") or "protected",
            "version": node.get("version"),
            "latest_version": node.get("latest_version"),
            "deprecation_date": dbt_breaking_changes._date(node.get("deprecation_date")),
            "keeps_columns": (
                node.resource_type == "snapshot"
                or (
                    config.get("materialized") == "incremental"
                    and config.get("on_schema_change") == "append_new_columns"
                )
            ),
            "unique_key": dbt_breaking_changes._as_list(config.get("unique_key")),
            "contract": contract,
            "constraints": dbt_breaking_changes._constraints(node) if contract else [],
            "columns": listed.columns,
            "complete": listed.complete,
            "incomplete_reason": listed.reason,
            "evidence": listed.evidence,
            "rows": facts.get("rows") if facts else none,
            "renamed_from": meta.get("renamed_from"),
        }
    ) -%}
{%- endmacro -%}

{#- A date as its ISO day, whether YAML, dbt or JSON wrote it. -#}
{%- macro _date(value) -%}
    {%- do return((value | string)[:10] if value else none) -%}
{%- endmacro -%}

{%- macro _as_list(value) -%}
    {%- if value is none or value is undefined or value == "" -%}
        {%- do return([]) -%}
    {%- endif -%}
    {%- do return([value] if value is string or value is mapping else value | list) -%}
{%- endmacro -%}
