{#- Readers one a line, with the place to look at; many that share one reason share a line. -#}
{%- macro _impact_lines(impact) -%}
    {%- set shared = {} -%}
    {%- for entry in impact -%}
        {%- set reason = entry.verdict ~ "|" ~ entry.detail -%}
        {%- do shared.setdefault(reason, []).append(entry) -%}
    {%- endfor -%}
    {%- set lines = [] -%}
    {%- for entries in shared.values() -%}
        {%- set first = entries[0] -%}
        {%- if entries | length > 5 and first.verdict != "breaks" -%}
            {%- set names = entries | map(attribute="node") | list -%}
            {%- set more = (
                " and " ~ (names | length - 5) ~ " more" if names | length > 6 else ""
            ) -%}
            {%- set shown = names[:5] if more else names -%}
            {%- do lines.append(
                "        %-8s %s nodes, %s: %s%s"
                | format(
                    first.verdict,
                    names | length,
                    first.detail,
                    shown | join(", "),
                    more,
                )
            ) -%}
        {%- else -%}
            {%- for entry in entries -%}
                {%- set line = ":" ~ entry.line if entry.line else "" -%}
                {%- do lines.append(
                    "        %-8s %s  %s%s  %s"
                    | format(
                        entry.verdict,
                        entry.node,
                        entry.path or "",
                        line,
                        entry.detail or "",
                    )
                ) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(lines) -%}
{%- endmacro -%}
