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
