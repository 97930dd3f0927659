{#- The data tests of a side that promise something, by what they promise; of two tests that promise
    the same, the one with fewer weaknesses counts. Successors name a node as the other side does. -#}
{%- macro _guarantees(side, successors) -%}
    {%- set rules = {
        "unique": "unique_test_removed",
        "unique_combination_of_columns": "unique_test_removed",
        "not_null": "not_null_test_removed",
        "accepted_values": "accepted_value_added",
        "relationships": "relationships_test_removed",
    } -%}
    {%- set found = {} -%}
    {%- for test in (side.get("nodes") or {}).values() if test["resource_type"] == "test" -%}
        {%- set metadata = test.get("test_metadata") or {} -%}
        {%- set rule = rules.get(metadata.get("name")) -%}
        {%- set node = dbt_breaking_changes._tested_node(test) -%}
        {%- if rule and node -%}
            {%- set guarantee = dbt_breaking_changes._guarantee(test, metadata, rule, node) -%}
            {%- set key = (
                [
                    rule,
                    successors.get(node, node),
                    guarantee.column,
                    guarantee.target,
                ]
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

{#- dbt notes the node that a test is attached to, except where it is a source. -#}
{%- macro _tested_node(test) -%}
    {%- set parents = dbt_breaking_changes._parents(test) -%}
    {%- do return(test.get("attached_node") or (parents[0] if parents | length == 1 else none)) -%}
{%- endmacro -%}

{%- macro _guarantee(test, metadata, rule, node) -%}
    {%- set given = {} -%}
    {%- do given.update(metadata.get("kwargs") or {}) -%}
    {#- Some versions of dbt keep the nesting of the YAML. -#}
    {%- do given.update(given.get("arguments") or {}) -%}
    {%- set combination = given.get("combination_of_columns") -%}
    {%- set target = none -%}
    {%- if rule == "relationships_test_removed" -%}
        {%- set target = (given.get("to") | string).replace('"', "'") ~ "." ~ given.get("field") -%}
    {%- endif -%}
    {%- do return(
        {
            "rule": rule,
            "node": node,
            "column": (
                combination | sort | join(", ")
                if combination
                else test.get("column_name") or given.get("column_name")
            ),
            "target": target,
            "values": dbt_breaking_changes._as_list(given.get("values"))
            | map("string")
            | list,
            "weaknesses": dbt_breaking_changes._weaknesses(test.get("config") or {}),
        }
    ) -%}
{%- endmacro -%}

{#- What lets a test pass although what it promises does not hold. -#}
{%- macro _weaknesses(config) -%}
    {%- set found = [] -%}
    {%- if (config.get("severity") or "error") | lower != "error" -%}
        {%- do found.append("severity " ~ config.severity | lower) -%}
    {%- endif -%}
    {%- if config.get("where") -%}
        {%- do found.append("where " ~ config.where.split() | join(" ")) -%}
    {%- endif -%}
    {%- if (config.get("error_if") or "!= 0") != "!= 0" -%}
        {%- do found.append("error_if " ~ config.error_if) -%}
    {%- endif -%}
    {%- do return(found) -%}
{%- endmacro -%}
