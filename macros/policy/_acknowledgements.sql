{#- Every acknowledgement of the current side: in the meta of what still exists, and as tombstones of
    what was removed in the var breaking_changes_removed. -#}
{%- macro _acknowledgements(walk, settings, catalogue) -%}
    {%- set found = [] -%}
    {%- set of_versions = {} -%}
    {%- for unique_id, node in walk.nodes.items() -%}
        {%- if (node["config"] or {})["meta"] or node["meta"] -%}
            {%- for entry in dbt_breaking_changes._as_list(
                dbt_breaking_changes._meta(node).get("breaking_changes_ack")
            ) -%}
                {%- set ack = dbt_breaking_changes._acknowledgement(
                    entry, [unique_id], unique_id, false, catalogue
                ) -%}
                {#- What stands above the versions of a model each of them inherits: it is one. -#}
                {%- set key = (
                    [node.get("package_name"), node.name, entry] | join("|")
                    if node.get("version") is not none
                    else unique_id ~ "|" ~ loop.index
                ) -%}
                {%- if key in of_versions -%} {%- do of_versions[key].targets.append(unique_id) -%}
                {%- else -%} {%- do of_versions.update({key: ack}) -%} {%- do found.append(ack) -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for entry in settings.removed -%}
        {%- set targets = [] -%}
        {%- for unique_id, node in walk.prior_nodes.items() if unique_id not in walk.nodes -%}
            {#- A table of a source goes by its full name: a model may have the same short one. -#}
            {%- set short = node.name if node.resource_type != "source" else none -%}
            {%- if entry.node in [
                unique_id,
                short,
                dbt_breaking_changes._display_name(node),
            ] -%}
                {%- do targets.append(unique_id) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do found.append(
            dbt_breaking_changes._acknowledgement(
                entry, targets, entry.node, true, catalogue
            )
        ) -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}
