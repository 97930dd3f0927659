{#- A side and its lineage as documents to save: one a node, in text. -#}
{%- macro _baseline_documents(side, facts) -%}
    {%- set documents = [] -%}
    {%- for section in dbt_breaking_changes._sections() -%}
        {%- for unique_id, node in (side.get(section) or {}).items() -%}
            {%- set document = {"node": node} -%}
            {%- if facts.get(unique_id) -%}
                {%- do document.update({"lineage": facts[unique_id]}) -%}
            {%- endif -%}
            {%- do documents.append(
                {"section": section, "unique_id": unique_id, "content": tojson(document)}
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do return(documents) -%}
{%- endmacro -%}
