{#- Nodes that differ as written but promise the same, as those of another dbt version or of another
    target do, are told apart here without building their interfaces. -#}
{%- macro _same_promise(before, after, prior_facts, current_facts, promised) -%}
    {%- do return(
        dbt_breaking_changes._same_facts(prior_facts, current_facts)
        and dbt_breaking_changes._same_sql(before, after)
        and dbt_breaking_changes._same_columns(
            before.get("columns") or {}, after.get("columns") or {}, promised.column
        )
        and dbt_breaking_changes._same_values(before, after, promised)
    ) -%}
{%- endmacro -%}

{#- Values are read only where what dbt wrote differs in more than empty keys. -#}
{%- macro _same_values(before, after, promised) -%}
    {%- set differing = [] -%}
    {%- for key in promised.node if key not in ["checksum", "columns", "config"] -%}
        {%- if (before[key] or none) != (after[key] or none) -%}
            {%- do differing.append(key) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set was, now = before["config"] or {}, after["config"] or {} -%}
    {%- for key in promised.config if was != now -%}
        {%- if (was[key] or none) != (now[key] or none) -%}
            {%- do differing.append(key) -%}
        {%- endif -%}
    {%- endfor -%}
    {#- False says something here: that names are not quoted, which most adapters do by default. -#}
    {%- if (was["quote_columns"] is sameas false) != (now["quote_columns"] is sameas false) -%}
        {%- do differing.append("quote_columns") -%}
    {%- endif -%}
    {%- if not differing -%} {%- do return(true) -%} {%- endif -%}
    {%- do return(
        dbt_breaking_changes._promised_values(before)
        == dbt_breaking_changes._promised_values(after)
        and (before.get("constraints") or []) == (after.get("constraints") or [])
        and dbt_breaking_changes._meta(before) == dbt_breaking_changes._meta(after)
        and not dbt_breaking_changes._moved_parts(
            {"relation": dbt_breaking_changes._configured_relation(before)},
            {"relation": dbt_breaking_changes._configured_relation(after)},
        )
    ) -%}
{%- endmacro -%}

{%- macro _same_columns(before, after, promised) -%}
    {%- if before == after -%} {%- do return(before | list == after | list) -%} {%- endif -%}
    {%- if before | list != after | list -%} {%- do return(false) -%} {%- endif -%}
    {%- for name, was in before.items() -%}
        {%- set now = after[name] -%}
        {%- for key in promised if was != now and (was[key] or none) != (now[key] or none) -%}
            {%- if key != "meta" or dbt_breaking_changes._meta(
                was
            ) != dbt_breaking_changes._meta(now) -%}
                {%- do return(false) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(true) -%}
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
