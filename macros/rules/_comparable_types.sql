{#- Types are compared on the strongest evidence that both sides have; what a contract, a database or
    the SQL itself says is comparable with each other, documentation only with documentation. -#}
{%- macro _comparable_types(before, after) -%}
    {%- for evidence in ["contract", "warehouse", "inferred"] -%}
        {%- if before.types.get(evidence) and after.types.get(evidence) -%}
            {%- do return(
                {
                    "before": before.types[evidence],
                    "after": after.types[evidence],
                    "evidence": evidence,
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set was = dbt_breaking_changes._proven_type(before) -%}
    {%- set now = dbt_breaking_changes._proven_type(after) -%}
    {%- if was and now -%}
        {%- do return({"before": was[1], "after": now[1], "evidence": now[0]}) -%}
    {%- endif -%}
    {%- if before.types.get("declared") and after.types.get("declared") -%}
        {%- do return(
            {
                "before": before.types.declared,
                "after": after.types.declared,
                "evidence": "declared",
            }
        ) -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}

{%- macro _proven_type(column) -%}
    {%- for evidence in ["contract", "warehouse", "inferred"] if column.types.get(evidence) -%}
        {%- do return([evidence, column.types[evidence]]) -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{%- macro _strongest_type(column) -%}
    {%- set proven = dbt_breaking_changes._proven_type(column) -%}
    {%- do return(proven[1] if proven else column.types.get("declared")) -%}
{%- endmacro -%}

{#- A type that one side alone knows cannot be called the same: no finding, but no silence. -#}
{%- macro _rules_lost_type(before, after) -%}
    {%- set was = dbt_breaking_changes._proven_type(before) -%}
    {%- set now = dbt_breaking_changes._proven_type(after) -%}
    {%- if was and not now and after.evidence in ["warehouse", "inferred"] -%}
        {%- set reason = "it was " ~ was[1] ~ "; its type now cannot be determined" -%}
        {%- do return([{"rule": none, "unknown_type": reason}]) -%}
    {%- elif now and not was and before.evidence in ["warehouse", "inferred"] -%}
        {%- set reason = "it is " ~ now[1] ~ "; its type before cannot be determined" -%}
        {%- do return([{"rule": none, "unknown_type": reason}]) -%}
    {%- endif -%}
    {%- do return([]) -%}
{%- endmacro -%}
