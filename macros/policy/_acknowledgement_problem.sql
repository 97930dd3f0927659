{#- What is wrong with an acknowledgement, as a rule and its detail; rule is none where it counts. -#}
{%- macro _acknowledgement_problem(ack, covered, walk, settings, catalogue) -%}
    {%- if ack.fault -%}
        {%- do return({"rule": "unknown_rule", "after": ack.fault}) -%}
    {%- endif -%}
    {%- if not ack.reason -%}
        {%- do return({"rule": "acknowledgement_without_reason", "after": none}) -%}
    {%- endif -%}
    {%- if covered -%}
        {%- set expired = ack.expires and ack.expires < settings.as_of -%}
        {%- do return(
            {
                "rule": "acknowledgement_expired" if expired else none,
                "after": ack.expires,
            }
        ) -%}
    {%- endif -%}
    {%- set seen = dbt_breaking_changes._can_be_seen(ack, walk, catalogue) -%}
    {%- do return({"rule": "acknowledgement_unused" if seen else none, "after": none}) -%}
{%- endmacro -%}

{#- Without column lineage a change of a column may be there and not be seen, except where a contract
    lists the columns. -#}
{%- macro _can_be_seen(ack, walk, catalogue) -%}
    {%- set effect = catalogue[ack.rule].effect if ack.rule else "none" -%}
    {%- if walk.has_lineage or not effect.startswith(("column_", "position")) -%}
        {%- do return(true) -%}
    {%- endif -%}
    {%- set node = walk.nodes.get(ack.targets[0] if ack.targets else none) or {} -%}
    {%- set contract = (node.get("config") or {}).get("contract") or {} -%}
    {%- do return(contract.get("enforced") and effect != "column_values") -%}
{%- endmacro -%}
