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
            {%- do lines.append(
                "        %-8s %s nodes, %s: %s"
                | format(
                    first.verdict,
                    names | length,
                    first.detail,
                    dbt_breaking_changes._shortened(names),
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

{#- A list that ends where its reader stops reading. -#}
{%- macro _shortened(names) -%}
    {%- if names | length <= 6 -%} {%- do return(names | join(", ")) -%} {%- endif -%}
    {%- do return(names[:5] | join(", ") ~ " and " ~ (names | length - 5) ~ " more") -%}
{%- endmacro -%}
