{#- A manifest from a file, or none if there is no such file. -#}
{%- macro _read_manifest(path) -%}
    {%- do return(adapter.dispatch("_read_manifest", "dbt_breaking_changes")(path)) -%}
{%- endmacro -%}

{%- macro default___read_manifest(path) -%}
    {%- do return(dbt_breaking_changes._load_json(path)) -%}
{%- endmacro -%}

{#- Only the parts that are compared, and the nodes one by one: those that are the same now are taken from
    graph, of others at least the columns. Millions of new objects at once would keep Python's garbage
    collector busy for longer than everything else takes. -#}
{%- macro duckdb___read_manifest(path) -%}
    {%- set sections = ["metadata", "disabled"] + dbt_breaking_changes._sections() -%}
    {%- set parts = dbt_breaking_changes._duckdb_manifest_parts(path, sections) -%}
    {#- What DuckDB does not take for JSON, such as a NaN, Python may still read. -#}
    {%- if not parts -%} {%- do return(dbt_breaking_changes._load_json(path)) -%} {%- endif -%}
    {#- What dbt notes of a run is no difference of the project. -#}
    {%- set told_of_runs = (
        "created_at build_path compiled_path compiled compiled_code extra_ctes extra_ctes_injected"
    ).split() -%}
    {%- set nodes = {} -%}
    {%- for text in parts["nodes"].split("\n") -%}
        {%- set node = fromjson(text) -%}
        {%- set now = graph.nodes[node["unique_id"]] -%}
        {%- for key in told_of_runs if now -%}
            {%- if key in now -%} {%- do node.update({key: now[key]}) -%}
            {%- elif key in node -%} {%- do node.pop(key) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if now and node["columns"] | list == now["columns"] | list -%}
            {%- if node == now -%} {%- set node = now -%}
            {%- elif node["columns"] == now["columns"] -%}
                {%- do node.update({"columns": now["columns"]}) -%}
            {%- endif -%}
        {%- endif -%}
        {%- do nodes.update({node["unique_id"]: node}) -%}
    {%- endfor -%}
    {%- set manifest = {} -%}
    {%- for section in sections -%}
        {%- do manifest.update({section: fromjson(parts[section] or "null")}) -%}
    {%- endfor -%}
    {%- do manifest.update({"nodes": nodes}) -%}
    {%- do return(manifest) -%}
{%- endmacro -%}

{#- The sections as JSON texts, of nodes one text a line; none if there is no such file or no nodes. -#}
{%- macro _duckdb_manifest_parts(path, sections) -%}
    {%- set pattern = dbt_breaking_changes._duckdb_file_pattern(
        dbt_breaking_changes._absolute_path(path)
    ) -%}
    {%- set types = {} -%}
    {%- for section in sections -%} {%- do types.update({section: "JSON"}) -%} {%- endfor -%}
    {%- do types.update({"nodes": "MAP(VARCHAR, JSON)"}) -%}
    {%- set query -%}
        select
            array_to_string(map_values(parts.nodes), chr(10)) as nodes
            {%- for section in sections if section != "nodes" %}, parts.{{ section }}{% endfor %}
        from (
            select
                case
                    when json_valid(content) then json_transform(content, '{{ tojson(types) }}')
                end as parts
            from read_text({{ pattern }})
            where exists (from glob({{ pattern }}))
        )
    {%- endset -%}
    {%- set rows = run_query(query).rows -%}
    {%- do return(rows[0] if rows and rows[0]["nodes"] else none) -%}
{%- endmacro -%}
