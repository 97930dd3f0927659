{#- Semantic models whose expressions use a column that is gone; gone maps node to column to what
    its finding is known by. -#}
{%- macro _rules_semantic_models(current, gone) -%}
    {%- set changes = [] -%}
    {%- for unique_id, model in (current.get("semantic_models") or {}).items() -%}
        {%- for parent in model.depends_on.nodes if parent in gone -%}
            {%- set used = dbt_breaking_changes._semantic_model_reads(model) -%}
            {%- for column, finding in gone[parent].items() if column in used -%}
                {%- do changes.append(
                    {
                        "rule": "semantic_model_broken",
                        "node": unique_id,
                        "column": column,
                        "before": used[column] | join(", "),
                        "follows": finding,
                    }
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(changes) -%}
{%- endmacro -%}
