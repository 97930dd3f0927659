{#- Questions to the facts of one consumer about one column of one parent. -#}
{#- Whether a reference names the column, or a field of it, or the struct it is a field of. -#}
{%- macro _names_column(reference, column) -%}
    {%- set name = reference | lower -%}
    {%- do return(
        name == column
        or name.startswith(column ~ ".")
        or column.startswith(name ~ ".")
    ) -%}
{%- endmacro -%}

{#- The first read of the column, as an index of facts lists them. -#}
{%- macro _reads_of(index, parent, column) -%}
    {%- for read in index.reads.get((parent, column.split(".")[0])) or [] -%}
        {%- if read.column | lower == column or dbt_breaking_changes._names_column(
            read.column, column
        ) -%}
            {%- do return(read) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- The references that do not bind now and did before, as far as they concern one column; what never
    bound is not this change's fault. With `own` the column is one of the node itself, which its contract or
    its existing table refuses. -#}
{%- macro _new_unbound(before, after, parent, column, effect, walk, own=false) -%}
    {%- set by_position = effect == "position" -%}
    {#- What such a change can do at most: new logic alone never keeps SQL from binding. -#}
    {%- set possible = {
        "column_values": [],
        "column_added": [
            "ambiguous",
            "set_operation",
            "grouping",
            "type",
            "duplicate",
            "contract",
            "table",
            "fixture",
        ],
        "position": ["set_operation", "table", "fixture"],
    }.get(effect) -%}
    {%- set found = [] -%}
    {%- for new in dbt_breaking_changes._unbound_since(before, after, walk) -%}
        {%- set concerns = (
            (
                new.get("parent") == parent
                if own
                else (new.get("parent") or parent) == parent
            )
            and (
                not new.get("column")
                or dbt_breaking_changes._names_column(new.column, column)
                or by_position
            )
        ) or (own and new.kind in ["contract", "table"] and new.sql | lower == column) -%}
        {%- if concerns and (possible is none or new.kind in possible) -%}
            {%- do found.append(new) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- The unresolved references of a node that its prior facts do not have. -#}
{%- macro _unbound_since(before, after, walk) -%}
    {%- if not after.get("unbound") -%} {%- do return([]) -%} {%- endif -%}
    {%- set known = [] -%}
    {%- for old in before.get("unbound") or [] -%}
        {%- set owner = walk.successors.get(old.parent, old.parent) -%}
        {%- do known.append(dbt_breaking_changes._unbound_key(old, owner)) -%}
    {%- endfor -%}
    {%- set found = [] -%}
    {%- for new in after.unbound if dbt_breaking_changes._unbound_key(new) not in known -%}
        {%- do found.append(new) -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- What makes two unresolved references of one node the same, whatever line they stand in. -#}
{%- macro _unbound_key(reference, parent=none) -%}
    {%- do return(
        [
            reference.kind,
            parent or reference.get("parent") or "",
            reference.get("column") or "",
            reference.get("clause") or "",
        ]
        | join("|")
    ) -%}
{%- endmacro -%}

{#- The consumer's own columns that follow the change: gone with it, of another type, or built from it. -#}
{%- macro _handed_on(before, after, parent, column, effect) -%}
    {%- set outputs = [] -%}
    {%- set origin = (parent, column.split(".")[0]) -%}
    {%- for name, own in (before.outputs.get(origin) or {}).items() -%}
        {%- set same = after.columns.get(name) -%}
        {#- A table that never loses a column keeps it, made of nothing and empty in new rows. -#}
        {%- if effect == "column_gone" and (
            not same or not (same.get("from") or same.get("identity"))
        ) -%}
            {%- do outputs.append(name) -%}
        {%- elif effect == "column_type" and same and (not same.type or same.type != own.type) -%}
            {%- do outputs.append(name) -%}
        {%- elif effect == "column_values" and same -%} {%- do outputs.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(outputs) -%}
{%- endmacro -%}

{#- Where the consumer combines or compares the column with a value of unknown type: the places, and the
    first of them at which the engine may refuse what it accepted beside the former type. -#}
{%- macro _untyped_places(before, after, was, now, column) -%}
    {%- set found = {"places": [], "narrower": none} -%}
    {%- for place in after.get("untyped") or [] if (
        place.parent == now
        and dbt_breaking_changes._names_column(place.column, column)
    ) -%}
        {%- do found["places"].append(place) -%}
        {%- set former = [] -%}
        {%- set lost = [] -%}
        {%- for old in before.get("untyped") or [] if (
            old.parent == was
            and old.clause == place.clause
            and old.sql == place.sql
            and old.column | lower == place.column | lower
        ) -%}
            {%- do former.append(old) -%}
            {%- for accepted in old.accepts if accepted not in place.accepts -%}
                {%- do lost.append(accepted) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if lost or not former -%}
            {%- do found.update({"narrower": found.narrower or place}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{#- The consumer's own columns that were built from the column among others, and are built without it now,
    as the JSON of a whole row is. -#}
{%- macro _rebuilt_outputs(before, after, parent, column) -%}
    {%- set outputs = [] -%}
    {%- set origin = (parent, column.split(".")[0]) -%}
    {%- for name, own in (before.outputs.get(origin) or {}).items() -%}
        {%- set same = after.columns.get(name) -%}
        {%- if same and same.get("from") and not dbt_breaking_changes._comes_from(
            same, [parent, column.split(".")[0]]
        ) -%}
            {%- do outputs.append(name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(outputs) -%}
{%- endmacro -%}

{#- The consumer's own columns that are built from the column, and whose type is not known any more or was
    not: what they are built with may not go with the new type. With `places` it is known that it does. -#}
{%- macro _untyped_outputs(before, after, parent, column, places) -%}
    {%- set origin = [parent, column.split(".")[0]] -%}
    {%- set now = {} -%}
    {%- for own in after.get("columns") or [] -%}
        {%- do now.update({own.name | lower: own}) -%}
    {%- endfor -%}
    {%- set outputs = [] -%}
    {%- for own in before.get("columns") or [] -%}
        {%- set same = now.get(own.name | lower) -%}
        {%- set alone = own.get("from") and own.from | length == 1 -%}
        {%- if same and not same.type and (own.type or not (alone or places)) -%}
            {%- if dbt_breaking_changes._comes_from(own, origin) -%}
                {%- do outputs.append(own.name) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(outputs) -%}
{%- endmacro -%}

{%- macro _comes_from(column, origin) -%}
    {%- for source in column.get("from") or [] -%}
        {%- if [source[0], source[1] | lower] == origin -%} {%- do return(true) -%} {%- endif -%}
    {%- endfor -%}
    {%- do return(false) -%}
{%- endmacro -%}
