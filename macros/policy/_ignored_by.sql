{#- The entry of breaking_changes_ignore that covers the change: every key it gives must match. -#}
{%- macro _ignored_by(change, node, settings) -%}
    {%- for entry in settings.ignore -%}
        {%- set tags = (node.get("tags") or []) + dbt_breaking_changes._as_list(
            (node.get("config") or {}).get("tags")
        ) -%}
        {%- set values = {
            "rule": [change.rule],
            "node": [
                change.node,
                node.get("name"),
                dbt_breaking_changes._display_name(node),
            ],
            "path": [node.get("original_file_path")],
            "package": [node.get("package_name")],
            "tag": tags,
        } -%}
        {%- set matched = [] -%}
        {%- for key, wanted in entry.items() -%}
            {%- for value in values[key] if dbt_breaking_changes._matches(wanted, value) -%}
                {%- do matched.append(key) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if entry | length == matched | unique | list | length -%}
            {%- do return(entry) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(none) -%}
{%- endmacro -%}

{#- A pattern with * for any text; a folder stands for all below it. -#}
{%- macro _matches(pattern, value) -%}
    {%- if value is none or value is undefined -%} {%- do return(false) -%} {%- endif -%}
    {%- set expression = modules.re.escape(pattern).replace("\\*", ".*") ~ "(/.*)?" -%}
    {%- do return(modules.re.fullmatch(expression, value) is not none) -%}
{%- endmacro -%}

{#- What is left out is counted by the entry that leaves it out, so that a report without it says so. -#}
{%- macro _count_ignored(ignored, entry, change) -%}
    {%- set key = tojson(entry, sort_keys=true) -%}
    {%- set count = ignored.setdefault(key, {"entry": entry, "changes": 0, "breaks": 0}) -%}
    {%- set breaks = "breaks" in change.impact | map(attribute="verdict") -%}
    {%- do count.update(
        {"changes": count.changes + 1, "breaks": count.breaks + (1 if breaks else 0)}
    ) -%}
{%- endmacro -%}
