{%- macro _compare_numbers(before, after) -%}
    {#- An implicit cast is no widening: what counts is whether every value survives. -#}
    {%- set forth = dbt_breaking_changes._number_fit(before, after) -%}
    {%- if forth == "exact" -%}
        {#- NUMERIC(10, 2) and BIGNUMERIC(10, 2) hold the same; only the way up is implicit. -#}
        {%- set back = dbt_breaking_changes._number_fit(after, before) -%}
        {%- set down = (
            back == "exact" and before.name == "bignumeric" and after.name == "decimal"
        ) -%}
        {%- set same = back == "exact" and before.name == after.name -%}
        {%- set class = "same" if same else "narrowed" if down else "widened" -%}
        {%- do return(dbt_breaking_changes._type_change(class)) -%}
    {%- endif -%}
    {%- do return(
        dbt_breaking_changes._type_change(
            "widened_lossy" if forth == "lossy" else "narrowed"
        )
    ) -%}
{%- endmacro -%}


{%- macro _number_fit(before, after) -%}
    {#- exact, lossy (every value has a nearest one) or none. -#}
    {%- if before.family == "integer" -%}
        {%- if after.family == "integer" -%}
            {%- set fits = before.low <= after.low and before.high <= after.high -%}
        {%- elif after.family == "decimal" -%}
            {%- set fits = before.digits <= dbt_breaking_changes._decimal_digits(after).whole -%}
        {%- else -%} {%- do return("exact" if before.high <= after.bits else "lossy") -%}
        {%- endif -%}
        {%- do return("exact" if fits else none) -%}
    {%- elif before.family == "float" -%}
        {%- set fits = after.family == "float" and before.bits <= after.bits -%}
        {%- do return("exact" if fits else none) -%}
    {%- endif -%}
    {%- set from = dbt_breaking_changes._decimal_digits(before) -%}
    {%- if after.family == "decimal" -%}
        {%- set to = dbt_breaking_changes._decimal_digits(after) -%}
        {%- set fits = from.scale <= to.scale and from.whole <= to.whole -%}
    {%- elif after.family == "integer" -%}
        {%- set fits = from.scale <= 0 and from.whole < after.digits and after.low > 0 -%}
    {%- else -%}
        {%- set exact = from.scale <= 0 and from.whole <= after.digits -%}
        {%- do return("exact" if exact else "lossy") -%}
    {%- endif -%}
    {%- do return("exact" if fits else none) -%}
{%- endmacro -%}


{%- macro _decimal_digits(type) -%}
    {#- Digits before and after the point; without parameters there is no limit. -#}
    {%- if not type.params -%} {%- do return({"whole": 9999, "scale": 9999}) -%} {%- endif -%}
    {%- set scale = type.params[1] if type.params | length > 1 else 0 -%}
    {%- do return({"whole": type.params[0] - scale, "scale": scale}) -%}
{%- endmacro -%}
