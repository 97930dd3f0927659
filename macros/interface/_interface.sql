{#- What consumers of a node can rely on; both sides are built by this one macro. -#}
{%- macro _interface(node, facts, adapter_type, promises=none) -%}
    {%- set promised = dbt_breaking_changes._promised_values(node, promises) -%}
    {%- set listed = dbt_breaking_changes._columns(node, facts, promised.contract, adapter_type) -%}
    {%- do promised.update(
        {
            "unique_id": node.unique_id,
            "name": dbt_breaking_changes._display_name(node),
            "resource_type": node.resource_type,
            "path": node.original_file_path,
            "relation": dbt_breaking_changes._configured_relation(node),
            "keeps_columns": (
                node.resource_type == "snapshot"
                or (
                    promised.materialized == "incremental"
                    and promised.on_schema_change == "append_new_columns"
                )
            ),
            "constraints": dbt_breaking_changes._enforced_constraints(node, promised),
            "columns": listed.columns,
            "complete": listed.complete,
            "incomplete_reason": listed.reason,
            "evidence": listed.evidence,
            "rows": facts.get("rows") if facts else none,
        }
    ) -%}
    {%- do return(promised) -%}
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
