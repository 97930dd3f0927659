{#- Columns that went, came, moved or changed between two interfaces of one node. -#}
{%- macro _rules_columns(before, after, adapter_type, as_of) -%}
    {%- set changes = [] -%}
    {%- set renames = dbt_breaking_changes._renamed_columns(before, after) -%}
    {%- for key, column in before.columns.items() -%}
        {%- set now = after.columns.get(key) -%}
        {%- if key in renames -%}
            {%- set change = {
                "rule": "column_renamed",
                "column": column.name,
                "before": column.name,
                "after": renames[key],
                "evidence": after.evidence,
                "name_taken": key in after.columns,
            } -%}
            {%- do dbt_breaking_changes._judge_sunset(change, column, as_of) -%}
            {%- do changes.append(change) -%}
            {%- do changes.extend(
                dbt_breaking_changes._rules_renamed_type(
                    column, after.columns[renames[key] | lower], adapter_type
                )
            ) -%}
        {%- elif now -%}
            {%- do changes.extend(dbt_breaking_changes._rules_column(column, now, adapter_type)) -%}
        {#- What only YAML named may never have been there. -#}
        {%- elif after.complete and (before.complete or column.evidence != "declared") -%}
            {%- set change = {
                "rule": "column_removed",
                "column": column.name,
                "before": dbt_breaking_changes._strongest_type(column),
                "after": none,
                "evidence": after.evidence,
                "hint": dbt_breaking_changes._column_rename_hint(
                    column, before, after, renames
                ),
            } -%}
            {%- do dbt_breaking_changes._judge_sunset(change, column, as_of) -%}
            {%- if after.keeps_columns -%}
                {%- do change.update(
                    {
                        "hint": "the table that exists keeps the column and no longer fills it"
                    }
                ) -%}
            {%- endif -%}
            {%- do changes.append(change) -%}
        {%- elif column.declared -%}
            {%- do changes.append(
                {
                    "rule": "column_undeclared",
                    "column": column.name,
                    "before": dbt_breaking_changes._strongest_type(column),
                    "after": none,
                    "evidence": "declared",
                }
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if before.complete -%}
        {%- set taken = renames.values() | map("lower") | list -%}
        {%- for key, column in after.columns.items() if key not in before.columns and key not in taken -%}
            {%- do changes.append(
                {
                    "rule": "column_added",
                    "column": column.name,
                    "before": none,
                    "after": dbt_breaking_changes._strongest_type(column),
                    "evidence": after.evidence,
                }
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do changes.extend(dbt_breaking_changes._rules_column_list(before, after, renames)) -%}
    {%- do return(changes) -%}
{%- endmacro -%}

{#- A column may announce its end in meta.deprecation_date; the prior side's word counts. -#}
{%- macro _judge_sunset(change, column, as_of) -%}
    {%- set sunset = dbt_breaking_changes._date(column.meta.get("deprecation_date")) -%}
    {%- if sunset and sunset <= as_of -%}
        {%- do change.update({"announced": "deprecated since " ~ sunset}) -%}
    {%- elif sunset -%} {%- do change.update({"hint": "it was promised until " ~ sunset}) -%}
    {%- endif -%}
{%- endmacro -%}
