{#- Every acknowledgement of the current side: in the meta of what still exists, and as tombstones of
    what was removed in the var breaking_changes_removed. -#}
{%- macro _acknowledgements(walk, settings, catalogue) -%}
    {%- set found = [] -%}
    {%- for unique_id, node in walk.nodes.items() -%}
        {%- if (node["config"] or {})["meta"] or node["meta"] -%}
            {%- for entry in dbt_breaking_changes._as_list(
                dbt_breaking_changes._meta(node).get("breaking_changes_ack")
            ) -%}
                {%- do found.append(
                    dbt_breaking_changes._acknowledgement(
                        entry, [unique_id], unique_id, false, catalogue
                    )
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
        {%- do found.append(
            dbt_breaking_changes._acknowledgement(
                entry, targets, entry.node, true, catalogue
            )
        ) -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- One acknowledgement; fault says why it cannot be understood, and then it covers nothing. -#}
{%- macro _acknowledgement(entry, targets, owner, tombstone, catalogue) -%}
    {%- set given = entry if entry is mapping else {"rule": entry | string} -%}
    {%- set reason = given.get("reason") -%}
    {%- set ack = {
        "rule": given.get("rule"),
        "column": given.get("column"),
        "reason": (reason | string | trim) if reason is not none else "",
        "expires": dbt_breaking_changes._date(given.get("expires")),
        "targets": targets,
        "owner": owner,
        "tombstone": tombstone,
        "fault": none,
    } -%}
    {%- set known = ["rule", "column", "reason", "expires"] + (["node"] if tombstone else []) -%}
    {%- for key in given if key not in known -%}
        {%- set nearest = dbt_breaking_changes._nearest(key, known) -%}
        {%- do ack.update(
            {
                "fault": "has the unknown key '"
                ~ key
                ~ "'; did you mean '"
                ~ nearest
                ~ "'?"
            }
        ) -%}
    {%- endfor -%}
    {%- if not ack.rule and not tombstone -%} {%- do ack.update({"fault": "names no rule"}) -%}
    {%- elif ack.rule and ack.rule not in catalogue -%}
        {%- set nearest = dbt_breaking_changes._nearest(ack.rule, catalogue.keys() | list) -%}
        {%- do ack.update({"fault": "names no rule there is; did you mean " ~ nearest ~ "?"}) -%}
    {%- elif ack.expires and not modules.re.fullmatch("\\d{4}-\\d\\d-\\d\\d", ack.expires) -%}
        {%- do ack.update(
            {
                "fault": "expires on '"
                ~ given.expires
                ~ "', which is no date such as 2026-12-31"
            }
        ) -%}
    {%- endif -%}
    {%- do return(ack) -%}
{%- endmacro -%}
