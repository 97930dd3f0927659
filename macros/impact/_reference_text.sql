{#- A read or an unbound reference as the words of the report. -#}
{%- macro _read_text(read, parent, walk) -%}
    {%- do return(
        dbt_breaking_changes._name_of(parent, walk)
        ~ "."
        ~ read.column
        ~ " in "
        ~ (read.get("element") or read.clause)
        ~ dbt_breaking_changes._world_text(read)
    ) -%}
{%- endmacro -%}

{%- macro _unbound_text(unbound, parent, walk) -%}
    {%- set name = dbt_breaking_changes._name_of(parent, walk) ~ (
        "." ~ unbound.column if unbound.get("column") else ""
    ) -%}
    {%- set place = (
        " in " ~ (unbound.get("element") or unbound.clause)
        if unbound.get("clause")
        else ""
    ) -%}
    {%- set phrases = {
        "missing": "reads " ~ name ~ place,
        "ambiguous": name ~ " is ambiguous now" ~ place,
        "exclude": "excludes "
        ~ name
        ~ (", which does not exist" if unbound.get("column") else "")
        ~ place,
        "set_operation": "columns of a set operation no longer match, because of "
        ~ name,
        "grouping": "a column is neither grouped by nor aggregated, because of " ~ name,
        "duplicate": "the result has another column of the name of " ~ name,
        "type": "type error"
        ~ place
        ~ " on "
        ~ name
        ~ ": "
        ~ (unbound.get("sql") or ""),
    } -%}
    {%- set detail = unbound.get("detail") -%}
    {%- if unbound.kind in ["contract", "table", "fixture"] -%}
        {%- do return(detail ~ dbt_breaking_changes._world_text(unbound)) -%}
    {%- endif -%}
    {%- do return(
        phrases.get(unbound.kind, unbound.kind)
        ~ (" (" ~ detail ~ ")" if detail else "")
        ~ dbt_breaking_changes._world_text(unbound)
    ) -%}
{%- endmacro -%}

{#- What only one kind of run refers to is said with that run. -#}
{%- macro _world_text(reference) -%}
    {%- do return(", in incremental runs" if reference.get("world") == "incremental" else "") -%}
{%- endmacro -%}

{#- A node that neither side has, as one of a package that is not compared, goes by its unique_id. -#}
{%- macro _name_of(unique_id, walk) -%}
    {%- set node = walk.nodes.get(unique_id) or walk.prior_nodes.get(unique_id) -%}
    {%- do return(dbt_breaking_changes._display_name(node) if node else unique_id) -%}
{%- endmacro -%}
