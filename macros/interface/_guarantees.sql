{#- The data tests of a side that promise something, by what they promise; of two tests that promise
    the same, the one with fewer weaknesses counts. -#}
{%- macro _guarantees(side) -%}
    {%- set rules = {
        "unique": "unique_test_removed",
        "unique_combination_of_columns": "unique_test_removed",
        "not_null": "not_null_test_removed",
        "accepted_values": "accepted_value_added",
        "relationships": "relationships_test_removed",
    } -%}
    {%- set found = {} -%}
    {%- for test in (side.get("nodes") or {}).values() if test.resource_type == "test" -%}
        {%- set metadata = test.get("test_metadata") or {} -%}
        {%- set rule = rules.get(metadata.get("name")) -%}
        {%- if rule and test.get("attached_node") -%}
            {%- set guarantee = dbt_breaking_changes._guarantee(test, metadata, rule) -%}
            {%- set key = (
                [rule, guarantee.node, guarantee.column, guarantee.target]
                | join("|")
                | lower
            ) -%}
            {%- set known = found.get(key) -%}
            {%- if not known or known.weaknesses | length > guarantee.weaknesses | length -%}
                {%- do found.update({key: guarantee}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(found) -%}
{%- endmacro -%}

{%- macro _guarantee(test, metadata, rule) -%}
    {%- set given = metadata.get("kwargs") or {} -%}
    {%- set config = test.get("config") or {} -%}
    {%- set weaknesses = [] -%}
    {%- if (config.get("severity") or "error") | lower != "error" -%}
        {%- do weaknesses.append("severity " ~ config.severity | lower) -%}
    {%- endif -%}
    {%- if config.get("where") -%}
        {%- do weaknesses.append("where " ~ config.where) -%}
    {%- endif -%}
    {%- if (config.get("error_if") or "!= 0") != "!= 0" -%}
        {%- do weaknesses.append("error_if " ~ config.error_if) -%}
    {%- endif -%}
    {%- set combination = given.get("combination_of_columns") -%}
    {%- set target = (
        given.get("to") ~ "." ~ given.get("field")
        if rule == "relationships_test_removed"
        else none
    ) -%}
    {%- do return(
        {
            "rule": rule,
            "node": test.attached_node,
            "column": (
                combination | sort | join(", ")
                if combination
                else test.get("column_name") or given.get("column_name")
            ),
            "target": target,
            "values": given.get("values") or [],
            "weaknesses": weaknesses,
        }
    ) -%}
{%- endmacro -%}
