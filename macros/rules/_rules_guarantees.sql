{#- Data tests are guarantees: one that was removed, disabled or weakened no longer holds. Removed
    columns get no guarantee findings, and one finding names all that a column lost. -#}
{%- macro _rules_guarantees(prior, current, gone_columns, successors) -%}
    {%- set found = {} -%}
    {%- set suspects = dbt_breaking_changes._changed_tests(prior, current) -%}
    {%- if not suspects -%} {%- do return([]) -%} {%- endif -%}
    {%- set kept = dbt_breaking_changes._guarantees(current, {}) -%}
    {%- set nodes = dbt_breaking_changes._nodes_by_id(current) -%}
    {%- for key, before in dbt_breaking_changes._guarantees(
        {"nodes": suspects}, successors
    ).items() -%}
        {%- set node = nodes.get(successors.get(before.node, before.node)) -%}
        {%- set gone = gone_columns.get(before.node, {}) -%}
        {%- set columns = (before.column or "") | lower -%}
        {%- if node and not columns.split(", ") | select("in", gone) | list -%}
            {%- set change = dbt_breaking_changes._lost_guarantee(before, kept.get(key), node) -%}
            {%- set place = [before.rule, before.node, columns] | join("|") -%}
            {%- if change and place in found -%}
                {%- do found[place].update(
                    {"before": found[place].before ~ ", " ~ change.before}
                ) -%}
            {%- elif change -%} {%- do found.update({place: change}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(found.values() | list) -%}
{%- endmacro -%}

{#- A test that stands as it stood holds what it held; most do, and equality is cheap. -#}
{%- macro _changed_tests(prior, current) -%}
    {%- set changed = {} -%}
    {%- set nodes = current.get("nodes") or {} -%}
    {%- for unique_id, test in (prior.get("nodes") or {}).items() if test.resource_type == "test" -%}
        {%- set now = nodes.get(unique_id) -%}
        {%- if not now or now.get("test_metadata") != test.get(
            "test_metadata"
        ) or now.config != test.config -%}
            {%- do changed.update({unique_id: test}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(changed) -%}
{%- endmacro -%}

{#- The change from one guarantee to what is left of it, or none where it still holds. -#}
{%- macro _lost_guarantee(before, after, node) -%}
    {%- set lost = (after.weaknesses if after else []) | reject("in", before.weaknesses) | list -%}
    {%- set change = {
        "rule": before.rule,
        "node": before.node,
        "column": before.column,
        "before": before.target,
        "after": lost | join(", ") or none,
        "evidence": "declared",
        "what": "; the test is kept, but weaker: " ~ lost | join(", ") if lost else "",
    } -%}
    {%- if before.rule == "accepted_value_added" -%}
        {%- set values = (
            (after["values"] if after else []) | reject("in", before["values"]) | list
        ) -%}
        {%- set after_text = values | join(", ") or none -%}
        {%- if not after or lost -%}
            {%- set after_text = "any value" ~ (" (" ~ lost | join(", ") ~ ")" if lost else "") -%}
        {%- endif -%}
        {%- do change.update({"before": before["values"] | join(", "), "after": after_text}) -%}
        {%- do return(change if after_text else none) -%}
    {%- endif -%}
    {%- if after and not lost -%} {%- do return(none) -%} {%- endif -%}
    {%- set kept = before.rule == "not_null_test_removed" and (
        dbt_breaking_changes._keeps_nulls_out(node, before.column)
    ) -%}
    {%- do return(none if kept else change) -%}
{%- endmacro -%}

{#- A not_null constraint of an enforced contract promises what the test promised. -#}
{%- macro _keeps_nulls_out(node, column) -%}
    {%- set interface = dbt_breaking_changes._interface(node, none, none) -%}
    {%- set known = interface.columns.get((column or "") | lower) -%}
    {%- do return(interface.contract and known and known.not_null) -%}
{%- endmacro -%}
