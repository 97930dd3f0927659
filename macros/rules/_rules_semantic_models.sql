{#- Semantic models whose expressions use a column that is gone; gone maps node to column to what
    its finding is known by. -#}
{%- macro _rules_semantic_models(current, gone, successors) -%}
    {%- set changes = [] -%}
    {%- set lost = {} -%}
    {%- for unique_id, columns in gone.items() -%}
        {%- do lost.update({successors.get(unique_id, unique_id): columns}) -%}
    {%- endfor -%}
    {%- for unique_id, model in (current.get("semantic_models") or {}).items() -%}
        {%- for parent in dbt_breaking_changes._parents(model) if parent in lost -%}
            {%- set used = dbt_breaking_changes._semantic_model_reads(model) -%}
            {%- for column, finding in lost[parent].items() if column in used -%}
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
