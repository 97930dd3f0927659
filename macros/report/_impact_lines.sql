{#- A group's consumers as lines, the heaviest verdict first; `left_out` gets those that no line names.
    What breaks has a line each, as long as there are few; reasons that many share are said once. -#}
{%- macro _impact_lines(consumers, names, view, left_out) -%}
    {%- set lines = [] -%}
    {%- for verdict in dbt_breaking_changes._verdicts() -%}
        {%- set entries = consumers | selectattr("verdict", "equalto", verdict) | list -%}
        {%- set parts = (
            dbt_breaking_changes._one_by_one(entries)
            if view.full or verdict == "breaks"
            else dbt_breaking_changes._by_reason(entries)
        ) -%}
        {%- set room = parts | length if view.full else (6 if verdict == "breaks" else 3) -%}
        {%- set shown = parts if parts | length <= room else parts[: room - 1] -%}
        {%- for part in shown -%}
            {%- do lines.extend(
                dbt_breaking_changes._consumer_lines(part, names, view, left_out)
            ) -%}
        {%- endfor -%}
        {%- set rest = [] -%}
        {%- for part in parts[shown | length :] -%}
            {%- do rest.extend(part | map(attribute="node")) -%}
        {%- endfor -%}
        {%- if rest -%}
            {%- do lines.append(
                dbt_breaking_changes._fitting(
                    "        %-8s " | format(verdict),
                    "and " ~ rest
                    | length
                    ~ " more: "
                    ~ dbt_breaking_changes._named(rest, names, view, left_out),
                    view,
                )
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{%- macro _one_by_one(entries) -%}
    {%- set parts = [] -%}
    {%- for entry in entries -%} {%- do parts.append([entry]) -%} {%- endfor -%}
    {%- do return(parts) -%}
{%- endmacro -%}

{#- Those of one reason together; a consumer with a reason of its own is one of one. -#}
{%- macro _by_reason(entries) -%}
    {%- set shared = {} -%}
    {%- for entry in entries -%}
        {%- do shared.setdefault(entry.detail or "", []).append(entry) -%}
    {%- endfor -%}
    {%- do return(shared.values() | list) -%}
{%- endmacro -%}

{%- macro _consumer_lines(entries, names, view, left_out) -%}
    {%- set first = entries[0] -%}
    {%- set head = "        %-8s " | format(first.verdict) -%}
    {%- if entries | length > 1 -%}
        {%- set listed = dbt_breaking_changes._named(
            entries | map(attribute="node") | list, names, view, left_out
        ) -%}
        {%- set reason = ", " ~ first.detail if first.detail else "" -%}
        {%- do return(
            [
                dbt_breaking_changes._fitting(
                    head, entries | length ~ " nodes" ~ reason ~ ": " ~ listed, view
                )
            ]
        ) -%}
    {%- endif -%}
    {%- set place = (
        "  " ~ first.path ~ (":" ~ first.line if first.line else "")
        if first.path
        else ""
    ) -%}
    {%- set head = head ~ names[first.node] ~ place -%}
    {%- set lines = dbt_breaking_changes._reason_lines(head, first, view) -%}
    {%- for place in first.also or [] if view.full -%}
        {%- do lines.append(
            "                 also "
            ~ (place.path or "")
            ~ (":" ~ place.line if place.line else "")
            ~ "  "
            ~ (place.detail or "")
        ) -%}
    {%- endfor -%}
    {%- do return(lines) -%}
{%- endmacro -%}

{#- The place is what one looks up: it stays whole, and a long reason gets a line of its own. -#}
{%- macro _reason_lines(head, entry, view) -%}
    {%- set more = entry.also | length if entry.also and not view.full else 0 -%}
    {%- set places = " more place" if more == 1 else " more places" -%}
    {%- set reason = (entry.detail or "") ~ (" (and in " ~ more ~ places ~ ")" if more else "") -%}
    {%- if not reason -%} {%- do return([head]) -%} {%- endif -%}
    {%- if not view.full and head | length + 2 + reason | length > view.width -%}
        {%- do return([head, dbt_breaking_changes._fitting("                 ", reason, view)]) -%}
    {%- endif -%}
    {%- do return([dbt_breaking_changes._fitting(head ~ "  ", reason, view)]) -%}
{%- endmacro -%}

{#- Names up to where a line ends; `left_out` gets those that are only counted. -#}
{%- macro _named(nodes, names, view, left_out) -%}
    {%- set room = nodes | length if view.full or nodes | length <= 4 else 3 -%}
    {%- set shown = [] -%}
    {%- for node in nodes[:room] -%} {%- do shown.append(names[node]) -%} {%- endfor -%}
    {%- if nodes | length > room -%}
        {%- do left_out.extend(nodes[room:]) -%}
        {%- do return(shown | join(", ") ~ " and " ~ (nodes | length - room) ~ " more") -%}
    {%- endif -%}
    {%- do return(shown | join(", ")) -%}
{%- endmacro -%}

{#- A beginning that is never cut, and a text that is where the line would be too long. -#}
{%- macro _fitting(head, text, view) -%}
    {%- set room = view.width - head | length -%}
    {%- if view.full or text | length <= room or room < 2 -%}
        {%- do return(head ~ text) -%}
    {%- endif -%}
    {%- do return(head ~ text[: room - 1].rstrip() ~ "…") -%}
{%- endmacro -%}
