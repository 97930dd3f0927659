{#- A read or an unbound reference as the words of the report. -#}
{%- macro _read_text(read, parent, walk) -%}
    {%- set owner = walk.nodes.get(parent) or walk.prior_nodes.get(parent) -%}
    {%- do return(
        dbt_breaking_changes._display_name(owner)
        ~ "."
        ~ read.column
        ~ " in "
        ~ read.clause
    ) -%}
{%- endmacro -%}

{%- macro _unbound_text(unbound, parent, walk) -%}
    {%- set owner = walk.nodes.get(parent) or walk.prior_nodes.get(parent) -%}
    {%- set name = dbt_breaking_changes._display_name(owner) ~ (
        "." ~ unbound.column if unbound.get("column") else ""
    ) -%}
    {%- set place = " in " ~ unbound.clause if unbound.get("clause") else "" -%}
    {%- set phrases = {
        "missing": "reads " ~ name ~ place,
        "ambiguous": name ~ " is ambiguous now" ~ place,
        "exclude": "excludes " ~ name ~ ", which is not there" ~ place,
        "set_operation": "sides of a set operation no longer agree, through " ~ name,
        "type": "the type of "
        ~ name
        ~ " is refused"
        ~ place
        ~ ": "
        ~ (unbound.get("sql") or ""),
        "positional": "takes columns of " ~ name ~ " by position or by a fixed list",
    } -%}
    {%- set detail = unbound.get("detail") -%}
    {%- do return(
        phrases.get(unbound.kind, unbound.kind) ~ (" (" ~ detail ~ ")" if detail else "")
    ) -%}
{%- endmacro -%}
