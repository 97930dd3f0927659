{#- Semantic models whose expressions use a column that is gone; gone maps node to column to what
    its finding is known by. Bound expressions say what no longer resolves, words alone what they name. -#}
{%- macro _rules_semantic_models(current, gone, successors, facts) -%}
    {%- set changes = [] -%}
    {%- set lost = {} -%}
    {%- for unique_id, columns in gone.items() -%}
        {%- do lost.update({successors.get(unique_id, unique_id): columns}) -%}
    {%- endfor -%}
    {%- for unique_id, model in (current.get("semantic_models") or {}).items() -%}
        {%- for parent in dbt_breaking_changes._parents(model) if parent in lost -%}
            {%- set used = dbt_breaking_changes._lost_by_elements(
                model, parent, facts.get(unique_id)
            ) -%}
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

{#- Column (lower-case) to the elements of a semantic model that would miss it. -#}
{%- macro _lost_by_elements(model, parent, facts) -%}
    {%- if not facts or facts.get("blind") -%}
        {%- do return(dbt_breaking_changes._semantic_model_reads(model)) -%}
    {%- endif -%}
    {%- set lost = {} -%}
    {%- for reference in facts.get("unbound") or [] if reference.get("parent") == parent and reference.get(
        "column"
    ) -%}
        {%- set users = lost.setdefault(reference.column | lower, []) -%}
        {%- if reference.element not in users -%}
            {%- do users.append(reference.element) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(lost) -%}
{%- endmacro -%}
