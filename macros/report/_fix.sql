{#- What to do about a finding: the rule's advice, as far as the host has not followed it already, or that
    for what refuses the SELECT; and how the table of an incremental model or a snapshot takes the change. -#}
{%- macro _fix(finding, rule, walk) -%}
    {%- set advice = rule.get("fix_with_lineage") if walk.has_lineage else none -%}
    {%- set refusals = rule.get("fix_refused") or {} -%}
    {%- set advice = refusals.get(finding.get("refused_by")) or advice or rule.fix -%}
    {%- set tables = {"incremental": [], "snapshot": []} -%}
    {%- for unique_id in finding.get("refused_by_table") or [] -%}
        {%- set node = walk.nodes[unique_id] -%}
        {%- set names = tables.get((node.config or {}).get("materialized"), []) -%}
        {%- if node.name not in names -%} {%- do names.append(node.name) -%} {%- endif -%}
    {%- endfor -%}
    {%- set advices = [advice] -%}
    {%- for materialized, what in [
        [
            "incremental",
            "set on_schema_change to append_new_columns or sync_all_columns, or run it once with --full-refresh.",
        ],
        ["snapshot", "rename or add the column in its table before the next run."],
    ] if tables[materialized] -%}
        {%- set names = tables[materialized] -%}
        {%- set more = names | length - 3 -%}
        {%- do advices.append(
            "For " ~ names[:3]
            | join(", ") ~ (" and " ~ more ~ " more" if more > 0 else "") ~ ": " ~ what
        ) -%}
    {%- endfor -%}
    {%- do return(advices | join(" ")) -%}
{%- endmacro -%}

{#- What refuses a SELECT that binds: the contract, the existing table, or its unique_key. -#}
{%- macro _refused_by(reference) -%}
    {%- set for_key = "its unique_key" in (reference.get("detail") or "") -%}
    {%- do return("unique_key" if reference.kind == "table" and for_key else reference.kind) -%}
{%- endmacro -%}

{#- The nodes whose existing table refuses their SELECT, for another reason than a unique_key that is gone. -#}
{%- macro _refused_by_table(judged) -%}
    {%- set nodes = [] -%}
    {%- for unique_id, verdict in judged.items() if verdict.verdict == "breaks" -%}
        {%- for reference in verdict.get("references") or [] -%}
            {%- set by = dbt_breaking_changes._refused_by(reference) -%}
            {%- if by == "table" and unique_id not in nodes -%}
                {%- do nodes.append(unique_id) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(nodes) -%}
{%- endmacro -%}
