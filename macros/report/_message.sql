{#- Fills the catalogue's sentence; hints and announcements follow it. -#}
{%- macro _message(finding, template, name) -%}
    {%- set message = namespace(text=template) -%}
    {%- set values = {
        "node": name,
        "column": finding.get("column"),
        "before": finding.get("before"),
        "after": finding.get("after"),
        "what": finding.what or "",
    } -%}
    {%- for key, value in values.items() -%}
        {%- set shown = "nothing" if value is none or value is undefined else value | string -%}
        {%- set message.text = message.text.replace("{" ~ key ~ "}", shown) -%}
    {%- endfor -%}
    {%- if finding.announced -%}
        {%- set message.text = message.text ~ "; " ~ finding.announced -%}
    {%- endif -%}
    {%- if finding.hint -%}
        {%- set message.text = message.text ~ "; " ~ finding.hint -%}
    {%- endif -%}
    {%- do return(message.text) -%}
{%- endmacro -%}

{#- Where the node's file names the column, or the new name that took its place; else its first line. -#}
{%- macro _finding_line(finding, node, walk) -%}
    {%- if not node or not dbt_breaking_changes._holds_code(
        dbt_breaking_changes._file_of(node, walk)
    ) -%}
        {%- do return(none) -%}
    {%- endif -%}
    {%- set code = node.get("raw_code") or "" -%}
    {%- for name in [finding.get("column"), finding.get("after")] if name and code -%}
        {%- set match = modules.re.search(
            "\\b" ~ modules.re.escape(name | string) ~ "\\b",
            code,
            modules.re.IGNORECASE,
        ) -%}
        {%- if match -%} {%- do return(code[: match.start()].count("\n") + 1) -%} {%- endif -%}
    {%- endfor -%}
    {%- do return(1) -%}
{%- endmacro -%}
