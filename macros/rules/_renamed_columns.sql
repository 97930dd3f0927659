{#- Former name (lower-case) to new name: declared by meta.renamed_from or by a snapshot's names for its
    meta columns, or proven because the same expression over the same columns now stands under another
    name; n to m, swaps included. -#}
{%- macro _renamed_columns(before, after) -%}
    {%- set renames = {} -%}
    {%- for former, name in dbt_breaking_changes._meta_names(before, after) -%}
        {%- if former | lower in before.columns and former | lower not in after.columns and name | lower in after.columns -%}
            {%- do renames.update({former | lower: name}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for column in after.columns.values() -%}
        {%- set former = column.meta.get("renamed_from") | string | lower -%}
        {%- if former in before.columns and former not in after.columns -%}
            {%- do renames.update({former: column.name}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set by_identity = {} -%}
    {%- for key, column in after.columns.items() -%}
        {%- if column.identity and (before.columns.get(key) or {}).get(
            "identity"
        ) != column.identity -%}
            {%- do by_identity.setdefault(column.identity, []).append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for key, column in before.columns.items() if key not in renames -%}
        {%- set candidates = (
            by_identity.get(column.identity)
            if column.identity and column["from"]
            else none
        ) -%}
        {%- if candidates and (after.columns.get(key) or {}).get("identity") != column.identity -%}
            {%- do renames.update({key: candidates.pop(0)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(renames) -%}
{%- endmacro -%}

{#- A column of the same type that only the new side has, unless it is known to be another: worth a
    question, never a finding. -#}
{%- macro _column_rename_hint(column, before, after, renames) -%}
    {%- set taken = renames.values() | map("lower") | list -%}
    {%- set type = dbt_breaking_changes._strongest_type(column) -%}
    {%- set candidates = [] -%}
    {%- for key, other in after.columns.items() if key not in before.columns and type -%}
        {%- if (
            (dbt_breaking_changes._strongest_type(other) or "") | lower == type | lower
            and key not in taken
            and not dbt_breaking_changes._is_another(other, column, before)
        ) -%}
            {%- do candidates.append(other.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if candidates | length == 1 -%}
        {%- do return(
            "possibly renamed to "
            ~ candidates[0]
            ~ "; if so, declare meta.renamed_from: "
            ~ column.name
            ~ " there"
        ) -%}
    {%- endif -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- Whether lineage proves that a new column does not stand for the removed one: it says what another
    column said, or shares no origin with it. -#}
{%- macro _is_another(new, removed, before) -%}
    {%- for column in before.columns.values() if new.identity and column.name != removed.name -%}
        {%- if column.identity == new.identity -%} {%- do return(true) -%} {%- endif -%}
    {%- endfor -%}
    {%- for origin in new["from"] or [] -%}
        {%- if dbt_breaking_changes._comes_from(removed, [origin[0], origin[1] | lower]) -%}
            {%- do return(false) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(new["from"] and removed["from"]) -%}
{%- endmacro -%}
