{#- The YAML that agrees to what a report finds. Reasons are left empty, and an empty one does not
    count, so that nothing is silenced by pasting alone. What is gone has no YAML of its own and goes
    into the var breaking_changes_removed. -#}
{%- macro _acknowledgement_yaml(report, nodes, prior_name) -%}
    {%- set sections = {} -%}
    {%- set removed = [] -%}
    {%- set catalogue = dbt_breaking_changes._catalogue() -%}
    {%- set open = [] -%}
    {%- for change in report.changes if not change.acknowledged and change.severity != "info" and catalogue[change.rule].level != "always" -%}
        {%- do open.append(change) -%}
    {%- endfor -%}
    {#- The acknowledgement of a cause covers what follows from it. -#}
    {%- set causes = open | map(attribute="fingerprint") | list -%}
    {%- for change in open if change.caused_by not in causes -%}
        {%- if change.node in nodes -%}
            {%- set section = change.resource_type ~ "s" -%}
            {%- do sections.setdefault(section, {}).setdefault(change.node, []).append(change) -%}
        {%- else -%}
            {%- set entry = [change.node, change.rule] -%}
            {%- if entry not in removed -%} {%- do removed.append(entry) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not sections and not removed -%}
        {%- do return("# Nothing to acknowledge, compared with " ~ prior_name) -%}
    {%- endif -%}
    {%- set lines = [
        "# Findings of severity error and warn, compared with " ~ prior_name,
        "# Write into each reason why the change is agreed to: an empty one does not count.",
        "# Add expires: 2026-12-31, say, to agree until that day only.",
        "# Where a node has breaking_changes_ack already, add to its list.",
    ] -%}
    {%- for section, owners in sections.items() -%}
        {%- do lines.append(section ~ ":") -%}
        {%- for unique_id, changes in owners.items() -%}
            {%- do lines.extend(dbt_breaking_changes._node_yaml(nodes[unique_id], changes)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if removed -%}
        {%- do lines.extend(["vars:  # in dbt_project.yml", "  breaking_changes_removed:"]) -%}
        {%- for node, rule in removed -%}
            {%- do lines.append(
                "    - {node: " ~ tojson(node) ~ ", rule: " ~ rule ~ ', reason: ""}'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set safe = [] -%}
    {%- for line in lines -%}
        {%- do safe.append(dbt_breaking_changes._line_safe(line)) -%}
    {%- endfor -%}
    {%- do return(safe | join("\n")) -%}
{%- endmacro -%}

{#- One node's entry; tables of a source and versions of a model stand one level deeper. -#}
{%- macro _node_yaml(node, changes) -%}
    {%- set version = node.get("version") -%}
    {%- set source = node.resource_type == "source" -%}
    {%- set described_in = (node.get("patch_path") or "").split("://") | last -%}
    {%- set lines = [
        "  # " ~ (described_in or node.original_file_path),
        "  - name: " ~ tojson(node.source_name if source else node.name),
    ] -%}
    {%- set indent = "    " -%}
    {%- if source -%}
        {%- do lines.extend(["    tables:", "      - name: " ~ tojson(node.name)]) -%}
        {%- set indent = "        " -%}
    {%- elif version is not none -%}
        {%- do lines.extend(["    versions:", "      - v: " ~ tojson(version)]) -%}
        {%- set indent = "        " -%}
    {%- endif -%}
    {%- do lines.extend(
        [
            indent ~ "config:",
            indent ~ "  meta:",
            indent ~ "    breaking_changes_ack:",
        ]
    ) -%}
    {%- for change in changes -%}
        {%- set column = "column: " ~ tojson(change.column) ~ ", " if change.column else "" -%}
        {%- do lines.append(
            indent ~ "      - {rule: " ~ change.rule ~ ", " ~ column ~ 'reason: ""}'
        ) -%}
    {%- endfor -%}
    {%- do return(lines) -%}
{%- endmacro -%}
