{#- What an interface is built from, and nothing else: no SQL, no docs of columns. Empty keys are left
    out, except those that two sides are compared on. -#}
{%- macro _baseline_node(node) -%}
    {%- set kept = {
        "checksum": node.get("checksum"),
        "columns": {},
        "config": {},
        "depends_on": {"nodes": (node.get("depends_on") or {}).get("nodes") or []},
    } -%}
    {%- for key in dbt_breaking_changes._baseline_node_keys() if node.get(key) is not none -%}
        {%- if node[key] is string or node[key] is number -%}
            {%- do kept.update({key: node[key]}) -%}
        {%- elif node[key] -%} {%- do kept.update({key: dbt_breaking_changes._plain(node[key])}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name, column in (node.get("columns") or {}).items() -%}
        {%- do kept.columns.update({name: dbt_breaking_changes._baseline_column(column)}) -%}
    {%- endfor -%}
    {%- set config = node.get("config") or {} -%}
    {%- for key in dbt_breaking_changes._baseline_config_keys() if config.get(key) -%}
        {%- do kept.config.update({key: dbt_breaking_changes._plain(config[key])}) -%}
    {%- endfor -%}
    {%- do return(kept) -%}
{%- endmacro -%}

{%- macro _baseline_column(column) -%}
    {%- set kept = {"name": column["name"]} -%}
    {%- for key in ["data_type", "quote"] if column.get(key) -%}
        {%- do kept.update({key: column[key]}) -%}
    {%- endfor -%}
    {%- set config = column.get("config") or {} -%}
    {%- if column.get("constraints") -%}
        {%- do kept.update({"constraints": dbt_breaking_changes._plain(column.constraints)}) -%}
    {%- endif -%}
    {%- if column.get("meta") or config.get("meta") -%}
        {%- set meta = {} -%}
        {%- do meta.update(column.get("meta") or {}) -%}
        {%- do meta.update(config.get("meta") or {}) -%}
        {%- do kept.update({"meta": dbt_breaking_changes._plain(meta)}) -%}
    {%- endif -%}
    {%- do return(kept) -%}
{%- endmacro -%}

{%- macro _baseline_node_keys() -%}
    {%- do return(
        [
            "unique_id",
            "resource_type",
            "name",
            "package_name",
            "source_name",
            "identifier",
            "path",
            "original_file_path",
            "language",
            "description",
            "tags",
            "meta",
            "group",
            "access",
            "version",
            "latest_version",
            "deprecation_date",
            "database",
            "schema",
            "alias",
            "relation_name",
            "constraints",
            "contract",
            "unrendered_config",
            "test_metadata",
            "attached_node",
            "column_name",
        ]
    ) -%}
{%- endmacro -%}

{%- macro _baseline_config_keys() -%}
    {%- do return(
        [
            "enabled",
            "materialized",
            "database",
            "schema",
            "alias",
            "target_database",
            "target_schema",
            "meta",
            "tags",
            "group",
            "access",
            "contract",
            "unique_key",
            "incremental_strategy",
            "on_schema_change",
            "strategy",
            "severity",
            "where",
            "error_if",
            "warn_if",
        ]
    ) -%}
{%- endmacro -%}
