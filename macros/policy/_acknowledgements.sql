{#- Every acknowledgement of the current side: in the meta of what still exists, and as tombstones of
    what was removed in the var breaking_changes_removed. -#}
{%- macro _acknowledgements(walk, settings) -%}
    {%- set found = [] -%}
    {%- for unique_id, node in walk.nodes.items() -%}
        {%- set meta = (node.get("config") or {}).get("meta") or node.get("meta") or {} -%}
        {%- if meta -%}
            {%- for entry in dbt_breaking_changes._as_list(
                dbt_breaking_changes._meta(node).get("breaking_changes_ack")
            ) -%}
                {%- do found.append(
                    dbt_breaking_changes._acknowledgement(entry, [unique_id], unique_id)
                ) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for entry in settings.removed -%}
        {%- set targets = [] -%}
        {%- for unique_id, node in walk.prior_nodes.items() if unique_id not in walk.nodes -%}
            {%- if entry.node in [
                unique_id,
                node.name,
                dbt_breaking_changes._display_name(node),
            ] -%}
                {%- do targets.append(unique_id) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do found.append(dbt_breaking_changes._acknowledgement(entry, targets, entry.node)) -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{%- macro _acknowledgement(entry, targets, owner) -%}
    {%- set given = entry if entry is mapping else {"rule": entry | string} -%}
    {%- do return(
        {
            "rule": given.get("rule"),
            "column": given.get("column"),
            "reason": given.get("reason"),
            "expires": dbt_breaking_changes._date(given.get("expires")),
            "targets": targets,
            "owner": owner,
        }
    ) -%}
{%- endmacro -%}
