{#- What an interface is built from, and nothing else: no SQL, no docs of columns. Empty keys are left
    out, except those that two sides are compared on. Items are read by key and not by get(), which
    takes ten times as long in dbt's sandbox. -#}
{%- macro _baseline_node(node, keys) -%}
    {%- set columns = {} -%}
    {%- set config = {} -%}
    {#- Versions of dbt disagree on the checksum of the same code. -#}
    {%- set checksum = (
        {"name": "md5", "checksum": local_md5(node["raw_code"] | trim)}
        if node["raw_code"]
        else node["checksum"] or none
    ) -%}
    {%- set kept = {"checksum": checksum, "columns": columns, "config": config} -%}
    {%- for key in keys.node if node[key] or node[key] == 0 -%}
        {%- if node[key] is string or node[key] is number -%}
            {%- do kept.update({key: node[key]}) -%}
        {%- else -%} {%- do kept.update({key: dbt_breaking_changes._plain(node[key])}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if node["depends_on"] -%}
        {%- do kept.update({"depends_on": {"nodes": node["depends_on"]["nodes"] or []}}) -%}
    {%- endif -%}
    {%- for name, column in (node["columns"] or {}).items() -%}
        {%- if (
            column["constraints"]
            or column["meta"]
            or column["quote"]
            or (column["config"] and column["config"]["meta"])
        ) -%}
            {%- do columns.update({name: dbt_breaking_changes._baseline_column(column)}) -%}
        {%- elif column["data_type"] -%}
            {%- do columns.update(
                {name: {"name": column["name"], "data_type": column["data_type"]}}
            ) -%}
        {%- else -%} {%- do columns.update({name: {"name": column["name"]}}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set configured = node["config"] or {} -%}
    {%- for key in keys.config if configured[key] or (
        key == "quote_columns" and configured[key] is sameas false
    ) -%}
        {%- if configured[key] is string -%} {%- do config.update({key: configured[key]}) -%}
        {%- else -%} {%- do config.update({key: dbt_breaking_changes._plain(configured[key])}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if configured["contract"] and configured["contract"]["enforced"] -%}
        {%- do config.update({"contract": {"enforced": true}}) -%}
    {%- endif -%}
    {%- do return(kept) -%}
{%- endmacro -%}

{%- macro _baseline_column(column) -%}
    {%- set kept = {"name": column["name"]} -%}
    {%- for key in ["data_type", "quote"] if column[key] -%}
        {%- do kept.update({key: column[key]}) -%}
    {%- endfor -%}
    {%- if column["constraints"] -%}
        {%- do kept.update({"constraints": dbt_breaking_changes._plain(column["constraints"])}) -%}
    {%- endif -%}
    {%- set meta = dbt_breaking_changes._meta(column) -%}
    {%- if meta -%}
        {%- do kept.update({"meta": dbt_breaking_changes._plain(meta)}) -%}
    {%- endif -%}
    {%- do return(kept) -%}
{%- endmacro -%}

{#- What is kept of a node and of its config: all that is promised, and what audience, tests and reports
    need; contract, columns and depends_on are cut further. -#}
{%- macro _baseline_keys() -%}
    {%- set promised = dbt_breaking_changes._promised_keys() -%}
    {%- set cut = ["checksum", "columns", "config", "contract"] -%}
    {%- set node = (
        "unique_id resource_type name package_name source_name identifier path"
        ~ " original_file_path language description tags database schema alias relation_name"
        ~ " unrendered_config test_metadata attached_node column_name"
    ).split() -%}
    {%- set config = "enabled tags severity where error_if warn_if".split() -%}
    {%- do return(
        {
            "node": node + (promised.node | reject("in", cut + node) | list),
            "config": config + (promised.config | reject("in", cut + config) | list),
        }
    ) -%}
{%- endmacro -%}
