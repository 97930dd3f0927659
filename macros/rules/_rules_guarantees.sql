{#- Data tests are guarantees: one that was removed, disabled or weakened no longer holds. -#}
{%- macro _rules_guarantees(prior, current) -%}
    {%- set changes = [] -%}
    {%- set kept = dbt_breaking_changes._guarantees(current) -%}
    {%- set nodes = dbt_breaking_changes._nodes_by_id(current) -%}
    {%- for key, before in dbt_breaking_changes._guarantees(
        prior
    ).items() if before.node in nodes -%}
        {%- set after = kept.get(key) -%}
        {%- set lost = (
            (after.weaknesses if after else []) | reject("in", before.weaknesses) | list
        ) -%}
        {%- set change = {
            "rule": before.rule,
            "node": before.node,
            "column": before.column,
            "before": before.target,
            "after": lost | join(", ") or none,
            "evidence": "declared",
            "what": "",
        } -%}
        {%- if before.rule == "accepted_value_added" -%}
            {%- set values = (
                (after["values"] if after else [])
                | reject("in", before["values"])
                | list
            ) -%}
            {%- do change.update(
                {
                    "before": before["values"] | join(", "),
                    "after": values | join(", ") or none,
                }
            ) -%}
            {%- if not after or lost -%}
                {%- do change.update(
                    {
                        "after": "any value"
                        ~ (" (" ~ lost | join(", ") ~ ")" if lost else "")
                    }
                ) -%}
            {%- endif -%}
            {%- if change.after -%} {%- do changes.append(change) -%} {%- endif -%}
        {%- elif lost or not after -%}
            {%- do change.update(
                {"what": " (now only: " ~ lost | join(", ") ~ ")" if lost else ""}
            ) -%}
            {%- do changes.append(change) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}
