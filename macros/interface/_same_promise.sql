{#- Nodes that differ as written but promise the same, as those of another dbt version or of another
    target do, are told apart here without building their interfaces. -#}
{%- macro _same_promise(before, after, prior_facts, current_facts) -%}
    {%- do return(
        dbt_breaking_changes._same_facts(prior_facts, current_facts)
        and dbt_breaking_changes._same_sql(before, after)
        and dbt_breaking_changes._same_columns(
            before.get("columns") or {}, after.get("columns") or {}
        )
        and before.get("access") == after.get("access")
        and before.get("latest_version") == after.get("latest_version")
        and before.get("deprecation_date") == after.get("deprecation_date")
        and (before.get("constraints") or []) == (after.get("constraints") or [])
        and dbt_breaking_changes._same_config(before, after)
    ) -%}
{%- endmacro -%}

{%- macro _same_config(before, after) -%}
    {%- set was, now = before.config, after.config -%}
    {%- if was == now -%} {%- do return(true) -%} {%- endif -%}
    {%- do return(
        was.get("materialized") == now.get("materialized")
        and was.get("access") == now.get("access")
        and was.get("unique_key") == now.get("unique_key")
        and (was.get("contract") or {}).get("enforced")
        == (now.get("contract") or {}).get("enforced")
        and (was.get("meta") or {}) == (now.get("meta") or {})
        and dbt_breaking_changes._same_address(before, after)
    ) -%}
{%- endmacro -%}

{#- A part of the address moved only if it is neither rendered nor written alike. -#}
{%- macro _same_address(before, after) -%}
    {%- for part in ["database", "schema", "alias", "target_database", "target_schema"] -%}
        {%- if before.config.get(part) != after.config.get(part) and (
            (before.get("unrendered_config") or {}).get(part) is none
            or before.unrendered_config.get(part)
            != (after.get("unrendered_config") or {}).get(part)
        ) -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(true) -%}
{%- endmacro -%}

{%- macro _same_columns(before, after) -%}
    {%- if before == after -%} {%- do return(before | list == after | list) -%} {%- endif -%}
    {%- if before | length != after | length -%} {%- do return(false) -%} {%- endif -%}
    {%- for key, was in before.items() -%}
        {%- set now = after.get(key) -%}
        {%- if not now or not (
            was.name == now.name
            and was.get("data_type") == now.get("data_type")
            and was.get("quote") == now.get("quote")
            and (was.get("constraints") or []) == (now.get("constraints") or [])
            and (was.get("meta") or {}) == (now.get("meta") or {})
        ) -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(before.keys() | list == after.keys() | list) -%}
{%- endmacro -%}

{#- dbt 1.12 computes other checksums than 1.11 of the same file: the code itself decides then. -#}
{%- macro _same_sql(before, after) -%}
    {%- set code = (before.get("raw_code") or "") | trim -%}
    {%- do return(
        before.get("checksum") == after.get("checksum")
        or (code and code == (after.get("raw_code") or "") | trim)
    ) -%}
{%- endmacro -%}

{#- Facts that only one side has say nothing about a difference. -#}
{%- macro _same_facts(before, after) -%}
    {%- do return(before is none or after is none or before == after) -%}
{%- endmacro -%}
