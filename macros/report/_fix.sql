{#- What to do about a finding: the rule's advice, as far as the host has not followed it already, and how
    the table of an incremental model takes the change. -#}
{%- macro _fix(finding, rule, walk) -%}
    {%- set advice = rule.get("fix_with_lineage") if walk.has_lineage else none -%}
    {%- set advice = advice or rule.fix -%}
    {%- set tables = [] -%}
    {%- for unique_id in finding.get("refused_by_table") or [] -%}
        {%- set node = walk.nodes[unique_id] -%}
        {%- if (node.config or {}).get(
            "materialized"
        ) == "incremental" and node.name not in tables -%}
            {%- do tables.append(node.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not tables -%} {%- do return(advice) -%} {%- endif -%}
    {%- set names = tables[:3] | join(", ") ~ (
        " and " ~ (tables | length - 3) ~ " more" if tables | length > 3 else ""
    ) -%}
    {%- do return(
        advice
        ~ " For "
        ~ names
        ~ ": set on_schema_change to append_new_columns or sync_all_columns, or run it once with --full-refresh."
    ) -%}
{%- endmacro -%}

{#- The nodes whose existing table refuses their SELECT, for another reason than a unique_key that is gone. -#}
{%- macro _refused_by_table(judged) -%}
    {%- set nodes = [] -%}
    {%- for unique_id, verdict in judged.items() if verdict.verdict == "breaks" -%}
        {%- for reference in verdict.get("references") or [] -%}
            {%- if reference.kind == "table" and "its unique_key" not in (
                reference.get("detail") or ""
            ) and unique_id not in nodes -%}
                {%- do nodes.append(unique_id) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(nodes) -%}
{%- endmacro -%}
